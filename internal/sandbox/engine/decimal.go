package engine

import (
	"math/big"
	"strconv"
	"strings"
)

// decimal is an exact decimal number as a JSON number literal in its shortest
// form: "200", "-12.5". The empty decimal is null.
type decimal string

// maxDigits bounds an amount, so that no exponent can make it large to hold.
const maxDigits = 40

// parseDecimal reads digits with an optional sign, fraction and exponent.
// Anything else, and so any comma or currency sign, is null: Apollo blanks it.
func parseDecimal(s string) decimal {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > maxDigits || strings.Trim(s, "+-.eE0123456789") != "" {
		return ""
	}
	if _, exponent, ok := strings.Cut(strings.ToLower(s), "e"); ok && len(strings.TrimLeft(exponent, "+-")) > 2 {
		return ""
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return ""
	}
	return shortest(r)
}

// percent is d × p / 100, exactly.
func (d decimal) percent(p int) decimal {
	r, ok := new(big.Rat).SetString(string(d))
	if !ok {
		return "0"
	}
	return shortest(r.Mul(r, big.NewRat(int64(p), 100)))
}

func (d decimal) float() float64 {
	f, err := strconv.ParseFloat(string(d), 64)
	if err != nil {
		return 0
	}
	return f
}

func shortest(r *big.Rat) decimal {
	places, _ := r.FloatPrec()
	return decimal(r.FloatString(places))
}
