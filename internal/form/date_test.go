package form_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
)

func TestReadDate(t *testing.T) {
	for _, r := range append(rows(t, "testdata/dates.txt", "today", 300), rows(t, "testdata/dates_languages.txt", "today", 4000)...) {
		today, _ := crm.ParseDate(r.setting)
		got, err := form.ReadDate(r.text, today)
		if r.refused {
			assert.ErrorContains(t, err, r.want, "%s: %q", r.line, r.text)
			assert.False(t, got.IsSet(), "%s: %q", r.line, r.text)
			continue
		}
		if assert.NoError(t, err, "%s: %q", r.line, r.text) {
			assert.Equal(t, r.want, got.String(), "%s: %q", r.line, r.text)
		}
	}
}

func anyDate(from, to int) *rapid.Generator[crm.Date] {
	return rapid.Custom(func(t *rapid.T) crm.Date {
		first, _ := crm.NewDate(rapid.IntRange(from, to).Draw(t, "year"), time.January, 1)
		return first.AddDays(rapid.IntRange(0, 364).Draw(t, "day"))
	})
}

// A whole date in any country's spelling is read as it was meant, or asked about.
func TestReadDateIsNeverWrong(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		today := anyDate(2020, 2040).Draw(t, "today")
		d := anyDate(1990, 2090).Draw(t, "date")
		year, month, day := strconv.Itoa(d.Year()), strconv.Itoa(int(d.Month())), strconv.Itoa(d.Day())
		name := d.Month().String()
		if rapid.Bool().Draw(t, "padded") {
			month, day = d.String()[5:7], d.String()[8:]
		}
		text := rapid.SampledFrom([]string{
			year + "-" + month + "-" + day, year + "/" + month + "/" + day, year + "." + month + "." + day,
			day + "." + month + "." + year, day + "/" + month + "/" + year, month + "/" + day + "/" + year,
			day + "-" + month + "-" + year, month + "-" + day + "-" + year, day + " " + month + " " + year,
			day + " " + name + " " + year, name + " " + day + ", " + year, day + "-" + name[:3] + "-" + year,
			d.Weekday().String()[:3] + " " + name[:3] + " " + day + " " + year,
			year + "年" + month + "月" + day + "日",
		}).Draw(t, "text")
		got, err := form.ReadDate(text, today)
		if err != nil {
			assert.ErrorContains(t, err, "can mean ", text)
			assert.ErrorContains(t, err, d.String(), "the date that was meant is offered: %s", text)
			return
		}
		assert.Equal(t, d, got, text)
	})
}

// A day without a year is the next one that is not past; a period, a distance
// and a weekday never lead into the past.
func TestReadDateLooksAhead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		today := anyDate(2020, 2040).Draw(t, "today")
		d := anyDate(2021, 2021).Draw(t, "date")
		text := rapid.SampledFrom([]string{
			strconv.Itoa(d.Day()) + " " + d.Month().String()[:3], strconv.Itoa(d.Day()) + "." + strconv.Itoa(int(d.Month())) + ".",
			"today", "fri", "this tue", "next sun", "eow", "eom", "eoq", "eoy", "Q1", "end of Q3", "end of feb", "next week", "next month",
			"next quarter", "next year", "in 3 weeks", "+2m", "5 days",
		}).Draw(t, "text")
		got, err := form.ReadDate(text, today)
		require.NoError(t, err, text)
		assert.GreaterOrEqual(t, got.Compare(today), 0, "%s is %s", text, got)
		assert.LessOrEqual(t, got.Compare(today.AddMonths(24)), 0, "%s is %s", text, got)
	})
}

// A canonical date is read back, and so is what the form says that it understood.
func TestCanonicalDateIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		today := anyDate(1, 9998).Draw(t, "today")
		date := anyDate(1, 9998).Draw(t, "date")
		got, err := form.ReadDate(date.String(), today)
		require.NoError(t, err)
		assert.Equal(t, date, got)

		d := form.NewCreate("f", "acme.com")
		d.Edit(crm.FieldCloseDate, date.String())
		assert.Empty(t, d.Understood(crm.FieldCloseDate, form.Choices{}, today), "a canonical text says it itself")
		if date.Year() < 1000 {
			return
		}
		d.Edit(crm.FieldCloseDate, strings.ReplaceAll(date.String(), "-", "/"))
		said := d.Understood(crm.FieldCloseDate, form.Choices{}, today)
		got, err = form.ReadDate(said, today)
		require.NoError(t, err, said)
		assert.Equal(t, date, got, said)
		d.Edit(crm.FieldCloseDate, said)
		assert.Empty(t, d.Understood(crm.FieldCloseDate, form.Choices{}, today))
	})
}

func FuzzReadDate(f *testing.F) {
	for _, r := range rows(f, "testdata/dates.txt", "today", 300) {
		f.Add(r.text, r.setting)
	}
	f.Fuzz(func(t *testing.T, text, now string) {
		today, _ := crm.ParseDate(now)
		got, err := form.ReadDate(text, today)
		if err != nil {
			checkRefusal(t, err, crm.FieldCloseDate)
			assert.False(t, got.IsSet())
			return
		}
		again, err := form.ReadDate(got.String(), today)
		require.NoError(t, err)
		assert.Equal(t, got, again)
	})
}
