package popup

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
)

// undoFor is how long an update can be undone after it is done. What is undone
// later is a change of its own, for the rep to look at in the form.
const undoFor = 10 * time.Minute

// undoing gives the update that writes what an update found back, as long as it
// is the last one of its opportunity. It is an ordinary update: what somebody
// else changed since is asked about. The story must be locked.
func (s *Story) undoing(e outbox.Entry) (crm.Update, bool) {
	done, isUpdate := e.Command.(crm.Update)
	if !isUpdate || e.State != outbox.Done || e.Attempts == 0 || s.older(e.Changed, undoFor) || s.followed(e) {
		return crm.Update{}, false
	}
	u := crm.Update{ID: e.Target(), Base: done.Base, Want: done.Base}
	for _, f := range done.Fields {
		found, written := s.found(e, f, done.Base.Text(f))
		if !written {
			continue
		}
		u.Base.SetText(f, stored(e, f, done.Want.Text(f)))
		u.Want.SetText(f, found)
	}
	u.Fields = u.Want.Diff(u.Base)
	return u, u.Check() == nil
}

// followed says whether there is a later change of the same opportunity, its
// undoing among them, or whether this is one.
func (s *Story) followed(e outbox.Entry) bool {
	return slices.ContainsFunc(s.entries, func(o outbox.Entry) bool {
		return o.ID == undoID(e.ID) || o.Seq > e.Seq && o.State != outbox.Discarded && o.Target() == e.Target() && o.ID != e.ID
	})
}

// found is what an update met in Apollo, where the rep had seen base: the value
// of a colleague that they decided to write over, or of an update of their own
// before it. It is not written where the rep took the colleague's.
func (s *Story) found(e outbox.Entry, f crm.Field, base string) (text string, written bool) {
	for _, c := range e.Conflicts {
		if c.Field == f {
			return c.Theirs, c.Decision == outbox.TakeOurs
		}
	}
	seq := -1
	for _, o := range s.entries {
		u, _ := o.Command.(crm.Update)
		if o.State == outbox.Done && o.Seq > seq && slices.Contains(e.Behind, o.ID) && slices.Contains(u.Fields, f) {
			seq, base = o.Seq, stored(o, f, u.Want.Text(f))
		}
	}
	return base, true
}

// stored is what Apollo made of a text that was sent.
func stored(e outbox.Entry, f crm.Field, sent string) string {
	for _, d := range e.Differences {
		if d.Field == f {
			return d.Stored
		}
	}
	return sent
}

// undoID is the id of the entry that undoes another: one for each, so that a
// double click undoes once, and of the same form, as a gateway asks for. The id
// of its own undoing is the first one's.
func undoID(id string) string {
	const digits = "0123456789abcdef"
	return strings.Map(func(r rune) rune {
		if i := strings.IndexRune(digits, r); i >= 0 {
			return rune(digits[len(digits)-1-i])
		}
		return r
	}, id)
}

// undo saves what undoes an entry.
func (s *Story) undo(ctx context.Context, id string) error {
	entry, err := s.ports.Outbox.Find(ctx, id)
	if err != nil {
		return err
	}
	s.mu.Lock()
	command, ok := s.undoing(entry)
	s.mu.Unlock()
	if !ok {
		return &crm.Error{Kind: crm.Conflict, Message: "This cannot be undone any more. Open the opportunity in the form and change it there."}
	}
	_, err = s.ports.Outbox.Append(ctx, undoID(id), command)
	return err
}
