package form

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// dateToken is a number, a word or a sign of a date.
type dateToken struct {
	text   string
	number int  // of a number of up to 8 digits, else -1
	sep    rune // of a sign, else 0
}

// splitDate cuts a folded text into tokens. Spaces part tokens and are none.
func splitDate(s string) []dateToken {
	var tokens []dateToken
	for s != "" {
		n, token := nextToken(s)
		s = s[n:]
		if token.sep != ' ' {
			tokens = append(tokens, token)
		}
	}
	return tokens
}

func nextToken(s string) (length int, token dateToken) {
	if n := prefixLength(s, func(r rune) bool { return r >= '0' && r <= '9' }); n > 0 {
		token = dateToken{text: s[:n], number: -1}
		if n <= 8 {
			token.number = number(s[:n])
		}
		return n, token
	}
	if n := prefixLength(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }); n > 0 {
		token = dateToken{text: s[:n], number: -1}
		if strings.HasPrefix(s[n:], ".") { // dec.
			n++
		}
		return n, token
	}
	r, n := utf8.DecodeRuneInString(s)
	return n, dateToken{text: s[:n], number: -1, sep: r}
}

func prefixLength(s string, is func(rune) bool) int {
	if i := strings.IndexFunc(s, func(r rune) bool { return !is(r) }); i >= 0 {
		return i
	}
	return len(s)
}

// number gives the value of up to 8 digits.
func number(digits string) int {
	n := 0
	for i := range len(digits) {
		n = n*10 + int(digits[i]-'0')
	}
	return n
}

// wordsOf leaves out what carries no meaning: commas, points and small words.
func wordsOf(tokens []dateToken) []dateToken {
	kept := make([]dateToken, 0, len(tokens))
	for _, token := range tokens {
		if token.sep == ',' || token.sep == '.' || filler(token.text) {
			continue
		}
		kept = append(kept, token)
	}
	return kept
}

func filler(word string) bool {
	switch word {
	case "the", "of", "on", "by", "at", "de", "del", "des", "du", "le", "el", "la", "den", "der", "am":
		return true
	}
	return false
}

// monthNames are the beginnings of the names in English, German, French,
// Spanish and Arabic: a word of at least three letters is a month if it begins one.
var monthNames = [12]string{
	"january januar janvier enero jänner يناير",
	"february februar février fevrier febrero فبراير",
	"march märz maerz mars marzo mrz مارس",
	"april avril abril أبريل ابريل إبريل",
	"may mai mayo مايو",
	"june juni juin junio يونيو",
	"july juli juillet julio يوليو",
	"august août aout agosto أغسطس اغسطس",
	"september sept septembre septiembre setiembre سبتمبر",
	"october oktober octobre octubre أكتوبر اكتوبر",
	"november novembre noviembre نوفمبر",
	"december dezember décembre decembre diciembre ديسمبر",
}

// monthNamed gives the month that a word names.
func monthNamed(word string) (time.Month, bool) {
	if len([]rune(word)) < 3 {
		return 0, false
	}
	found := time.Month(0)
	for i, names := range monthNames {
		for name := range strings.FieldsSeq(names) {
			if strings.HasPrefix(name, word) {
				if month := time.Month(i + 1); found != month && found != 0 {
					return 0, false // "jui" begins juin and juillet
				} else {
					found = month
				}
			}
		}
	}
	return found, found != 0
}

var weekdayNames = [7]string{
	"sunday", "monday", "tuesday tues", "wednesday weds", "thursday thurs", "friday", "saturday",
}

// weekdayNamed gives the day of the week that an English word names.
func weekdayNamed(word string) (time.Weekday, bool) {
	if len(word) < 3 {
		return 0, false
	}
	for i, names := range weekdayNames {
		for name := range strings.FieldsSeq(names) {
			if strings.HasPrefix(name, word) {
				return time.Weekday(i), true
			}
		}
	}
	return 0, false
}
