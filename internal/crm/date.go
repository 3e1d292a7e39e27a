package crm

import (
	"cmp"
	"time"
)

// Date is a calendar day without a time zone, so that none can shift it. The
// zero Date is no date.
type Date struct {
	year  int16
	month int8
	day   int8
}

// NewDate gives the day, or false if there is no such day or its year is not
// 1 to 9999.
func NewDate(year int, month time.Month, day int) (Date, bool) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return Date{}, false
	}
	return Date{int16(year), int8(month), int8(day)}, true
}

// DateOf gives the day on the clock t, in t's own zone.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	d, _ := NewDate(year, month, day)
	return d
}

// ParseDate reads YYYY-MM-DD.
func ParseDate(text string) (Date, bool) {
	if len(text) != 10 || text[4] != '-' || text[7] != '-' || !digits(text[:4]) || !digits(text[5:7]) || !digits(text[8:]) {
		return Date{}, false
	}
	year, _ := ParseDigits(text[:4])
	month, _ := ParseDigits(text[5:7])
	day, _ := ParseDigits(text[8:])
	return NewDate(int(year), time.Month(month), int(day))
}

// IsSet says whether there is a date.
func (d Date) IsSet() bool { return d.day != 0 }

// Year, Month and Day are the date's parts, 0 where there is no date.
func (d Date) Year() int         { return int(d.year) }
func (d Date) Month() time.Month { return time.Month(d.month) }
func (d Date) Day() int          { return int(d.day) }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.time().Weekday() }

// String is YYYY-MM-DD, as Apollo takes it; "" if there is no date.
func (d Date) String() string {
	if !d.IsSet() {
		return ""
	}
	text := make([]byte, 0, 10)
	text = pad(text, int(d.year), 1000)
	text = pad(append(text, '-'), int(d.month), 10)
	text = pad(append(text, '-'), int(d.day), 10)
	return string(text)
}

func pad(to []byte, number, unit int) []byte {
	for ; unit > 0; unit /= 10 {
		to = append(to, byte('0'+number/unit%10))
	}
	return to
}

// Compare orders dates; no date comes before every date.
func (d Date) Compare(other Date) int {
	return cmp.Or(cmp.Compare(d.year, other.year), cmp.Compare(d.month, other.month), cmp.Compare(d.day, other.day))
}

// AddDays gives the day n days later. The zero Date stays the zero Date, and
// so does what would leave the years 1 to 9999.
func (d Date) AddDays(n int) Date {
	if !d.IsSet() {
		return d
	}
	return DateOf(d.time().AddDate(0, 0, n))
}

// AddMonths gives the same day n months later, or the last day of that month
// if it is shorter.
func (d Date) AddMonths(n int) Date {
	if !d.IsSet() {
		return d
	}
	months := int(d.year)*12 + int(d.month) - 1 + n
	year, month := months/12, time.Month(months%12+1)
	later, _ := NewDate(year, month, min(int(d.day), daysIn(year, month)))
	return later
}

// EndOfMonth gives the last day of the month.
func (d Date) EndOfMonth() Date {
	if !d.IsSet() {
		return d
	}
	end, _ := NewDate(int(d.year), d.Month(), daysIn(int(d.year), d.Month()))
	return end
}

// EndOfQuarter gives the last day of the calendar quarter.
func (d Date) EndOfQuarter() Date {
	if !d.IsSet() {
		return d
	}
	month := (d.Month()-1)/3*3 + 3
	end, _ := NewDate(int(d.year), month, daysIn(int(d.year), month))
	return end
}

func (d Date) time() time.Time {
	return time.Date(int(d.year), time.Month(d.month), int(d.day), 0, 0, 0, 0, time.UTC)
}

func daysIn(year int, month time.Month) int {
	switch month {
	case time.February:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case time.April, time.June, time.September, time.November:
		return 30
	}
	return 31
}
