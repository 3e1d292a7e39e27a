package form

import (
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
)

// amount reads an amount: a number in one word, a currency before it, and a
// magnitude and a currency after it.
func (r *lineReader) amount(text string, from, end int) (value, said string) {
	at := -1
	for i := from; i < end; i++ {
		switch digits := strings.ContainsAny(r.words[i].key, "0123456789"); {
		case r.words[i].key == "" || digits && at >= 0:
			return "", ""
		case digits:
			at = i
		}
	}
	if at < 0 || at > from+1 || at > from && !r.currency(from) {
		return "", ""
	}
	team := r.choices.Currency
	m, err := ReadMoney(text, team)
	if err != nil || !m.IsSet() || m.Text() == "0" {
		return "", ""
	}
	typed := fold(text)
	number := strings.Trim(typed, "0123456789"+separators) == ""
	before := lineWord{}
	if from > 0 {
		before = r.words[from-1]
	}
	switch {
	case number && !amountAlone(typed, m),
		number && len(before.key) <= 3 && before.key != "" && strings.Trim(before.key, "0123456789") == "", // +49 30 1234567
		text == "3M",                             // the company
		from > 0 && r.currency(from-1),           // which ReadMoney did not take
		groupBefore(before.key, r.words[at].key), // the 12 of 12 500 €
		end > at+1 && r.plainWord(at+1, end-1):
		return "", ""
	}
	return text, amountWords(m, r.choices.Words)
}

// amountAlone says whether digits alone are an amount: not Phase 2, Windows 11,
// release 1.5, and no year.
func amountAlone(typed string, m crm.Money) bool {
	whole, _, _ := strings.Cut(m.Text(), ".")
	year := len(typed) == 4 && (typed[:2] == "19" || typed[:2] == "20")
	return len(whole) >= 4 && !year
}

// groupBefore says whether a word may be the first digits of a number that a
// space groups.
func groupBefore(word, number string) bool {
	digits := func(s string) int { return prefixLength(s, func(r rune) bool { return r >= '0' && r <= '9' }) }
	n := digits(word)
	return n > 0 && n <= 3 && n == len(word) && digits(number) == 3
}

// currency says whether a word can only be a currency: a sign, a code in
// capitals, or the team's.
func (r *lineReader) currency(i int) bool {
	word := r.text[r.words[i].start:r.words[i].stop]
	code, ok := currencyOf(fold(word), r.choices.Currency)
	return ok && (code == r.choices.Currency || word == code || strings.ContainsAny(word, "$€£¥₹₽₴₺₸₾₪₩฿₫₱₦﷼"))
}

// plainWord says whether what follows a number may be a word of the language or
// a measure: 50 all, 500 m. Last is the last word.
func (r *lineReader) plainWord(first, last int) bool {
	switch key := r.words[first].key; key {
	case "m", "b", "md", "cr":
		return first == last
	}
	key := r.words[last].key
	return len(key) == 3 && listed(currencyCodes, strings.ToUpper(key)) && !r.currency(last)
}

// date reads a close date.
func (r *lineReader) date(text string, from, end int) (value, said string) {
	first, last := r.words[from].key, r.words[end-1].key
	for i := from; i < end; i++ {
		if r.words[i].key == "" {
			return "", ""
		}
	}
	typed := fold(text)
	if filler(first) || !dateLike(typed, last, end-from) {
		return "", ""
	}
	date, err := ReadDate(text, r.today)
	if err != nil || !date.IsSet() {
		return "", ""
	}
	ahead := 5
	if from < end-2 && len(last) == 2 { // team 5 dec 28
		ahead = 1
	}
	if away := date.Year() - r.today.Year(); r.today.IsSet() && (away < -1 || away > ahead) { // Q3 2500 is an amount after a quarter
		return "", ""
	}
	if from > 0 && r.words[from-1].key != "" && strings.ContainsAny(typed, "0123456789") {
		if _, weekday := weekdayNamed(r.words[from-1].key); weekday { // the wrong one, or the longer text would have been read
			return "", ""
		}
	}
	_, said, short := strings.Cut(r.choices.Words.Weekday(date), ", ") // without the weekday: the line is short
	if !short {
		said = r.choices.Words.Day(date)
	}
	return text, said
}

// dateLike refuses what is read as a date in its own field, but within a line is
// more likely something else.
func dateLike(typed, last string, words int) bool {
	tokens := splitDate(typed)
	numbers := 0
	for _, token := range tokens {
		if token.number >= 0 {
			numbers++
		}
	}
	if numbers == 0 && words == 1 {
		return strings.Contains(" today tomorrow tmrw tmr eow eom eoq eoy mon tue tues wed weds thu thur thurs fri"+
			" monday tuesday wednesday thursday friday saturday sunday ", " "+typed+" ")
	}
	end := tokens[len(tokens)-1]
	if _, counted := count(tokens[0]); counted {
		if _, distance := unitNamed(end.text); distance { // training 3 days
			return false
		}
	}
	switch n := len(tokens); {
	case numbers == 2 && n == 2, // room 31 12
		numbers == 2 && n == 3 && tokens[1].sep == '.',                                     // release 1.2
		numbers == 2 && n == 3 && tokens[1].sep == '-',                                     // 9-11
		numbers == 2 && n == 3 && tokens[1].sep == '/' && tokens[0].text == tokens[2].text, // 10/10
		typed == "24/7":
		return false
	case numbers == 2 && tokens[0].number >= 0 && len(tokens[0].text) < 4 && tokens[1].text == "q": // team 5 q3
		return false
	case numbers == 2 && tokens[0].number >= 0 && words > 2 && end.number < 0: // team 5 28 dec
		_, month := monthNamed(last)
		return !month || tokens[1].number < 0
	}
	return numbers < 3 || words == 1 || tokens[0].number < 0 || tokens[1].number < 0
}
