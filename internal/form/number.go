package form

import "strings"

// The separators of numbers, in the folded text.
const (
	arabicDecimal = '٫'
	arabicGroup   = '٬'
	separators    = " '.,٫٬"
)

// readNumber gives digits and separators as a canonical decimal, or says why
// they make no number. decimal is the decimal separator where it is known.
func readNumber(text string, decimal byte, m magnitude) (canonical string, complaint objection) {
	groups, seps := splitNumber(text)
	unclear := objection{text: "{0} is not a number that can be read in one way only; type the digits alone, such as 12500."}
	if len(seps) == 0 {
		return groups[0], objection{}
	}
	last := len(seps) - 1
	isDecimal := false
	switch {
	case decimal != 0:
		if seps[last] == rune(decimal) {
			return "", unclear
		}
	case seps[last] == arabicDecimal:
		isDecimal = true
	case seps[last] != '.' && seps[last] != ',':
	case last > 0:
		isDecimal = seps[last] != seps[last-1]
	default:
		isDecimal, complaint = singleSeparator(groups[0], groups[1], seps[0], m)
		if complaint.text != "" {
			return "", complaint
		}
	}
	fraction := ""
	if isDecimal {
		fraction = "." + groups[last+1]
		groups, seps = groups[:last+1], seps[:last]
	}
	if !grouped(groups, seps) {
		return "", unclear
	}
	whole := strings.Join(groups, "")
	if whole == "" {
		whole = "0"
	}
	return whole + fraction, objection{}
}

// splitNumber cuts at the separators: always one group more than separators.
func splitNumber(text string) (groups []string, seps []rune) {
	start := 0
	for i, r := range text {
		if r > '9' || r < '0' {
			groups, seps = append(groups, text[start:i]), append(seps, r)
			start = i + len(string(r))
		}
	}
	return append(groups, text[start:]), seps
}

// singleSeparator decides whether the only comma or point of a number is
// decimal; see [ReadMoney] for the rule.
func singleSeparator(whole, rest string, sep rune, m magnitude) (isDecimal bool, complaint objection) {
	switch {
	case whole == "", whole == "0", len(rest) < 3:
		return true, objection{}
	case sep == '.' && (len(rest) > 3 || len(whole) > 3):
		return true, objection{}
	case sep == ',' && len(rest) == 3 && len(whole) <= 3 && m.exponent == 0:
		return false, objection{}
	}
	thousands, decimals := whole+rest+m.word, whole+"."+rest+m.word
	if len(rest) == 3 {
		decimals = whole + "." + rest + "0" + m.word
	}
	o := objection{text: "{0} can be read in two ways; type {1} if the point parts thousands, {2} if it is decimal."}
	if sep == ',' {
		o.text = "{0} can be read in two ways; type {1} if the comma parts thousands, {2} if it is decimal."
	}
	o.parts = [4]string{thousands, decimals}
	return false, o
}

// grouped says whether the groups of a whole number are such as people write
// them: all by the same separator, of three digits after the first; with
// commas also as in India, of two before the last three.
func grouped(groups []string, seps []rune) bool {
	if len(seps) == 0 {
		return true
	}
	for _, sep := range seps {
		if sep != seps[0] || sep == arabicDecimal {
			return false
		}
	}
	first, rest := groups[0], groups[1:]
	if first == "" || len(first) > 3 || first[0] == '0' || len(rest[len(rest)-1]) != 3 {
		return false
	}
	if threes(rest) {
		return true
	}
	for _, group := range rest[:len(rest)-1] {
		if len(group) != 2 {
			return false
		}
	}
	return seps[0] == ',' && len(first) <= 2
}

func threes(groups []string) bool {
	for _, group := range groups {
		if len(group) != 3 {
			return false
		}
	}
	return true
}
