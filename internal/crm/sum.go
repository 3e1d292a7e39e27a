package crm

import (
	"cmp"
	"strconv"
	"strings"
)

// Sum is an exact sum of amounts of one currency. Unlike one [Money] it has room
// for the sum of a hundred million of the largest. The zero Sum is 0.
type Sum struct {
	billions   int64 // of the currency
	millionths int64 // of the currency: the rest, of the same sign
}

// billion is 10^9 of the currency in millionths.
const billion = 1_000_000_000_000_000

// Add adds an amount; none at all adds nothing. Its currency is not looked at.
func (s *Sum) Add(m Money) {
	whole, unit := int64(billion), int64(1) // of a billion and of a millionth, in units of m
	for range maxScale - int(m.scale) {
		whole, unit = whole/10, unit*10
	}
	s.AddSum(Sum{m.units / whole, m.units % whole * unit})
}

// AddSum adds another sum.
func (s *Sum) AddSum(other Sum) {
	s.millionths += other.millionths
	s.billions += other.billions + s.millionths/billion
	s.millionths %= billion
	switch {
	case s.billions > 0 && s.millionths < 0:
		s.billions, s.millionths = s.billions-1, s.millionths+billion
	case s.billions < 0 && s.millionths > 0:
		s.billions, s.millionths = s.billions+1, s.millionths-billion
	}
}

// Compare orders sums by their size.
func (s Sum) Compare(other Sum) int {
	return cmp.Or(cmp.Compare(s.billions, other.billions), cmp.Compare(s.millionths, other.millionths))
}

// Share is s as a part of whole in parts of n, rounded down: how long a bar is
// beside one of length n. A negative s, and any part of a whole that is not
// positive, is 0.
func (s Sum) Share(whole Sum, n int) int {
	if s.Compare(Sum{}) <= 0 || whole.Compare(Sum{}) <= 0 {
		return 0
	}
	// A bar is a drawing: here, and here alone, a fraction may be rounded.
	return int(float64(n) * (float64(s.billions)*billion + float64(s.millionths)) / (float64(whole.billions)*billion + float64(whole.millionths)))
}

// Text is the sum as digits, with a point only before decimals.
func (s Sum) Text() string {
	billions, millionths, sign := s.billions, s.millionths, ""
	if billions < 0 || millionths < 0 {
		billions, millionths, sign = -billions, -millionths, "-"
	}
	rest := strconv.FormatInt(millionths, 10)
	rest = strings.Repeat("0", max(0, 15-len(rest))) + rest
	whole, fraction := rest[:9], strings.TrimRight(rest[9:], "0")
	if billions > 0 {
		whole = strconv.FormatInt(billions, 10) + whole
	}
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if fraction != "" {
		fraction = "." + fraction
	}
	return sign + whole + fraction
}
