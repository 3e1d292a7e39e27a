package outbox

import (
	"bytes"
	"cmp"
	"context"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/store"
	"github.com/dealmark/dealmark/internal/wire"
)

// Box is the outbox. Its methods may be called from several contexts on the same
// stores.
type Box struct {
	Ports
	policy Policy
}

// Ports are what a Box needs of the world. Of the stores it uses the keys that
// begin with "entry/", and "outbox".
type Ports struct {
	Primary store.Store // what an Update wrote must survive a loss of power
	Mirror  store.Store // a second copy, in storage of another kind; nil for none
	Clock   func() time.Time
	Rand    func() uint64
	Boot    string // names this start of the browser, in all of its contexts
	Field   string // Apollo's custom field for tags, "" for none
}

// New gives the outbox.
func New(ports Ports, policy Policy) *Box {
	return &Box{Ports: ports, policy: policy}
}

// Append stores a command. When it returns without error the entry is durable
// and may be called saved. The id is the form's. Appending the same command
// under the same id again gives the entry that is there; another command under
// it, or one that was discarded, is an error of kind Conflict.
func (b *Box) Append(ctx context.Context, id string, command crm.Command) (Entry, error) {
	return b.append(ctx, &Entry{ID: id, Command: command})
}

// AppendAfter is Append for an update of the opportunity that the create with
// the id after makes. The update has no id yet.
func (b *Box) AppendAfter(ctx context.Context, id, after string, update crm.Update) (Entry, error) {
	update.ID = ""
	return b.append(ctx, &Entry{ID: id, Command: update, After: after})
}

func (b *Box) append(ctx context.Context, e *Entry) (Entry, error) {
	if err := e.fit(); err != nil {
		return Entry{}, err
	}
	entries, _, err := b.List(ctx)
	if err != nil {
		return Entry{}, notSaved(crm.Unavailable, noRoom, err)
	}
	pending := 0
	for i := range entries {
		there := &entries[i]
		e.Seq = max(e.Seq, there.Seq)
		if there.Pending() {
			pending++
			e.behind(there)
		}
		if there.ID == e.ID {
			// Who saved it first may have died before there was a copy.
			_ = b.copy(ctx, recordOf(there), there.Revision)
			return *there, same(there, e)
		}
	}
	if pending >= b.policy.Cap {
		return Entry{}, notSaved(crm.Conflict, "Not saved: too many entries wait already. Settle or discard some of them, then save again.", nil)
	}
	e.Seq++
	e.State, e.Saved, e.Boot, e.Revision = Queued, b.Clock(), b.Boot, 1
	e.Keyed = b.policy.Idempotent
	e.Changed = e.Saved
	record := recordOf(e)
	// What cannot be read back must not be called saved.
	var entry Entry
	if err := read(record, &entry); err != nil {
		return Entry{}, notSaved(crm.Internal, "Not saved: Dealmark cannot keep these values. What you typed is kept; change it and save again.", err)
	}
	var refused error
	err = b.Primary.Update(ctx, []string{record.Key}, func(found []store.Record) ([]store.Record, error) {
		if refused = nil; found[0].Value == nil {
			return []store.Record{record}, nil
		}
		var there Entry
		if err := read(found[0], &there); err != nil {
			refused = notSaved(crm.Internal, "Not saved: what was saved from this form before cannot be read. Start a new form; nothing was overwritten.", err)
			return nil, refused
		}
		refused = same(&there, &entry)
		entry = there
		return nil, refused
	})
	switch {
	case refused != nil:
		return Entry{}, refused
	case err != nil:
		return Entry{}, notSaved(crm.Unavailable, noRoom, err)
	}
	// Without its copy the entry is safe where it is; Drain makes what is missing.
	_ = b.copy(ctx, recordOf(&entry), entry.Revision)
	return entry, nil
}

// behind are the entries whose change of the same opportunity the rep could not
// see in Apollo yet.
func (e *Entry) behind(there *Entry) {
	if _, ok := e.Command.(crm.Update); ok && there.ID != e.ID &&
		(e.Target() != "" && there.Target() == e.Target() || e.After != "" && there.After == e.After) {
		e.Behind = append(e.Behind, there.ID)
	}
}

const noRoom crm.English = "Not saved: the browser could not store it. What you typed is kept; free some disk space and save again."

func notSaved(kind crm.Kind, message crm.English, err error) error {
	return &crm.Error{Kind: kind, Op: "outbox.append", Err: err, Message: message}
}

// same refuses another command. The stored form is compared: it is what would be
// sent.
func same(there, e *Entry) error {
	if there.State == Discarded {
		return errDiscarded
	}
	if there.After == e.After && bytes.Equal(commandOf(there), commandOf(e)) {
		return nil
	}
	return &crm.Error{Kind: crm.Conflict, Op: "outbox.append",
		Message: "This form was saved in another window already, with other values. Open the popup again to see what was saved."}
}

var errDiscarded = &crm.Error{Kind: crm.Conflict, Op: "outbox.append",
	Message: "This form was saved before, and discarded. Take that back, or start a new form."}

func commandOf(e *Entry) []byte {
	var w wire.Writer
	w.BeginObject()
	writeCommand(&w, e.Command)
	return w.EndObject().Bytes()
}

// fit says what makes an entry unfit to be sent.
func (e *Entry) fit() error {
	if u, ok := e.Command.(crm.Update); ok && e.After != "" && u.ID == "" {
		u.ID = "000000000000000000000000"
		return u.Check()
	}
	return e.Command.Check()
}

// Damaged is a stored record that cannot be read. It is left as it is.
type Damaged struct {
	Key    string
	Record []byte
	Err    error
}

// List gives all entries, the latest saved first, and what cannot be read of
// the stores. While one of them fails, the other is the answer.
func (b *Box) List(ctx context.Context) ([]Entry, []Damaged, error) {
	all, _, err := b.load(ctx)
	if err != nil {
		return nil, nil, err
	}
	entries := make([]Entry, 0, len(all))
	var damaged []Damaged
	for i := range all {
		p := &all[i]
		if p.err != nil {
			damaged = append(damaged, Damaged{p.key, p.value(), p.err})
			continue
		}
		entries = append(entries, p.Entry)
	}
	crm.Sort(entries, func(a, b Entry) int {
		return cmp.Or(b.Saved.Compare(a.Saved), cmp.Compare(a.ID, b.ID))
	})
	return entries, damaged, nil
}

// Find gives one entry.
func (b *Box) Find(ctx context.Context, id string) (Entry, error) {
	p, err := b.one(ctx, id)
	switch {
	case err != nil:
		return Entry{}, err
	case p.primary == nil && p.mirror == nil:
		return Entry{}, &crm.Error{Kind: crm.NotFound, Message: "This entry is not there any more. It may have been settled in another window."}
	}
	return p.Entry, p.err
}
