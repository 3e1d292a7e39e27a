package gateway

import (
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// checkJSON refuses a body that is not one object in strict JSON: no member
// twice, no depth without end, no bytes that are not UTF-8. Two programs that
// read such a body differently would do different things.
func checkJSON(body []byte, depth int) error {
	if !utf8.Valid(body) {
		return malformed("The body is not UTF-8.")
	}
	r := wire.NewReader(body)
	if !r.Is('{') {
		return malformed("The body is not a JSON object.")
	}
	var refused error
	walkJSON(r, depth, &refused)
	if err := r.End(); refused == nil && err != nil {
		refused = malformed("The body is not valid JSON.")
	}
	return refused
}

var errStop = errors.New("refused")

func walkJSON(r *wire.Reader, depth int, refused *error) {
	if depth == 0 {
		*refused = malformed("The body is nested deeper than 32 levels.")
		r.Fail(errStop)
		return
	}
	switch {
	case r.Is('{'):
		seen := map[string]bool{}
		r.Object(func(name []byte) {
			if seen[string(name)] {
				*refused = malformed("The body has a member twice.")
				r.Fail(errStop)
				return
			}
			seen[string(name)] = true
			walkJSON(r, depth-1, refused)
		})
	case r.Is('['):
		r.Array(func() { walkJSON(r, depth-1, refused) })
	default:
		r.Skip()
	}
}

func malformed(detail string) *problem {
	return invalid(400, "malformed", "The body cannot be read", detail)
}

// body reads a request's object member by member. A member that read does not
// take is refused.
type body struct {
	*wire.Reader
	refused error
}

// object calls read for each member; read says whether it knows the member.
func (b *body) object(read func(name string) bool) {
	b.Object(func(raw []byte) {
		name := string(raw)
		if !read(name) && b.refused == nil {
			b.refuse(&problem{status: 400, code: "unknown_field", title: "A member is not known", kind: crm.Invalid, field: short(name),
				detail: "The body holds a member that this request does not have."})
		}
	})
}

// short cuts a name that somebody sent.
func short(name string) string {
	if len(name) > 64 {
		return strings.ToValidUTF8(name[:64], "") + "…"
	}
	return name
}

func (b *body) refuse(p *problem) {
	if b.refused == nil {
		b.refused = p
	}
	b.Fail(errStop)
}

// text reads a string; null is not one.
func (b *body) text(name string) string {
	if !b.Is('"') {
		b.refuse(&problem{status: 400, code: "malformed", title: "The body cannot be read", kind: crm.Invalid, field: name,
			detail: "The member " + name + " must be a string."})
		return ""
	}
	return b.String()
}

func (b *body) end() error {
	if b.refused != nil {
		return b.refused
	}
	if b.End() != nil {
		return malformed("The body is not valid JSON.")
	}
	return nil
}
