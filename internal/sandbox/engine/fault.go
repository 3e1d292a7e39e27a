package engine

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// FaultKind is a way to misbehave.
type FaultKind string

const (
	// FaultStatus answers Status with Body, ContentType and Header.
	FaultStatus FaultKind = "status"
	// FaultDelay answers as usual, but only after Delay, which passes before
	// anything is stored.
	FaultDelay FaultKind = "delay"
	// FaultReset ends the connection without an answer.
	FaultReset FaultKind = "reset"
	// FaultLate ends the connection without an answer and stores the write when
	// Delay has passed on the server's clock.
	FaultLate FaultKind = "late"
	// FaultHTML answers 200 with a page of HTML, as a captive portal does.
	FaultHTML FaultKind = "html"
	// FaultEmpty answers 200 (or Status) without a body.
	FaultEmpty FaultKind = "empty"
	// FaultTruncate stores, and cuts the answer in the middle of its body.
	FaultTruncate FaultKind = "truncate"
	// FaultRateLimit answers 429; retry-after is RetryAfter, 0 for none.
	FaultRateLimit FaultKind = "rate_limit"
	// FaultSlow stores, and sends the answer byte by byte, Delay apart.
	FaultSlow FaultKind = "slow"
	// FaultEndless stores, and sends an answer that never ends.
	FaultEndless FaultKind = "endless"
	// FaultWrongType stores, and answers with JSON of other types than usual.
	FaultWrongType FaultKind = "wrong_type"
	// FaultCross stores, and answers with another opportunity or account.
	FaultCross FaultKind = "cross"
	// FaultIgnore leaves Fields out of what is stored, and answers as usual.
	FaultIgnore FaultKind = "ignore"
	// FaultDrop stores nothing and answers as if it had: Apollo was seen to do so
	// for opportunities/update_roles.
	FaultDrop FaultKind = "drop"
	// FaultLag leaves opportunities younger than Delay out of searches.
	FaultLag FaultKind = "lag"
)

var faultKinds = []FaultKind{
	FaultStatus, FaultDelay, FaultReset, FaultLate, FaultHTML, FaultEmpty, FaultTruncate,
	FaultRateLimit, FaultSlow, FaultEndless, FaultWrongType, FaultCross, FaultIgnore, FaultDrop, FaultLag,
}

// Fault is one misbehaviour. A fault strikes instead of Apollo's own checks: not
// even the key is looked at, unless the write is stored.
type Fault struct {
	// Endpoint is the operation ("opportunity.create") or scope name
	// ("deals/api/v1/opportunities/create") that it strikes; empty is every one.
	Endpoint string    `json:"endpoint,omitempty"`
	Kind     FaultKind `json:"kind"`
	// AfterCommit stores the write before status, reset, html, empty or rate_limit.
	AfterCommit bool              `json:"after_commit,omitempty"`
	Status      int               `json:"status,omitempty"`
	Body        string            `json:"body,omitempty"`
	ContentType string            `json:"content_type,omitempty"`
	Header      map[string]string `json:"header,omitempty"`
	// Delay is a Go duration in JSON: "1.5s". With a status, reset, html, empty,
	// rate_limit or truncate it passes before the answer and after any commit.
	Delay Duration `json:"delay,omitempty"`
	// RetryAfter is in seconds.
	RetryAfter int      `json:"retry_after,omitempty"`
	Fields     []string `json:"fields,omitempty"`
	// Skip lets so many requests pass first; Times strikes so many, 0 until cleared.
	Skip  int `json:"skip,omitempty"`
	Times int `json:"times,omitempty"`
	// Chance strikes with a probability between 0 and 1; 0 is always.
	Chance float64 `json:"chance,omitempty"`
}

// Duration is a time.Duration that JSON writes as Go does: "1.5s".
type Duration time.Duration

// MarshalJSON writes the duration's Go notation.
func (d Duration) MarshalJSON() ([]byte, error) {
	return json.Marshal(time.Duration(d).String())
}

// UnmarshalJSON reads Go's notation, or a number of seconds.
func (d *Duration) UnmarshalJSON(b []byte) error {
	var seconds float64
	if json.Unmarshal(b, &seconds) == nil {
		*d = Duration(seconds * float64(time.Second))
		return nil
	}
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return errors.New(`a delay is a duration such as "1.5s" or a number of seconds`)
	}
	parsed, err := time.ParseDuration(s)
	*d = Duration(parsed)
	return err
}

// check says what is wrong with the fault, for who wrote it by hand.
func (f Fault) check() error {
	if !slices.Contains(faultKinds, f.Kind) {
		return fmt.Errorf("unknown kind of fault %q: one of %q", f.Kind, faultKinds)
	}
	if f.Endpoint != "" && !slices.ContainsFunc(endpoints, func(e endpoint) bool { return f.strikes(&e) }) {
		return fmt.Errorf("unknown endpoint %q: one of %s", f.Endpoint, strings.Join(Operations(), ", "))
	}
	if f.Kind == FaultStatus && (f.Status < 200 || f.Status > 599) {
		return fmt.Errorf("a fault of kind %q needs a status from 200 to 599", f.Kind)
	}
	if f.Chance < 0 || f.Chance > 1 || f.Delay < 0 || f.Times < 0 || f.Skip < 0 {
		return errors.New("chance is from 0 to 1; delay, times and skip are not negative")
	}
	return nil
}

func (f Fault) strikes(e *endpoint) bool {
	return f.Endpoint == "" || f.Endpoint == e.operation || f.Endpoint == e.scope
}

// executes says whether the request is carried out under the fault.
func (f *Fault) executes() bool {
	switch f.Kind {
	case FaultStatus, FaultReset, FaultHTML, FaultEmpty, FaultRateLimit:
		return f.AfterCommit
	case FaultLate:
		return false
	}
	return true
}

// SetFault adds a fault. Of those that strike an endpoint the oldest that is not
// used up comes first. A fault that makes no sense panics: it is a mistake in a test.
func (e *Engine) SetFault(f Fault) {
	if err := e.AddFault(f); err != nil {
		panic("engine: " + err.Error())
	}
}

// AddFault adds a fault as SetFault does, and says what is wrong with one that
// makes no sense.
func (e *Engine) AddFault(f Fault) error {
	if err := f.check(); err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.faults = append(e.faults, &f)
	return nil
}

// ClearFaults removes every fault. A write that is due late still comes.
func (e *Engine) ClearFaults() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.faults = nil
}

// strike takes the fault that the request meets, or nil.
func (e *Engine) strike(at *endpoint) *Fault {
	for i, f := range e.faults {
		if !f.strikes(at) {
			continue
		}
		if f.Skip > 0 {
			f.Skip--
			continue
		}
		if f.Chance > 0 && e.ids.random.Float64() >= f.Chance {
			continue
		}
		struck := *f
		if f.Times == 1 {
			e.faults = slices.Delete(e.faults, i, i+1)
		} else if f.Times > 1 {
			f.Times--
		}
		return &struck
	}
	return nil
}
