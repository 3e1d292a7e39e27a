package site

import "strings"

// address is the parts of an http or https address that recognition reads, as
// they are spelled: neither decoded nor checked.
type address struct {
	user  string
	host  string
	path  string
	query string
}

// bare says that the address names a site and nothing in it.
func (a address) bare() bool {
	return a.user == "" && a.query == "" && strings.Trim(a.path, `/\`) == ""
}

// parseAddress reads an absolute address as a browser does,
// https://url.spec.whatwg.org/#concept-basic-url-parser.
func parseAddress(text string) (address, Reason) {
	text = trim(text)
	if text == "" {
		return address{}, NoPage
	}
	end := schemeEnd(text)
	if end < 0 {
		return address{}, Invalid
	}
	switch strings.ToLower(text[:end]) {
	case "http", "https":
		return parseAuthority(text[end+1:])
	}
	return address{}, Scheme
}

// hasScheme tells an address from a typed domain. A colon alone does not, since
// "acme.com:8080" is a domain with a port.
func hasScheme(text string) bool {
	end := schemeEnd(text)
	if end < 0 {
		return false
	}
	switch strings.ToLower(text[:end]) {
	case "http", "https":
		return true
	}
	return strings.HasPrefix(text[end:], "://")
}

// trim does what a browser does first: control characters and spaces go from
// both ends, tabs and line breaks from anywhere.
func trim(text string) string {
	text = strings.TrimFunc(text, func(r rune) bool { return r <= ' ' })
	if !strings.ContainsAny(text, "\t\n\r") {
		return text
	}
	return strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' {
			return -1
		}
		return r
	}, text)
}

// schemeEnd is the index of the colon that ends the scheme, -1 without one.
func schemeEnd(text string) int {
	for i := range len(text) {
		switch c := text[i]; {
		case 'a' <= c|0x20 && c|0x20 <= 'z':
		case i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.'):
		case i > 0 && c == ':':
			return i
		default:
			return -1
		}
	}
	return -1
}

// parseAuthority reads what follows the scheme. Any number of slashes of either
// kind may stand before the host, as in all schemes of the web.
func parseAuthority(rest string) (address, Reason) {
	rest = strings.TrimLeft(rest, `/\`)
	var a address
	rest, _, _ = strings.Cut(rest, "#")
	rest, a.query, _ = strings.Cut(rest, "?")
	if slash := strings.IndexAny(rest, `/\`); slash >= 0 {
		rest, a.path = rest[:slash], rest[slash:]
	}
	if at := strings.LastIndexByte(rest, '@'); at >= 0 {
		a.user, rest = rest[:at], rest[at+1:]
	}
	colon := portColon(rest)
	a.host = rest[:colon]
	if a.host == "" || !validPort(rest[colon:]) {
		return address{}, Invalid
	}
	return a, ""
}

// portColon is the index of the first colon outside of an IPv6 address's
// brackets, or the length of the text.
func portColon(text string) int {
	inside := false
	for i := range len(text) {
		switch text[i] {
		case '[':
			inside = true
		case ']':
			inside = false
		case ':':
			if !inside {
				return i
			}
		}
	}
	return len(text)
}

func validPort(text string) bool {
	port := 0
	for i := 1; i < len(text); i++ {
		c := text[i]
		if c < '0' || c > '9' {
			return false
		}
		if port = port*10 + int(c-'0'); port > 65535 {
			return false
		}
	}
	return true
}
