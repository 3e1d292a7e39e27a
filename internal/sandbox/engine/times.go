package engine

import (
	"strings"
	"time"
)

// Apollo writes some timestamps with Z and some with +00:00, always with
// milliseconds.

func zulu(t time.Time) *string { return stamp(t, "2006-01-02T15:04:05.000Z") }

func offset(t time.Time) *string { return stamp(t, "2006-01-02T15:04:05.000+00:00") }

func stamp(t time.Time, layout string) *string {
	if t.IsZero() {
		return nil
	}
	s := t.UTC().Format(layout)
	return &s
}

// parseDate reads a calendar day as its midnight UTC, and a full timestamp as
// its instant. The zero time is null.
func parseDate(s string) time.Time {
	s = strings.TrimSpace(s)
	for _, layout := range []string{time.DateOnly, time.RFC3339Nano} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}
