package site

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// acePrefix starts a label that holds other than ASCII characters, RFC 5890.
const acePrefix = "xn--"

// The parameters of Punycode, RFC 3492 section 5.
const (
	punyBase    = 36
	punyTMin    = 1
	punyTMax    = 26
	punySkew    = 38
	punyDamp    = 700
	punyBias    = 72
	punyInitial = 0x80
)

// validPunycode says that what follows the prefix of a lower case label stands
// for a text that needs it, in the one spelling that the encoder gives. Of the
// code points that UTS 46 forbids there it refuses those that do not show; the
// others would take its tables to tell.
func validPunycode(encoded string) bool {
	text, ok := decodePunycode(encoded)
	if !ok || encodePunycode(text) != encoded {
		return false
	}
	foreign := false
	for _, r := range text {
		joins := r == 0x200C || r == 0x200D
		if unicode.IsControl(r) || unicode.IsSpace(r) || invisible(r) && !joins {
			return false
		}
		foreign = foreign || r >= utf8.RuneSelf
	}
	return foreign
}

// decodePunycode is RFC 3492 section 6.2 for a label of at most maxLabel bytes.
func decodePunycode(encoded string) ([]rune, bool) {
	cut := strings.LastIndexByte(encoded, '-')
	text := []rune(encoded[:max(cut, 0)])
	rest := encoded[cut+1:]
	next, bias, place := punyInitial, punyBias, 0
	for rest != "" {
		before, weight := place, 1
		for k := punyBase; ; k += punyBase {
			if rest == "" {
				return nil, false
			}
			digit := punycodeDigit(rest[0])
			rest = rest[1:]
			if digit < 0 {
				return nil, false
			}
			place += digit * weight
			// No valid text counts further. The weight needs no check of its own:
			// a digit that does not end the number is at least one.
			if place > utf8.MaxRune*(maxLabel+1) {
				return nil, false
			}
			t := punycodeThreshold(k, bias)
			if digit < t {
				break
			}
			weight *= punyBase - t
		}
		length := len(text) + 1
		bias = punycodeAdapt(place-before, length, before == 0)
		next += place / length
		place %= length
		if !utf8.ValidRune(rune(next)) {
			return nil, false
		}
		text = slices.Insert(text, place, rune(next))
		place++
	}
	return text, len(text) > 0
}

// encodePunycode is RFC 3492 section 6.3 for a text of at most maxLabel runes.
func encodePunycode(text []rune) string {
	var out []byte
	for _, r := range text {
		if r < utf8.RuneSelf {
			out = append(out, byte(r))
		}
	}
	basic := len(out)
	if basic > 0 {
		out = append(out, '-')
	}
	next, bias, delta := rune(punyInitial), punyBias, 0
	for done := basic; done < len(text); {
		least := rune(utf8.MaxRune)
		for _, r := range text {
			if r >= next {
				least = min(least, r)
			}
		}
		delta += int(least-next) * (done + 1)
		next = least
		for _, r := range text {
			if r < next {
				delta++
			}
			if r != next {
				continue
			}
			out = appendPunycodeNumber(out, delta, bias)
			bias = punycodeAdapt(delta, done+1, done == basic)
			delta = 0
			done++
		}
		delta++
		next++
	}
	return string(out)
}

func appendPunycodeNumber(out []byte, number, bias int) []byte {
	const digits = "abcdefghijklmnopqrstuvwxyz0123456789"
	for k := punyBase; ; k += punyBase {
		t := punycodeThreshold(k, bias)
		if number < t {
			return append(out, digits[number])
		}
		out = append(out, digits[t+(number-t)%(punyBase-t)])
		number = (number - t) / (punyBase - t)
	}
}

func punycodeThreshold(k, bias int) int {
	return min(max(k-bias, punyTMin), punyTMax)
}

func punycodeAdapt(delta, length int, first bool) int {
	if first {
		delta /= punyDamp
	} else {
		delta /= 2
	}
	delta += delta / length
	k := 0
	for ; delta > (punyBase-punyTMin)*punyTMax/2; k += punyBase {
		delta /= punyBase - punyTMin
	}
	return k + (punyBase-punyTMin+1)*delta/(delta+punySkew)
}

func punycodeDigit(c byte) int {
	switch {
	case 'a' <= c && c <= 'z':
		return int(c - 'a')
	case '0' <= c && c <= '9':
		return int(c-'0') + 26
	}
	return -1
}
