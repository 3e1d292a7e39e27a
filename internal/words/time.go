package words

import (
	"strconv"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// In says when something that is some time away will be.
func (w Words) In(wait time.Duration) string {
	if wait < 5*time.Second {
		return w.Say("in a moment")
	}
	return w.relative(wait, 1)
}

// Ago says when something that is some time back was.
func (w Words) Ago(age time.Duration) string {
	if age < time.Minute {
		return w.Say("a moment ago")
	}
	return w.relative(age, -1)
}

// relative is a duration in its largest fitting unit, rounded up.
func (w Words) relative(d time.Duration, sign int) string {
	for _, u := range [...]struct {
		name string
		unit time.Duration
		upTo time.Duration
	}{{"second", time.Second, time.Minute}, {"minute", time.Minute, time.Hour}, {"hour", time.Hour, 48 * time.Hour}, {"day", 24 * time.Hour, 1<<63 - 1}} {
		if d > u.upTo {
			continue
		}
		n := int((d + u.unit - 1) / u.unit)
		if w.Formats != nil {
			return w.Formats.Relative(sign*n, u.name)
		}
		text := strconv.Itoa(n) + " " + u.name
		if n != 1 {
			text += "s"
		}
		if sign < 0 {
			return text + " ago"
		}
		return "in " + text
	}
	return ""
}

// Tell says an error, and when it is worth another try where that is known.
func (w Words) Tell(err *crm.Error) string {
	said := w.Say(err.Message, err.Parts...)
	if err.RetryAfter > 0 {
		said += " " + w.Say("It goes on {0}.", w.In(err.RetryAfter))
	}
	return said
}
