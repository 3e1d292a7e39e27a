package popup

import (
	"strconv"
	"time"
)

// in says when something that is some time away will be.
func in(wait time.Duration) string {
	if wait < 5*time.Second {
		return "in a moment"
	}
	return "in " + span(wait)
}

// ago says when something that is some time back was.
func ago(age time.Duration) string {
	if age < time.Minute {
		return "a moment ago"
	}
	return span(age) + " ago"
}

// span is a duration in its largest fitting unit, rounded up.
func span(d time.Duration) string {
	switch {
	case d <= time.Minute:
		return count(d, time.Second, "second")
	case d <= time.Hour:
		return count(d, time.Minute, "minute")
	case d <= 48*time.Hour:
		return count(d, time.Hour, "hour")
	}
	return count(d, 24*time.Hour, "day")
}

func count(d, unit time.Duration, name string) string {
	n := int((d + unit - 1) / unit)
	if n != 1 {
		name += "s"
	}
	return strconv.Itoa(n) + " " + name
}
