package apollo

import (
	"strconv"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// time.Parse reads all of this and more, for 60 KB of WebAssembly.

// timestamp reads RFC 3339, as JSON has it: "2026-05-18T11:18:15.455+00:00".
func timestamp(text string) (time.Time, bool) {
	const seconds = len("2006-01-02T15:04:05")
	if len(text) <= seconds || text[10] != 'T' || text[4] != '-' || text[7] != '-' {
		return time.Time{}, false
	}
	at, ok := clock(text[:4], text[5:7], text[8:10], text[11:seconds])
	rest := strings.TrimLeft(text[seconds:], ".0123456789")
	fraction := text[seconds : len(text)-len(rest)]
	if fraction != "" {
		nanos, whole := crm.ParseDigits((fraction[1:] + "000000000")[:9])
		at, ok = at.Add(time.Duration(nanos)), ok && whole && fraction[0] == '.' && fraction != "."
	}
	if rest != "Z" && rest != "+00:00" {
		if len(rest) != len("+00:00") || rest[3] != ':' || (rest[0] != '+' && rest[0] != '-') {
			return time.Time{}, false
		}
		offset, valid := clock("1970", "01", "01", rest[1:]+":00")
		ahead := time.Duration(offset.Unix()) * time.Second
		if rest[0] == '-' {
			ahead = -ahead
		}
		at, ok = at.Add(-ahead), ok && valid
	}
	return at, ok
}

// httpDate reads the three forms of RFC 9110, section 5.6.7:
// "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT" and
// "Sun Nov  6 08:49:37 1994". The day of the week is not compared.
func httpDate(text string) (time.Time, bool) {
	words := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == '-' })
	switch {
	case len(words) == 6 && words[5] == "GMT":
		year := words[3]
		if len(year) == 2 {
			// Two digits mean the last century from 69 on, as in the C library.
			if year >= "69" {
				year = "19" + year
			} else {
				year = "20" + year
			}
		}
		return clock(year, month(words[2]), words[1], words[4])
	case len(words) == 5:
		return clock(words[4], month(words[1]), words[2], words[3])
	}
	return time.Time{}, false
}

// month is the number of a month's English short name, "" for another text.
func month(name string) string {
	const names = "JanFebMarAprMayJunJulAugSepOctNovDec"
	if at := strings.Index(names, name); at >= 0 && at%3 == 0 && len(name) == 3 {
		return strconv.Itoa(at/3 + 1)
	}
	return ""
}

// clock is a moment in UTC from digits, the time as 15:04:05.
func clock(year, month, day, of string) (time.Time, bool) {
	hour, rest, _ := strings.Cut(of, ":")
	minute, second, _ := strings.Cut(rest, ":")
	parts := [...]string{year, month, day, hour, minute, second}
	var n [6]int
	for i, part := range parts {
		value, ok := crm.ParseDigits(part)
		if !ok || value > 1<<16-1 {
			return time.Time{}, false
		}
		n[i] = int(value)
	}
	at := time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, time.UTC)
	// Date takes a 30 February for 2 March.
	exact := at.Year() == n[0] && at.Month() == time.Month(n[1]) && at.Day() == n[2] && n[3] < 24 && n[4] < 60 && n[5] < 60
	return at, exact
}
