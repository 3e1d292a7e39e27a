package form

import "strings"

// magnitude is a word that multiplies a number by a power of ten.
type magnitude struct {
	word     string // as typed, folded
	exponent int
}

// The words for powers of ten, folded; several to an exponent.
var magnitudes = [...]struct {
	exponent int
	words    string
}{
	{3, "k tsd tausend thousand mille 千 천 ألف الف آلاف"},
	{4, "万 萬 만"},
	{5, "lakh lakhs lac lacs"},
	{6, "m mm mn mln mio million millions millionen millón millon millones 百万 百萬 مليون ملايين"},
	{7, "cr crore crores 千万"},
	{8, "億 亿 억"},
	{9, "b bn bln billion billions md mrd milliard milliards milliarde milliarden مليار مليارات"},
}

// ambiguousWord is a word that means a thousand to some and a million or more
// to others: mil is Spanish for thousand; t is a thousand in Germany.
func ambiguousWord(word string) bool {
	return word == "t" || word == "mil" || word == "mil."
}

// cutMagnitude reads what follows a number: a magnitude, a currency, or the
// one and then the other, with or without a space. rest is the currency.
func cutMagnitude(text, teamCurrency string) (m magnitude, rest string, ok bool) {
	if _, ok := currencyOf(text, teamCurrency); ok {
		return magnitude{}, text, true
	}
	for _, power := range magnitudes {
		for word := range strings.FieldsSeq(power.words) {
			rest, found := strings.CutPrefix(text, word)
			if !found {
				continue
			}
			rest = strings.TrimSpace(strings.TrimPrefix(rest, "."))
			if _, known := currencyOf(rest, teamCurrency); known || rest == "" {
				return magnitude{word, power.exponent}, rest, true
			}
		}
	}
	if rest, found := strings.CutPrefix(text, "t"); found { // TEUR, T€: German for thousands of euros
		if _, known := currencyOf(rest, teamCurrency); known {
			return magnitude{"t", 3}, rest, true
		}
	}
	return magnitude{}, "", false
}
