package crm

import (
	"strconv"
	"strings"
)

// Money is an exact decimal amount. The zero Money is no amount at all, which
// is not the same as an amount of 0. Two Moneys are the same amount when their
// [Money.Text] is equal.
type Money struct {
	units    int64 // the amount times ten to the power of scale, trailing zeros removed
	scale    uint8
	set      bool
	Currency string // ISO 4217 code, "" where it is not known
}

// The largest amounts have maxDigits digits in all, as many as an int64 always
// holds, and no amount has more than maxScale decimals.
const (
	maxDigits = 18
	maxScale  = 6
)

// IsSet says whether there is an amount.
func (m Money) IsSet() bool { return m.set }

// Units is the amount as a whole number of the unit that has scale decimals, as
// few as it can have. [MoneyOf] takes both back.
func (m Money) Units() (units int64, scale int) { return m.units, int(m.scale) }

// MoneyOf gives the amount that has [Money.Units], or false for what no amount has.
func MoneyOf(units int64, scale int) (Money, bool) {
	const largest = 1e18 - 1
	if units < -largest || units > largest || scale < 0 || scale > maxScale || scale > 0 && units%10 == 0 {
		return Money{}, false
	}
	return Money{units: units, scale: uint8(scale), set: true}, true
}

// ParseMoney reads a canonical or a wire amount: an optional minus sign,
// digits, and optionally a point and digits, or the exponent form of a JSON
// number. It reports false for anything else, and for more than 18 digits or
// 6 decimals. Nothing is rounded.
func ParseMoney(text string) (Money, bool) {
	if m, ok := parsePlain(text); ok {
		return m, true
	}
	mantissa, exponent := text, 0
	if i := strings.IndexAny(text, "eE"); i >= 0 {
		size, down := strings.CutPrefix(text[i+1:], "-")
		if !down {
			size = strings.TrimPrefix(size, "+")
		}
		n, ok := ParseDigits(size)
		if !ok || n > maxDigits {
			return Money{}, false
		}
		mantissa, exponent = text[:i], int(n)
		if down {
			exponent = -exponent
		}
	}
	mantissa, negative := strings.CutPrefix(mantissa, "-")
	whole, fraction, point := strings.Cut(mantissa, ".")
	if whole == "" || point && fraction == "" || !digits(whole) || !digits(fraction) {
		return Money{}, false
	}
	number := strings.TrimLeft(whole+fraction, "0")
	scale := len(fraction) - exponent
	for scale > 0 && strings.HasSuffix(number, "0") {
		number, scale = number[:len(number)-1], scale-1
	}
	if number == "" {
		return Money{set: true}, true
	}
	if scale < 0 {
		number, scale = number+strings.Repeat("0", -scale), 0
	}
	if len(number) > maxDigits || scale > maxScale {
		return Money{}, false
	}
	units, _ := ParseDigits(number)
	if negative {
		units = -units
	}
	return Money{units: units, scale: uint8(scale), set: true}, true
}

// parsePlain reads what nearly all amounts are, in a tenth of the time: digits
// without leading zeros, few of them, and decimals without trailing ones.
func parsePlain(text string) (Money, bool) {
	if text == "" || len(text) > maxDigits || text[0] < '1' || text[0] > '9' {
		return Money{}, false
	}
	m, point := Money{set: true}, false
	for i := range len(text) {
		switch c := text[i]; {
		case '0' <= c && c <= '9':
			m.units = 10*m.units + int64(c-'0')
			if point {
				m.scale++
			}
		case c == '.' && !point:
			point = true
		default:
			return Money{}, false
		}
	}
	return m, !point || m.scale > 0 && m.scale <= maxScale && text[len(text)-1] != '0'
}

// Text is the amount as Apollo takes it: digits, a point only before decimals,
// no separators, no currency; "" if there is none. Apollo leaves an amount
// with a comma blank without saying so.
func (m Money) Text() string {
	if !m.set {
		return ""
	}
	units, sign := m.units, ""
	if units < 0 {
		units, sign = -units, "-"
	}
	number := strconv.FormatInt(units, 10)
	scale := int(m.scale)
	if scale == 0 {
		return sign + number
	}
	if missing := scale + 1 - len(number); missing > 0 {
		number = strings.Repeat("0", missing) + number
	}
	return sign + number[:len(number)-scale] + "." + number[len(number)-scale:]
}

// String is the amount for people: groups of three, the currency code after it
// where it is known; "" if there is none.
func (m Money) String() string {
	text := m.Text()
	if text == "" {
		return ""
	}
	text, negative := strings.CutPrefix(text, "-")
	whole, fraction, point := strings.Cut(text, ".")
	var b strings.Builder
	if negative {
		b.WriteByte('-')
	}
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(whole[i])
	}
	if point {
		b.WriteByte('.')
		b.WriteString(fraction)
		if len(fraction) == 1 {
			b.WriteByte('0')
		}
	}
	if m.Currency != "" {
		b.WriteString("\u00a0" + m.Currency)
	}
	return b.String()
}

func digits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return true
}
