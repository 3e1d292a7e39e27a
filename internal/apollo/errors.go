package apollo

import (
	"errors"
	"strconv"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
)

// decision is one row of the table from answers to what to do about them.
type decision struct {
	answer string // the row's name, for diagnostics
	is     func(failure) bool
	read   crm.Kind // after what may be repeated without harm
	write  crm.Kind // after a create or an update
	say    func(failure) message
}

// The decisions. The first row that fits holds. A write is Unavailable only
// where it is certain that Apollo did nothing.
var decisions = [...]decision{
	{"never sent", failure.neverSent, crm.Unavailable, crm.Unavailable, says("Apollo could not be reached. Check the connection.")},
	{"permission withheld", failure.notAllowed, crm.Forbidden, crm.Uncertain, says("The browser keeps Dealmark from reaching Apollo. Save Dealmark's settings once more: the browser asks for your permission.")},
	{"no complete answer", failure.noAnswer, crm.Unavailable, crm.Uncertain, says("Apollo did not answer in time, or not completely.")},
	{"rate limit", status(429), crm.RateLimited, crm.RateLimited, failure.limit},
	{"Cloudflare found Apollo down", status(521, 523, 525, 526), crm.Unavailable, crm.Unavailable, says("Apollo is down at the moment.")},
	{"a page in Apollo's place", failure.page, crm.Unavailable, crm.Uncertain, says("A web page came in place of Apollo's answer, perhaps from the network's sign-in or a proxy.")},
	{"key refused", status(401), crm.Unauthorized, crm.Unauthorized, says(keyRefused)},
	{"key taken away", failure.misplacedKey, crm.Unauthorized, crm.Unauthorized, says("Apollo did not get the API key in its header. Check the address in Dealmark's settings, and any proxy on the way.")},
	{"right or plan missing", status(403), crm.Forbidden, crm.Forbidden, failure.right},
	{"record withheld", refused("not authorized"), crm.Forbidden, crm.Forbidden, failure.withheld},
	{"record unknown", refused("does not exist", "deleted"), crm.NotFound, crm.NotFound, failure.missing},
	{"record not found", failure.notFound, crm.NotFound, crm.NotFound, failure.missing},
	{"address unknown", failure.noSuchPath, crm.Unavailable, crm.Unavailable, says("There is no Apollo API at the address in Dealmark's settings. Check the address.")},
	{"somebody was faster", status(409), crm.Conflict, crm.Conflict, failure.conflict},
	{"value refused", status(400, 422), crm.Invalid, crm.Invalid, failure.value},
	{"fault of the server", failure.fault, crm.Unavailable, crm.Uncertain, failure.answered},
	{"200 that cannot be used", status(200, 201), crm.Unavailable, crm.Uncertain, says("Apollo's answer could not be read.")},
	{"anything else", func(failure) bool { return true }, crm.Unavailable, crm.Uncertain, failure.answered},
}

const keyRefused crm.English = "Apollo does not accept the API key. Check it in Dealmark's settings."

// failure is a call that did not succeed, with what is known of its answer.
type failure struct {
	call
	status int
	refusal
	cause error // the transport's or the reader's, nil if the status says it all
}

// failure finds the decision and makes the error of it.
func (c *Client) failure(call call, response Response, cause error) error {
	f := failure{call: call, status: response.Status, refusal: readRefusal(response), cause: cause}
	f.text = c.clean(f.text)
	for _, d := range decisions {
		if d.is(f) {
			return c.decide(d, f, response)
		}
	}
	return nil // not reached: the last row fits everything
}

func (c *Client) decide(d decision, f failure, response Response) *crm.Error {
	m := d.say(f)
	e := &crm.Error{Kind: d.read, Op: f.name, Message: m.text, Parts: m.parts}
	if f.writes() {
		e.Kind = d.write
	}
	if f.cause != nil {
		e.Err = c.safe(f.cause)
	} else {
		e.Err = errors.New("status " + strconv.Itoa(f.status) + ", " + d.answer)
	}
	switch e.Kind {
	case crm.Unavailable:
		if f.writes() {
			e.Message += " Nothing was changed."
		}
		e.Message += " Try again in a moment."
	case crm.Uncertain:
		e.Message += " " + f.doubt
	case crm.RateLimited:
		e.RetryAfter = c.retryAfter(f.name, f.text, response)
	case crm.Invalid:
		e.Field = f.field()
	}
	return e
}

func (f failure) neverSent() bool  { return errors.Is(f.cause, ErrNotSent) }
func (f failure) notAllowed() bool { return errors.Is(f.cause, ErrNotAllowed) }
func (f failure) noAnswer() bool   { return f.status == 0 }
func (f failure) page() bool       { return f.html }
func (f failure) fault() bool      { return f.status >= 500 && f.status <= 599 }

// misplacedKey: a proxy moved or dropped the header.
func (f failure) misplacedKey() bool {
	return f.status == 422 && (f.code == "INVALID_API_KEY_LOCATION" || strings.Contains(strings.ToLower(f.text), "x-api-key header"))
}

// notFound and noSuchPath want Apollo's own 404: any server on the way can
// answer another one.
func (f failure) notFound() bool   { return f.status == 404 && f.json && f.gone != "" }
func (f failure) noSuchPath() bool { return f.status == 404 && f.json }

func status(codes ...int) func(failure) bool {
	return func(f failure) bool {
		for _, code := range codes {
			if f.status == code {
				return true
			}
		}
		return false
	}
}

// refused fits a 422 that says one of the phrases of the record that the call is
// about.
func refused(phrases ...string) func(failure) bool {
	return func(f failure) bool {
		for _, phrase := range phrases {
			if f.status == 422 && f.gone != "" && strings.Contains(strings.ToLower(f.text), phrase) {
				return true
			}
		}
		return false
	}
}

// redacted stands for an error from outside whose text held the key. It keeps
// nothing of that error but what decides.
type redacted struct {
	text    string
	notSent bool
}

func (e redacted) Error() string        { return e.text }
func (e redacted) Is(target error) bool { return e.notSent && target == ErrNotSent }

// safe gives err itself, or one without the key in its text.
func (c *Client) safe(err error) error {
	if text := c.redact(err.Error()); text != err.Error() {
		return redacted{text, errors.Is(err, ErrNotSent)}
	}
	return err
}
