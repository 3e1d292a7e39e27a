package outbox

import (
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// missed takes into account that an uncertain create was not found.
func (d *drain) missed(e *Entry, c crm.Create, l Listing, v verdict) error {
	gone := false
	if err := d.edit(e, func(e *Entry) {
		e.Found = v.strange
		gone = d.inVain(e, l.At, v.tells)
	}); err != nil {
		return err
	}
	switch {
	case e.State != Uncertain || !gone && e.Check.Blanks < d.policy.Blanks:
		return nil
	case e.Attempts == 0 && gone && len(v.strange) == 0:
		// Only a loss of power that took the mark with it can have hidden a request.
		return d.first(e, c, v)
	case !gone || len(v.strange) > 0 || d.note.Field == "" || d.note.Field != d.Field || e.Attempts >= d.policy.Attempts:
		return d.edit(e, func(e *Entry) {
			e.ask(Unconfirmed, v.strange, "Dealmark could not find out whether Apollo has this opportunity.")
		})
	}
	return d.post(e, c, v)
}

// inVain counts a look that did not find the command; it says whether the
// command counts as not stored. That takes an answer that tells something after
// the quarantine, another one later, and that this is one of them. All times are Apollo's own. Where its
// first answer came, the request had ended.
func (d *drain) inVain(e *Entry, at time.Time, tells bool) (gone bool) {
	c := &e.Check
	at = stamp(at)
	e.Failures = 0
	wait := d.policy.MissesApart
	over := c.From.Add(d.policy.Quarantine)
	switch {
	case at.IsZero():
		d.blank(e)
		wait = d.policy.MaxWait
	case c.From.IsZero() || at.Before(c.From):
		c.From, c.Misses = at, 0
		wait = d.policy.Quarantine
	case at.Before(over):
		wait = over.Sub(at)
	case !tells:
		c.Blanks++
		wait = d.policy.MaxWait
	case c.Misses == 0 || !at.Before(c.Missed.Add(d.policy.MissesApart)):
		c.Misses++
		c.Missed = at
	}
	d.after(e, wait+d.part(wait/16))
	return tells && !at.IsZero() && c.Misses >= d.policy.Misses
}

// blank counts an answer that does not even tell Apollo's time. The waits between
// such answers are all that lets the time pass which Apollo may take, so that one
// counts only after a wait that was kept: a clock that jumped keeps none.
func (d *drain) blank(e *Entry) {
	late := d.Clock().Sub(e.Next)
	if !e.Since.IsZero() && late >= 0 && late <= d.policy.MaxWait {
		e.Check.Blanks++
	}
}

// watching says whether a second opportunity may still turn up.
func (b *Box) watching(e *Entry) bool {
	_, made := e.Command.(crm.Create)
	return made && e.Doubted && !b.repeatable(e) && b.Field != "" && e.Watched < len(b.policy.Watch)
}

// watch looks for a second opportunity of an entry that is done, and whether the
// first is what it was taken for.
func (d *drain) watch(e *Entry) error {
	c, _ := e.Command.(crm.Create)
	listing, err := d.sender.Named(d.ctx, c.Name)
	cause := crm.AsError(err)
	if err := d.learn(e, cause); err != nil {
		return err
	}
	if cause != nil {
		return d.edit(e, func(e *Entry) { d.after(e, d.policy.MaxWait) })
	}
	v := d.judge(e, c, listing)
	if len(v.mine) > 1 {
		return d.twice(e, v.mine)
	}
	return d.edit(e, func(e *Entry) {
		if len(v.mine) == 1 {
			e.Opportunity = v.mine[0].ID // whatever an answer or the rep took for it
		}
		// This machine's clock may have been put forward: Apollo's says when it is time.
		at := stamp(listing.At)
		end := e.Check.From.Add(d.policy.Watch[e.Watched])
		switch {
		case at.IsZero():
			d.after(e, d.policy.Watch[0])
			return
		case e.Check.From.IsZero():
			e.Check.From = at
			d.after(e, d.policy.Watch[e.Watched])
			return
		case at.Before(end):
			d.after(e, end.Sub(at))
			return
		}
		e.Watched++
		if e.Watched < len(d.policy.Watch) {
			d.after(e, d.policy.Watch[e.Watched]-d.policy.Watch[e.Watched-1])
		}
	})
}
