package site

import (
	"strings"
	"unicode/utf8"
)

// The limits of DNS, RFC 1035 section 2.3.4, without the root's trailing dot.
const (
	maxLabel = 63
	maxName  = 253
)

// privateNames end the names that never leave a private or hidden network:
// RFC 6761, 6762, 7686, 8375, ICANN's .internal, and the habit of .lan.
// The name .test is not one of them: people demonstrate with it.
var privateNames = [...]string{".local", ".internal", ".lan", ".home.arpa", ".onion", ".localhost"}

// parseHost makes a host as an address spells it into a lower case ASCII name
// with at least two labels and without a trailing dot. The host is returned
// beside the reasons IPAddress, SingleLabel and PrivateName too.
func parseHost(spelled string, ascii ToASCII) (string, Reason) {
	if spelled[0] == '[' {
		return parseIPv6(spelled)
	}
	host := decodePercent(spelled)
	host, ok := toASCII(host, ascii)
	if !ok {
		return "", Invalid
	}
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if endsInNumber(host) {
		return parseIPv4(host)
	}
	labels, ok := countLabels(host)
	switch {
	case !ok:
		return "", Invalid
	case labels == 1:
		return host, SingleLabel
	}
	for _, suffix := range privateNames {
		if strings.HasSuffix(host, suffix) || host == suffix[1:] {
			return host, PrivateName
		}
	}
	return host, ""
}

// toASCII asks the port about names that need it. Forbidden characters are
// refused before, so that a decoded slash or at sign cannot make the browser's
// parser answer about another host.
func toASCII(host string, ascii ToASCII) (string, bool) {
	plain := true
	for i := range len(host) {
		switch c := host[i]; {
		case c >= utf8.RuneSelf:
			plain = false
		case c != '.' && !labelByte(c):
			return "", false
		}
	}
	if plain {
		return host, true
	}
	if ascii == nil || !utf8.ValidString(host) {
		return "", false
	}
	host, err := ascii(host)
	return host, err == nil
}

// countLabels counts the labels of a lower case host, and refuses what DNS
// could not hold and what does not decode.
func countLabels(host string) (int, bool) {
	if len(host) > maxName {
		return 0, false
	}
	count := 0
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || len(label) > maxLabel {
			return 0, false
		}
		for i := range len(label) {
			if !labelByte(label[i]) {
				return 0, false
			}
		}
		if encoded, ok := strings.CutPrefix(label, acePrefix); ok && !validPunycode(encoded) {
			return 0, false
		}
		count++
	}
	return count, true
}

// labelByte allows the underscore and a hyphen anywhere, which registries do
// not, since there are hosts below registered names that have them.
func labelByte(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '_'
}

// decodePercent replaces each %XX by its byte and leaves a broken one as it is,
// to be refused as a forbidden character.
func decodePercent(text string) string {
	if !strings.Contains(text, "%") {
		return text
	}
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if text[i] == '%' && i+2 < len(text) {
			high, low := hexDigit(text[i+1]), hexDigit(text[i+2])
			if high >= 0 && low >= 0 {
				out = append(out, byte(high<<4|low))
				i += 2
				continue
			}
		}
		out = append(out, text[i])
	}
	return string(out)
}

// hexDigit is the value of a hexadecimal digit, -1 for any other character.
func hexDigit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}
