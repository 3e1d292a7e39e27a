package form

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
)

// ReadMoney reads an amount as reps type it: 25k, 1.2m, 12 500, 12'500,
// €12.500,50, 1,2 Mio, 5k USD, ¥3,000,000, ٢٥٠٠. An empty text is no amount. The
// result is exact, and in the team's currency, an ISO 4217 code; where that is
// "" a currency that was typed is kept.
//
// Two different separators settle what they mean: the last one is decimal, the
// others group. So does one that comes twice: it groups. A single one is read
// so that it is never wrong by a factor of a thousand:
//
//   - a space or an apostrophe groups;
//   - a comma or a point after 0, or before one or two digits, is decimal: 12,5 and 12.50;
//   - a comma before three digits groups: 1,234 is 1234, for nobody types
//     an amount with three decimals and a comma;
//   - a point before three digits is asked about: 1.234 is 1234 to half of the
//     world, and what programs write for a little more than 1;
//   - so is either before three digits and a word for thousands or millions:
//     1,234m; and a comma where no group ends: 12,3456 and 1234,567;
//   - any other point is decimal: 1234.567.
//
// Errors are [*crm.Error] of kind [crm.Invalid] whose message says what would do.
func ReadMoney(text, teamCurrency string) (crm.Money, error) {
	teamCurrency = strings.ToUpper(strings.TrimSpace(teamCurrency))
	s := fold(text)
	if s == "" {
		return crm.Money{}, nil
	}
	parts, complaint := cutAmount(s, teamCurrency)
	if complaint.text != "" {
		return crm.Money{}, complaint.err(crm.FieldAmount, text)
	}
	number, complaint := readNumber(parts.number, parts.decimal, parts.magnitude)
	if complaint.text != "" {
		return crm.Money{}, complaint.err(crm.FieldAmount, text)
	}
	m, ok := crm.ParseMoney(number + "e" + strconv.Itoa(parts.magnitude.exponent))
	if !ok {
		return crm.Money{}, objection{text: "{0} is too long; an amount has at most 18 digits, and 6 of them after the decimal point."}.err(crm.FieldAmount, text)
	}
	if parts.currency != "" && teamCurrency != "" && parts.currency != teamCurrency {
		return crm.Money{}, wrongCurrency(m, parts, teamCurrency).err(crm.FieldAmount, text)
	}
	if m.Currency = teamCurrency; m.Currency == "" {
		m.Currency = parts.currency
	}
	return m, nil
}

// amountText is the canonical text of an amount, made so that [ReadMoney]
// understands it: 1.234 has a zero after it, which settles that its point is decimal.
func amountText(m crm.Money) string {
	text := m.Text()
	whole, fraction, _ := strings.Cut(text, ".")
	if len(fraction) == 3 && len(whole) <= 3 && whole != "0" {
		text += "0"
	}
	return text
}

// amountParts are the parts of an amount as typed.
type amountParts struct {
	number    string    // digits and separators
	decimal   byte      // the decimal separator where something after the digits says so, as in "12.500,-"; else 0
	magnitude magnitude // what the number is multiplied by
	mark      string    // the currency as typed
	currency  string    // its code
}

// cutAmount takes a folded text apart: currency, number, magnitude, currency.
func cutAmount(s, teamCurrency string) (parts amountParts, complaint objection) {
	const digits = "0123456789"
	first, last := strings.IndexAny(s, digits), strings.LastIndexAny(s, digits)
	if first < 0 {
		return parts, objection{text: "{0} is not an amount; type one such as 12500, 12,500.50 or 25k."}
	}
	if first > 0 && (s[first-1] == '.' || s[first-1] == ',') && (first == 1 || s[first-2] == ' ') {
		first-- // .5
	}
	before, after := strings.TrimSpace(s[:first]), s[last+1:]
	parts.number = s[first : last+1]
	for _, r := range parts.number {
		if !strings.ContainsRune(digits+separators, r) {
			if r == '-' {
				return parts, objection{text: "{0} looks like a range; type one amount."}
			}
			return parts, objection{text: "{0} is not an amount; type one such as 12500, 12,500.50 or 25k."}
		}
	}
	if len(after) > 0 && (after[0] == ',' || after[0] == '.') { // "12.", "12.500,-"
		parts.decimal = after[0]
		after = strings.TrimLeft(after[1:], "-")
	}
	after = strings.TrimSpace(after)
	if strings.HasPrefix(before, "-") || strings.HasSuffix(before, "-") || strings.HasSuffix(after, "-") ||
		strings.HasPrefix(before, "(") && strings.HasSuffix(after, ")") {
		return parts, objection{text: "{0} is negative; an amount is 0 or more, so type it without the minus sign."}
	}
	return parts, parts.readWords(before, after, teamCurrency)
}

// readWords reads what stands around the digits.
func (p *amountParts) readWords(before, after, teamCurrency string) (complaint objection) {
	if rest, found := strings.CutPrefix(after, "mil millones"); found { // of which mil alone is asked about
		after = "md" + rest
	}
	if after != "" {
		if word, _, _ := strings.Cut(after, " "); ambiguousWord(word) {
			return objection{text: "{0} can mean thousands or much more; type k for thousands, m for millions."}
		}
		var ok bool
		if p.magnitude, p.mark, ok = cutMagnitude(after, teamCurrency); !ok {
			return objection{text: "{0} ends with something that is no currency; type the amount alone, such as 12500, 25k or 1.2m."}
		}
		p.currency, _ = currencyOf(p.mark, teamCurrency)
	}
	if before == "" {
		return objection{}
	}
	code, ok := currencyOf(before, cmp.Or(p.currency, teamCurrency)) // in $5k AUD the $ is Australian
	switch {
	case !ok:
		return objection{text: "{0} starts with something that is no currency; type the amount alone, such as 12500 or 25k."}
	case p.currency != "" && code != p.currency:
		return objection{text: "{0} names two currencies; type the amount alone."}
	}
	p.mark, p.currency = before, code
	return objection{}
}

func wrongCurrency(m crm.Money, parts amountParts, teamCurrency string) objection {
	return objection{
		text:  "Apollo takes amounts in {1}; convert this one from {2}, or type {3} without {4}.",
		parts: [4]string{teamCurrency, parts.currency, m.String(), markWords(parts.mark)},
	}
}
