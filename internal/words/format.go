package words

import (
	"strconv"

	"github.com/dealmark/dealmark/internal/crm"
)

// Money is an amount, "" if there is none.
func (w Words) Money(m crm.Money) string {
	if w.Formats == nil || !m.IsSet() {
		return m.String()
	}
	return w.Formats.Money(m)
}

// Day is a date, "" if there is none.
func (w Words) Day(d crm.Date) string {
	if w.Formats == nil || !d.IsSet() {
		return d.String()
	}
	return w.Formats.Day(d)
}

// Weekday is a date in short with its day of the week: "Thu, 31 Dec 2026".
func (w Words) Weekday(d crm.Date) string {
	switch {
	case !d.IsSet():
		return ""
	case w.Formats != nil:
		return w.Formats.Weekday(d)
	}
	return d.Weekday().String()[:3] + ", " + strconv.Itoa(d.Day()) + " " + d.Month().String()[:3] + " " + strconv.Itoa(d.Year())
}
