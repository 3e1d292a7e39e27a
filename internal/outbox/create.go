package outbox

import (
	"slices"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

var (
	errHalf    = &crm.Error{Kind: crm.Unavailable, Message: "Apollo did not list all opportunities of this name. Dealmark looks again before it sends this."}
	errCrossed = &crm.Error{Kind: crm.Uncertain, Message: "Apollo's answer was about another opportunity. It is not known whether this one was created."}
)

// create sends a create that is due, or looks for one that may have been sent.
// The listing before it tries network, key and rights, and finds what an earlier
// request made: whatever fails up to there is not uncertain.
func (d *drain) create(e *Entry, c crm.Create) error {
	if c.NewAccount != nil && e.Account == "" {
		if ok, err := d.account(e, *c.NewAccount); err != nil || !ok {
			return err
		}
	}
	if d.repeatable(e) && e.Attempts > 0 {
		return d.post(e, c, verdict{})
	}
	listing, err := d.sender.Named(d.ctx, c.Name)
	cause := crm.AsError(err)
	if err := d.learn(e, cause); err != nil {
		return err
	}
	if cause != nil {
		return d.unsent(e, cause)
	}
	v := d.judge(e, c, listing)
	switch {
	case len(v.mine) > 0:
		return d.found(e, c, v)
	case e.State == Uncertain && !d.repeatable(e):
		return d.missed(e, c, listing, v)
	case !v.tells && e.Failures < d.policy.Glances:
		return d.unsent(e, errHalf)
	}
	return d.first(e, c, v)
}

// first sends a create that was not sent before.
func (d *drain) first(e *Entry, c crm.Create, v verdict) error {
	if len(v.open) == 0 {
		return d.post(e, c, v)
	}
	return d.edit(e, func(e *Entry) {
		e.ask(Exists, v.open, "Apollo has an open opportunity of this name for this company already.")
	})
}

// account has the account found or made. It reports false if that failed.
func (d *drain) account(e *Entry, a crm.NewAccount) (bool, error) {
	account, err := d.sender.FindOrCreateAccount(d.ctx, a)
	cause := crm.AsError(err)
	if err := d.learn(e, cause); err != nil {
		return false, err
	}
	if cause != nil {
		return false, d.unsent(e, cause, crm.Invalid, crm.NotFound, crm.Conflict)
	}
	d.report.Made = append(d.report.Made, account)
	return d.change(d.answered, e, func(e *Entry) { e.Account = account.ID })
}

// verdict is what a listing says about one create.
type verdict struct {
	mine    []Row               // with the entry's tag
	open    []crm.OpportunityID // open ones that the rep may not know of
	strange []crm.OpportunityID // any that may be this entry's, without its tag
	named   []crm.OpportunityID // all of the name
	at      time.Time           // Apollo's clock
	tells   bool                // what is missing from the listing is not in Apollo
}

// judge compares every row again: Apollo ignores a filter that it does not know
// without a word, and then lists anything.
func (d *drain) judge(e *Entry, c crm.Create, l Listing) verdict {
	v := verdict{at: l.At, tells: l.Whole}
	account := c.AccountID
	if account == "" {
		account = e.Account
	}
	for _, row := range l.Rows {
		if row.Tag == e.ID {
			v.mine = append(v.mine, row)
			continue
		}
		if !sameName(row.Name, c.Name) {
			v.tells = v.tells && holds(row.Name, c.Name)
			continue
		}
		if row.AccountID != account && row.AccountID != "" && account != "" {
			continue
		}
		v.named = append(v.named, row.ID)
		if slices.Contains(e.Known, row.ID) || d.claimed(row.ID, e) {
			continue
		}
		if !row.Closed {
			v.open = append(v.open, row.ID)
		}
		if row.Tag == "" {
			v.strange = append(v.strange, row.ID)
		}
	}
	return v
}

// sameName and holds compare as Apollo may have tidied.
func sameName(a, b string) bool {
	return a == b || strings.EqualFold(tidy(a), tidy(b))
}

func holds(text, part string) bool {
	return strings.Contains(strings.ToLower(tidy(text)), strings.ToLower(tidy(part)))
}

func tidy(name string) string { return strings.Join(strings.Fields(name), " ") }

// claimed says whether another entry made the opportunity.
func (d *drain) claimed(id crm.OpportunityID, by *Entry) bool {
	return slices.ContainsFunc(d.entries, func(o *Entry) bool {
		_, made := o.Command.(crm.Create)
		return made && o.ID != by.ID && o.Opportunity == id
	})
}

// post sends the create. That it may have left is written down first.
func (d *drain) post(e *Entry, c crm.Create, v verdict) error {
	ok, err := d.change(d.ctx, e, func(e *Entry) {
		d.sending(e)
		for _, id := range v.named {
			if !slices.Contains(e.Known, id) {
				e.Known = append(slices.Clip(e.Known), id)
			}
		}
	})
	if err != nil || !ok {
		return err
	}
	values, tag := c.Values, ""
	if e.Account != "" {
		values.AccountID = e.Account
	}
	if d.Field != "" {
		tag = e.ID
	}
	row, differences, err := d.sender.CreateOpportunity(d.writing(e), values, tag)
	cause := crm.AsError(err)
	if cause == nil && d.crossed(e, row, v.at) {
		cause = errCrossed
	}
	err = d.answer(e, func(e *Entry) {
		if cause != nil {
			d.failed(e, cause)
			return
		}
		// Without the tag the answer may be about a namesake of the same second.
		e.Doubted = e.Doubted || row.Tag != tag && !d.policy.Idempotent
		d.done(e, row.Opportunity, differences, v.at)
	})
	if err == nil && cause == nil {
		d.report.Stored = append(d.report.Stored, row.Opportunity)
		if !d.policy.Idempotent {
			err = d.proven(row.Tag == tag)
		}
	}
	if err != nil {
		return err
	}
	return d.learn(e, cause)
}

// crossed says whether the answer may be about another opportunity: one that is
// older than the look before the request, that was there then, that another
// entry made, or that lacks the tag which this team's Apollo gives back.
func (d *drain) crossed(e *Entry, row Row, looked time.Time) bool {
	switch {
	case row.Tag == e.ID || row.Tag == e.known():
		return false
	case d.policy.Idempotent || row.Tag != "" || slices.Contains(e.Known, row.ID) || d.claimed(row.ID, e):
		return true
	case looked.IsZero() || row.CreatedAt.IsZero():
		return d.Field != "" && d.note.Field == d.Field
	}
	return row.CreatedAt.Before(looked.Truncate(time.Second))
}

func (d *drain) sending(e *Entry) {
	e.State, e.Question, e.Sent = Sending, NoQuestion, stamp(d.Clock())
	e.Attempts++
	e.Found = nil
}

// proven keeps whether Apollo gives back the tags that it is sent. Without that
// a tag that is missing from a listing proves nothing.
func (d *drain) proven(echoed bool) error {
	n := d.note
	n.Field = ""
	if echoed {
		n.Field = d.Field
	}
	return d.keep(n)
}

// found ends an entry whose tag is there.
func (d *drain) found(e *Entry, c crm.Create, v verdict) error {
	if len(v.mine) > 1 {
		return d.twice(e, v.mine)
	}
	made := v.mine[0].Opportunity
	var differences []crm.Difference
	for _, f := range c.Diff(made.Values) {
		if sent := c.Text(f); sent != "" {
			differences = append(differences, crm.Difference{Field: f, Sent: sent, Stored: made.Text(f)})
		}
	}
	d.report.Stored = append(d.report.Stored, made)
	if err := d.edit(e, func(e *Entry) {
		e.Attempts = max(e.Attempts, 1) // a loss of power can take the mark of the one that made it
		d.done(e, made, differences, v.at)
	}); err != nil {
		return err
	}
	return d.proven(true)
}

func (d *drain) twice(e *Entry, mine []Row) error {
	var list []crm.OpportunityID
	for _, row := range mine {
		list = append(list, row.ID)
	}
	return d.edit(e, func(e *Entry) {
		e.ask(Duplicate, list, "Apollo has this opportunity twice. Remove one of them in Apollo.")
	})
}
