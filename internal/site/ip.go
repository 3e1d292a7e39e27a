package site

import (
	"strconv"
	"strings"
)

// endsInNumber says that a browser takes the host for an IPv4 address, well
// formed or not: https://url.spec.whatwg.org/#ends-in-a-number-checker.
func endsInNumber(host string) bool {
	last := host[strings.LastIndexByte(host, '.')+1:]
	if last == "" {
		return false
	}
	if strings.Trim(last, "0123456789") == "" {
		return true
	}
	_, ok := parseIPv4Number(last)
	return ok
}

// parseIPv4 reads one to four decimal, octal or hexadecimal numbers, of which
// the last fills the bytes that remain: 0x7f.1 is 127.0.0.1. The host is the
// address with four decimal numbers.
func parseIPv4(host string) (string, Reason) {
	parts := strings.Split(host, ".")
	if len(parts) > 4 {
		return "", Invalid
	}
	var all uint64
	for i, part := range parts {
		number, ok := parseIPv4Number(part)
		limit, shift := uint64(256), 8*(3-i)
		if i == len(parts)-1 {
			limit, shift = 1<<(8*(4-i)), 0
		}
		if !ok || number >= limit {
			return "", Invalid
		}
		all |= number << shift
	}
	dotted := make([]byte, 0, len("255.255.255.255"))
	for shift := 24; shift >= 0; shift -= 8 {
		if shift < 24 {
			dotted = append(dotted, '.')
		}
		dotted = strconv.AppendUint(dotted, all>>shift&255, 10)
	}
	return string(dotted), IPAddress
}

// parseIPv4Number reads one part. A number too large for any address is as
// large as no part may be.
func parseIPv4Number(part string) (uint64, bool) {
	if part == "" {
		return 0, false
	}
	base := uint64(10)
	switch {
	case strings.HasPrefix(part, "0x"):
		base, part = 16, part[2:]
	case len(part) > 1 && part[0] == '0':
		base, part = 8, part[1:]
	}
	const tooLarge = 1 << 32
	number := uint64(0)
	for i := range len(part) {
		digit := hexDigit(part[i])
		if digit < 0 || uint64(digit) >= base {
			return 0, false
		}
		number = min(number*base+uint64(digit), tooLarge)
	}
	return number, true
}

// parseIPv6 reads a host in brackets. Groups are not checked: no name of a
// company has brackets, so that the only question is how to call what it is.
func parseIPv6(host string) (string, Reason) {
	inner, closed := strings.CutSuffix(host[1:], "]")
	if !closed || strings.Count(inner, ":") < 2 || strings.Trim(inner, "0123456789abcdefABCDEF:.") != "" {
		return "", Invalid
	}
	return strings.ToLower(host), IPAddress
}
