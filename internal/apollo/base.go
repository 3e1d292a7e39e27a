package apollo

import (
	"strconv"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
)

// DefaultBase is the documented address of the API.
const DefaultBase = "https://api.apollo.io/api/v1"

// CheckBase says what makes base unfit as the API's address, as an error of kind
// [crm.Invalid]; nil if nothing does. The key travels there, so it must be https,
// or http on this very machine, and hold neither user nor query nor fragment.
// A slash at the end does not matter.
func CheckBase(base string) error {
	rest, secure := strings.CutPrefix(base, "https://")
	if !secure {
		var plain bool
		if rest, plain = strings.CutPrefix(base, "http://"); !plain {
			return unfit("The address must begin with https://, such as {0}.", DefaultBase)
		}
	}
	authority, _, _ := strings.Cut(rest, "/")
	switch {
	case strings.ContainsFunc(base, func(r rune) bool { return r <= ' ' || r >= 0x7f || r == '\\' || r == '%' }):
		return unfit("The address holds a character that does not belong there.")
	case strings.Contains(authority, "@"):
		return unfit("The address must not hold a user name or a password.")
	case strings.ContainsAny(base, "?#"):
		return unfit("The address must end with its path, without ? and #.")
	case strings.Contains(rest[len(authority):]+"/", "/../"), strings.Contains(rest[len(authority):]+"/", "/./"):
		return unfit("The address must not hold . or .. as a part of its path.")
	}
	host, ok := hostOf(authority)
	if !ok {
		return unfit("The address needs a valid host, such as api.apollo.io.")
	}
	if !secure && !loopback(host) {
		return unfit("The address must begin with https://: the API key would travel readable for everybody.")
	}
	return nil
}

func unfit(message crm.English, parts ...string) error {
	return &crm.Error{Kind: crm.Invalid, Message: message, Parts: parts}
}

// hostOf cuts a port off and says whether what is left can be a host.
func hostOf(authority string) (string, bool) {
	host, port, found := authority, "", false
	if end := strings.LastIndexByte(authority, ']'); strings.HasPrefix(authority, "[") && end > 0 {
		host, port = authority[:end+1], authority[end+1:]
		if port, found = strings.CutPrefix(port, ":"); !found && authority[end+1:] != "" {
			return "", false
		}
		if strings.Trim(host[1:end], "0123456789abcdefABCDEF:.") != "" || end < 3 {
			return "", false
		}
	} else {
		host, port, found = strings.Cut(authority, ":")
		for _, label := range strings.Split(host, ".") {
			if label == "" || len(label) > 63 || strings.ContainsFunc(label, notInHost) {
				return "", false
			}
		}
	}
	if found {
		if n, ok := crm.ParseDigits(port); !ok || n == 0 || n > 1<<16-1 {
			return "", false
		}
	}
	return strings.ToLower(host), true
}

func notInHost(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-'
}

func loopback(host string) bool {
	if host == "localhost" || strings.HasSuffix(host, ".localhost") || host == "[::1]" {
		return true
	}
	parts := strings.Split(host, ".")
	for _, part := range parts {
		if n, ok := crm.ParseDigits(part); !ok || n > 255 || part != strconv.FormatInt(n, 10) {
			return false
		}
	}
	return len(parts) == 4 && parts[0] == "127"
}
