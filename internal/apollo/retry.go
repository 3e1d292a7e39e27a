package apollo

import (
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// Bounds of a wait: less is a rounding, more is a mistake of the sender or of a
// clock.
const (
	minWait = time.Second
	maxWait = 24 * time.Hour
)

// parseRetryAfter reads a Retry-After header, in seconds or as a date. A date is
// measured against the answer's own date where it has one, for the clock of
// this machine may be wrong.
func parseRetryAfter(value, date string, now time.Time) (time.Duration, bool) {
	value = strings.TrimSpace(value)
	if value == "" {
		return 0, false
	}
	if strings.Trim(value, "0123456789") == "" {
		seconds, ok := crm.ParseDigits(value)
		if !ok || seconds > int64(maxWait/time.Second) {
			return maxWait, true
		}
		return clampWait(time.Duration(seconds) * time.Second), true
	}
	at, ok := httpDate(value)
	if !ok {
		return 0, false
	}
	if sent, ok := httpDate(date); ok {
		now = sent
	}
	return clampWait(at.Sub(now)), true
}

func clampWait(wait time.Duration) time.Duration {
	return min(max(wait, minWait), maxWait)
}
