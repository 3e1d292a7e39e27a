package gateway

import (
	"errors"
	"strconv"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// problem is a refusal as RFC 9457 has it. Beside the standard's members it tells
// the kind, by which a client decides, and the field.
type problem struct {
	status int
	code   string // the end of the type: "urn:dealmark:problem:" and it
	title  string
	rep    crm.English // what a rep is told
	parts  []string    // what is filled into rep
	detail string      // what the author of a client is told, where rep is ""
	kind   crm.Kind
	field  string // a member of the request's body
	retry  time.Duration
	allow  string             // the methods that an address has
	more   func(*wire.Writer) // further members
}

func (p *problem) Error() string { return p.title + ": " + p.words() }

// words is the detail in English.
func (p *problem) words() string {
	if p.rep != "" {
		return p.rep.With(p.parts...)
	}
	return p.detail
}

// problemOf makes the problem of an error. What is no problem and no *crm.Error
// comes from the database; its text stays inside.
func problemOf(err error) *problem {
	if p, ok := errors.AsType[*problem](err); ok {
		return p
	}
	e, ok := errors.AsType[*crm.Error](err)
	if !ok {
		return &problem{status: 503, code: "database", title: "The gateway's database does not answer", kind: crm.Unavailable,
			rep: "Nothing was lost. Try again in a few seconds.", retry: 5 * time.Second}
	}
	p := &problem{kind: e.Kind, rep: e.Message, parts: e.Parts, field: memberOf(e.Field), retry: e.RetryAfter}
	switch e.Kind {
	case crm.Invalid:
		p.status, p.code, p.title = 422, "refused", "A value is refused"
	case crm.Unauthorized:
		p.status, p.code, p.title = 502, "team_key", "Apollo refuses the team's key"
		p.rep, p.parts = "Apollo does not accept the team's key. Tell who runs the team's gateway.", nil
	case crm.Forbidden:
		p.status, p.code, p.title = 403, "team_right", "The team's key lacks a right"
	case crm.NotFound:
		p.status, p.code, p.title = 404, "not_found", "There is no such object"
	case crm.Conflict:
		p.status, p.code, p.title = 409, "conflict", "Something else is there"
	case crm.RateLimited:
		p.status, p.code, p.title = 503, "budget", "The team's requests are used up for now"
	case crm.Unavailable, crm.Uncertain:
		p.status, p.code, p.title = 503, "apollo", "Apollo does not answer"
	default:
		p.status, p.code, p.title = 500, "fault", "A fault of the gateway"
		p.rep, p.parts = "This is a fault of the gateway. Report it with the time.", nil
	}
	if p.status == 503 && p.retry < time.Second {
		p.retry = 5 * time.Second
	}
	return p
}

func (p *problem) answer() answer {
	w := new(wire.Writer).BeginObject()
	w.Text("type", "urn:dealmark:problem:"+p.code).Text("title", p.title)
	w.Member("status").Int(p.status)
	w.Text("detail", p.words()).Text("kind", string(p.kind)).Text("field", p.field)
	if len(p.parts) > 0 { // for a client that speaks the rep's language
		w.Text("template", string(p.rep)).Member("parts").BeginArray()
		for _, part := range p.parts {
			w.String(part)
		}
		w.EndArray()
	}
	if p.retry > 0 {
		w.Member("retry_after").Int(seconds(p.retry))
	}
	if p.more != nil {
		p.more(w)
	}
	a := answer{status: p.status, kind: "application/problem+json", body: w.EndObject().Bytes(), problem: p.code}
	if p.retry > 0 {
		a.set("retry-after", strconv.Itoa(seconds(p.retry)))
	}
	if p.allow != "" {
		a.set("allow", p.allow)
	}
	if p.status == 401 {
		a.set("www-authenticate", "Bearer")
	}
	return a
}

// seconds rounds up, for who waits too short comes twice.
func seconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }

func invalid(status int, code, title, detail string) *problem {
	return &problem{status: status, code: code, title: title, kind: crm.Invalid, detail: detail}
}

// fieldRefused is a value that cannot be, found before Apollo is asked.
func fieldRefused(member, detail string) *problem {
	p := invalid(422, "refused", "A value is refused", detail)
	p.field = member
	return p
}
