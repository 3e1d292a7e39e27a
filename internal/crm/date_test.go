package crm_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/dealmark/dealmark/internal/crm"
)

func date(t testing.TB, text string) crm.Date {
	t.Helper()
	d, ok := crm.ParseDate(text)
	require.True(t, ok, text)
	return d
}

func TestParseDate(t *testing.T) {
	for _, text := range []string{"2026-12-31", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"} {
		d := date(t, text)
		assert.True(t, d.IsSet())
		assert.Equal(t, text, d.String())
	}
	for _, text := range []string{
		"", "2026", "2026-12", "2026-1-1", "20261231", "2026/12/31", "2026-12-31T00:00", " 2026-12-31", "2026-13-01", "2026-00-01", "2026-01-00",
		"2026-02-29", "1900-02-29", "2025-02-30", "2026-04-31", "2026-12-32", "0000-01-01", "-001-01-01", "2026-+1-01", "２026-1-1", "2026-12-3x",
	} {
		d, ok := crm.ParseDate(text)
		assert.False(t, ok, "%q", text)
		assert.Equal(t, crm.Date{}, d, "%q", text)
	}
}

func TestNewDateRefuses(t *testing.T) {
	tests := []struct {
		name  string
		year  int
		month time.Month
		day   int
	}{
		{"year 0", 0, 1, 1}, {"year 10000", 10000, 1, 1}, {"a year that would wrap", 65536 + 2026, 1, 1}, {"a negative year", -1, 1, 1},
		{"month 0", 2026, 0, 1}, {"month 13", 2026, 13, 1}, {"a negative month", 2026, -1, 1}, {"day 0", 2026, 1, 0},
		{"a negative day", 2026, 1, -1}, {"29 February", 2026, 2, 29}, {"a day that would wrap", 2026, 1, 257},
	}
	for _, test := range tests {
		_, ok := crm.NewDate(test.year, test.month, test.day)
		assert.False(t, ok, test.name)
	}
}

func TestDateOfTakesTheZoneOfTheClock(t *testing.T) {
	instant := time.Date(2026, 12, 31, 23, 30, 0, 0, time.UTC)
	assert.Equal(t, "2026-12-31", crm.DateOf(instant).String())
	assert.Equal(t, "2027-01-01", crm.DateOf(instant.In(time.FixedZone("east", 3600))).String())
	assert.Equal(t, "2026-12-31", crm.DateOf(instant.In(time.FixedZone("west", -3600))).String())
	assert.Equal(t, "2027-01-01", crm.DateOf(instant.In(time.FixedZone("Kiritimati", 14*3600))).String())
	assert.Equal(t, "2027-01-01", crm.DateOf(time.Date(2027, 1, 1, 0, 0, 0, 0, time.FixedZone("Kiritimati", 14*3600))).String(), "midnight there is ten o'clock the day before in London")
	assert.Equal(t, "2026-12-31", crm.DateOf(instant.In(time.FixedZone("Baker Island", -12*3600))).String())
	assert.False(t, crm.DateOf(time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)).IsSet())
}

func TestDateArithmetic(t *testing.T) {
	tests := []struct{ name, got, want string }{
		{"a day", date(t, "2026-12-31").AddDays(1).String(), "2027-01-01"},
		{"a day back", date(t, "2026-01-01").AddDays(-1).String(), "2025-12-31"},
		{"over a leap day", date(t, "2028-02-28").AddDays(2).String(), "2028-03-01"},
		{"a month", date(t, "2026-10-14").AddMonths(1).String(), "2026-11-14"},
		{"a month, into a shorter one", date(t, "2026-01-31").AddMonths(1).String(), "2026-02-28"},
		{"a month, into a leap February", date(t, "2028-01-31").AddMonths(1).String(), "2028-02-29"},
		{"a month back", date(t, "2026-03-31").AddMonths(-1).String(), "2026-02-28"},
		{"months, over the year", date(t, "2026-11-30").AddMonths(3).String(), "2027-02-28"},
		{"months back, over the year", date(t, "2026-01-15").AddMonths(-1).String(), "2025-12-15"},
		{"into December", date(t, "2026-11-15").AddMonths(1).String(), "2026-12-15"},
		{"a year from a leap day", date(t, "2028-02-29").AddMonths(12).String(), "2029-02-28"},
		{"past the last year", date(t, "9999-12-31").AddDays(1).String(), ""},
		{"before the first year", date(t, "0001-01-01").AddDays(-1).String(), ""},
		{"months past the last year", date(t, "9999-12-01").AddMonths(1).String(), ""},
		{"months before the first year", date(t, "0001-01-01").AddMonths(-1).String(), ""},
		{"many months back", date(t, "2026-01-01").AddMonths(-1000000).String(), ""},
		{"end of month", date(t, "2026-02-01").EndOfMonth().String(), "2026-02-28"},
		{"end of a leap February", date(t, "2028-02-29").EndOfMonth().String(), "2028-02-29"},
		{"end of Q1", date(t, "2026-01-01").EndOfQuarter().String(), "2026-03-31"},
		{"end of Q2", date(t, "2026-06-30").EndOfQuarter().String(), "2026-06-30"},
		{"end of Q3", date(t, "2026-07-01").EndOfQuarter().String(), "2026-09-30"},
		{"end of Q4", date(t, "2026-10-14").EndOfQuarter().String(), "2026-12-31"},
	}
	for _, test := range tests {
		assert.Equal(t, test.want, test.got, test.name)
	}
}

func TestNoDate(t *testing.T) {
	var none crm.Date
	assert.False(t, none.IsSet())
	assert.Empty(t, none.String())
	for _, d := range []crm.Date{none.AddDays(1), none.AddMonths(1), none.EndOfMonth(), none.EndOfQuarter()} {
		assert.Equal(t, none, d)
	}
	assert.Negative(t, none.Compare(date(t, "0001-01-01")))
}

// The calendar against the standard library's.
func TestDateAgreesWithTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		clock := time.Date(rapid.IntRange(1, 9999).Draw(t, "year"), 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 364).Draw(t, "day"))
		n := rapid.IntRange(-4000, 4000).Draw(t, "n")
		d := crm.DateOf(clock)
		assert.Equal(t, clock.Format(time.DateOnly), d.String())
		assert.Equal(t, clock.Weekday(), d.Weekday())
		assert.Equal(t, clock.Year(), d.Year())
		assert.Equal(t, clock.Month(), d.Month())
		assert.Equal(t, clock.Day(), d.Day())
		if later := clock.AddDate(0, 0, n); later.Year() >= 1 && later.Year() <= 9999 {
			assert.Equal(t, later.Format(time.DateOnly), d.AddDays(n).String())
			assert.Equal(t, clock.Compare(later), d.Compare(d.AddDays(n)))
		}
		if later := clock.AddDate(0, 0, 1-clock.Day()).AddDate(0, n, 0); later.Year() >= 1 && later.Year() <= 9999 {
			end := later.AddDate(0, 1, -1)
			want := min(clock.Day(), end.Day())
			assert.Equal(t, later.AddDate(0, 0, want-1).Format(time.DateOnly), d.AddMonths(n).String())
		}
	})
}
