package outbox

import (
	"errors"
	"slices"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// update sends an update that is due, or looks whether one that may have been
// sent was stored. Nothing is sent over what somebody else changed since the
// rep saw it; between the look and the request Apollo offers no lock.
func (d *drain) update(e *Entry, u crm.Update) error {
	id := e.Target()
	if id == "" {
		if id = d.madeBy(e.After); id == "" {
			return d.edit(e, func(e *Entry) {
				d.failed(e, &crm.Error{Kind: crm.NotFound, Message: "The opportunity that this changes was not created. Discard this, or make the change in Apollo."})
			})
		}
	}
	u.ID = id
	there, at, cause := d.view(id)
	if err := d.learn(e, cause); err != nil {
		return err
	}
	if cause != nil {
		return d.unsent(e, cause, crm.NotFound)
	}
	m := d.merge(e, u, there)
	if len(m.send) == 0 && len(m.conflicts) == 0 {
		d.report.Stored = append(d.report.Stored, there)
		return d.edit(e, func(e *Entry) { d.done(e, there, nil, at) })
	}
	if e.State == Uncertain && !d.repeatable(e) {
		gone := false
		err := d.edit(e, func(e *Entry) { gone = d.inVain(e, at, true) })
		stuck := e.Check.Blanks >= d.policy.Blanks || gone && e.Attempts >= d.policy.Attempts
		switch {
		case err != nil || e.State != Uncertain || !gone && !stuck:
			return err
		case stuck:
			return d.edit(e, func(e *Entry) {
				e.ask(Unconfirmed, nil, "Dealmark could not find out whether Apollo will still make this change.")
			})
		}
	}
	if len(m.conflicts) > 0 {
		d.report.Stored = append(d.report.Stored, there)
		return d.edit(e, func(e *Entry) { e.clash(m.decided, m.conflicts) })
	}
	u.Fields, u.Base = m.send, there.Values
	if there.Custom == crm.CustomUnknown {
		u.Base.Custom = m.unknown
	}
	return d.patch(e, u)
}

// view reads the opportunity. An answer that was long on its way is old: it is
// asked for again, a few times.
func (d *drain) view(id crm.OpportunityID) (crm.Opportunity, time.Time, *crm.Error) {
	for looks := 1; ; looks++ {
		began := d.Clock()
		there, at, err := d.sender.View(d.ctx, id)
		took := d.Clock().Sub(began)
		if fresh := took >= 0 && took <= d.policy.Fresh; err != nil || fresh || looks == d.policy.Looks {
			return there, at, crm.AsError(err)
		}
	}
}

// madeBy is the opportunity that a create has made, "" if it has not.
func (d *drain) madeBy(id string) crm.OpportunityID {
	for _, o := range d.entries {
		if o.ID == id && o.State == Done {
			return o.Opportunity
		}
	}
	return ""
}

// merged is what of an update is to be done.
type merged struct {
	send      []crm.Field
	decided   []Conflict
	conflicts []Conflict
	unknown   crm.Custom // what the rep saw of fields of which is not known what is there
}

// merge compares each field three ways: what the rep saw, what is there, what
// the rep wants.
func (d *drain) merge(e *Entry, u crm.Update, there crm.Opportunity) (m merged) {
	for _, f := range u.Fields {
		c := Conflict{Field: f, Base: u.Base.Text(f), Theirs: there.Text(f), Ours: u.Want.Text(f)}
		if i := slices.IndexFunc(e.Conflicts, func(c Conflict) bool { return c.Field == f }); i >= 0 {
			decided := e.Conflicts[i]
			if decided.Decision == TakeTheirs {
				m.decided = append(m.decided, decided)
				continue
			}
			if decided.Decision == TakeOurs {
				m.decided = append(m.decided, decided)
				c.Base = decided.Theirs
			}
		}
		_, _, custom := f.Custom()
		switch {
		case custom && there.Custom == crm.CustomUnknown: // whoever carries it out compares again
			m.send, m.unknown = append(m.send, f), m.unknown.With(f, c.Base)
		case c.Theirs == c.Ours:
		case c.Theirs == c.Base || d.own(e, c):
			m.send = append(m.send, f)
		default:
			m.decided = slices.DeleteFunc(m.decided, func(c Conflict) bool { return c.Field == f })
			m.conflicts = append(m.conflicts, c)
		}
	}
	return m
}

// own says whether what is there is what the rep asked for in an entry that was
// still pending when this one was saved.
func (d *drain) own(e *Entry, c Conflict) bool {
	return slices.ContainsFunc(d.entries, func(o *Entry) bool {
		u, ok := o.Command.(crm.Update)
		return ok && slices.Contains(e.Behind, o.ID) && slices.Contains(u.Fields, c.Field) && u.Want.Text(c.Field) == c.Theirs
	})
}

// patch sends the update. That it may have left is written down first.
func (d *drain) patch(e *Entry, u crm.Update) error {
	ok, err := d.change(d.ctx, e, func(e *Entry) {
		d.sending(e)
		e.Opportunity = u.ID
	})
	if err != nil || !ok {
		return err
	}
	stored, differences, err := d.sender.UpdateOpportunity(d.writing(e), u)
	cause := crm.AsError(err)
	if cause == nil && stored.ID != u.ID {
		cause = &crm.Error{Kind: crm.Uncertain, Message: "Apollo's answer was about another opportunity. It is not known whether this one was changed."}
	}
	clashes := d.clashes(e, u, cause)
	err = d.answer(e, func(e *Entry) {
		switch {
		case len(clashes) > 0:
			e.clash(e.Conflicts, clashes)
		case cause != nil:
			d.failed(e, cause)
		default:
			d.done(e, stored, differences, time.Time{})
		}
	})
	if err != nil {
		return err
	}
	if cause == nil {
		d.report.Stored = append(d.report.Stored, stored)
	}
	return d.learn(e, cause)
}

// clashes are the conflicts that a receiver which compares by itself has found,
// after our own look: those that it names, or where it names none those of another
// look. There are none where its refusal is about something else.
func (d *drain) clashes(e *Entry, sent crm.Update, cause *crm.Error) (found []Conflict) {
	if cause == nil || cause.Kind != crm.Conflict || !d.repeatable(e) {
		return nil
	}
	named, _ := errors.AsType[Clashes](cause)
	for _, c := range named {
		if slices.Contains(sent.Fields, c.Field) {
			c.Ours, c.Decision = sent.Want.Text(c.Field), Undecided
			found = append(found, c)
		}
	}
	if len(found) > 0 {
		return found
	}
	there, _, failure := d.view(sent.ID)
	if failure != nil {
		return nil
	}
	u, _ := e.Command.(crm.Update)
	return d.merge(e, u, there).conflicts
}
