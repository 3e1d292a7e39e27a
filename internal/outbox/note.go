package outbox

import (
	"context"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/record"
	"github.com/dealmark/dealmark/internal/store"
	"github.com/dealmark/dealmark/internal/wire"
)

// noteKey is where the outbox keeps what concerns all entries.
const noteKey = "outbox"

// note may be lost: then nothing is resent until the tag has been echoed again,
// and a pause ends early.
type note struct {
	Field    string    // the custom field that was seen to keep tags; "" for none
	Locked   time.Time // when the key was refused; nothing is sent until the rep has seen to it
	Failures int       // in a row, of any entries
	Failing  string    // the entry of the first of them
	Several  bool      // another one failed since
	Until    time.Time
	Since    time.Time // when Until was set
}

func (n note) locked() bool { return !n.Locked.IsZero() }

func (b *Box) note(ctx context.Context) (n note, err error) {
	stored, err := store.Get(ctx, b.Primary, noteKey)
	if err != nil || stored == nil {
		return note{}, err
	}
	_, content, damaged := unseal(stored)
	if damaged != nil {
		return note{}, nil
	}
	r := wire.NewReader(content)
	r.Object(func(name []byte) {
		switch string(name) {
		case "field":
			n.Field = r.String()
		case "locked":
			n.Locked = record.ReadTime(r)
		case "failures":
			n.Failures = r.Int()
		case "failing":
			n.Failing = r.String()
		case "several":
			n.Several = r.Bool()
		case "until":
			n.Until = record.ReadTime(r)
		case "since":
			n.Since = record.ReadTime(r)
		}
	})
	if r.End() != nil {
		return note{}, nil
	}
	return n, nil
}

func (b *Box) keepNote(ctx context.Context, n note) error {
	var w wire.Writer
	w.BeginObject().Text("field", n.Field)
	record.Time(&w, "locked", n.Locked)
	number(&w, "failures", n.Failures)
	w.Text("failing", n.Failing)
	flag(&w, "several", n.Several)
	record.Time(&w, "until", n.Until)
	record.Time(&w, "since", n.Since)
	return store.Put(ctx, b.Primary, noteKey, seal(schema, w.EndObject().Bytes()))
}

// unlock ends every pause: the rep says that something has changed.
func (b *Box) unlock(ctx context.Context) error {
	n, err := b.note(ctx)
	if err != nil || !n.locked() {
		return err
	}
	n.Locked = time.Time{}
	return b.keepNote(ctx, n)
}

// learn takes into account how a request of an entry ended. One that fails alone
// pauses nothing: it may be the only one that Apollo cannot take.
func (d *drain) learn(e *Entry, cause *crm.Error) error {
	n := d.note
	switch kind := kindOf(cause); kind {
	case crm.Unavailable, crm.Uncertain, crm.Internal:
		if n.Failures++; n.Failures == 1 {
			n.Failing = e.ID
		}
		n.Several = n.Several || n.Failing != e.ID
		if n.Several && n.Failures >= d.policy.Break {
			d.pause(&n, d.jitter(doubled(d.policy.Pause, d.policy.MaxPause, n.Failures-d.policy.Break)))
		}
	case crm.RateLimited:
		if cause.RetryAfter > 0 {
			d.pause(&n, d.retryAfter(cause))
		}
	case crm.Unauthorized:
		n.Locked = stamp(d.Clock())
	default:
		n = note{Field: n.Field}
	}
	return d.keep(n)
}

func (d *drain) pause(n *note, wait time.Duration) {
	n.Since = stamp(d.Clock())
	n.Until = n.Since.Add(wait)
}

func (d *drain) keep(n note) error {
	if n == d.note {
		return nil
	}
	d.note = n
	return d.keepNote(d.answered, n)
}

// retryAfter is what Apollo asks for and a little more.
func (b *Box) retryAfter(cause *crm.Error) time.Duration {
	wait := max(cause.RetryAfter, b.policy.FirstWait)
	return wait + b.part(min(wait/10, b.policy.MaxWait))
}

func kindOf(cause *crm.Error) crm.Kind {
	if cause == nil {
		return ""
	}
	switch cause.Kind {
	case crm.Invalid, crm.Unauthorized, crm.Forbidden, crm.NotFound, crm.Conflict, crm.RateLimited, crm.Unavailable:
		return cause.Kind
	}
	return crm.Uncertain
}
