package popup

import (
	"context"
	"errors"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
	"github.com/dealmark/dealmark/internal/outbox"
)

// Resolve does what an Entry offers. An entry that has moved on meanwhile is an
// error of kind Conflict or NotFound and stays as it is.
func (s *Story) Resolve(ctx context.Context, id string, action Action) error {
	var err error
	box := s.ports.Outbox
	switch action {
	case Retry:
		err = box.Retry(ctx, id)
	case Resend:
		err = box.Resend(ctx, s.seen(id))
	case Settle:
		err = box.Settle(ctx, id)
	case Discard:
		err = s.withContacts(ctx, id, box.Discard)
	case Restore:
		err = s.withContacts(ctx, id, box.Restore)
	case Edit:
		err = s.reopen(ctx, id)
	case Undo:
		err = s.undo(ctx, id)
	default:
		err = &crm.Error{Kind: crm.Internal, Message: "A saved entry has no such action: {0}.", Parts: []string{string(action)}}
	}
	if err != nil {
		return fault(err)
	}
	if action != Edit {
		s.ports.Wake(Drain) // there may be something to send, and the badge to count anew
	}
	return s.Refresh(ctx)
}

// Decide goes on with an Entry that asks about Conflicts, as the rep chose for
// each of them. Errors are as for [Story.Resolve], and of kind Invalid where a
// field has no decision.
func (s *Story) Decide(ctx context.Context, id string, decisions map[crm.Field]outbox.Decision) error {
	if err := s.ports.Outbox.Decide(ctx, s.seen(id), decisions); err != nil {
		return fault(err)
	}
	s.ports.Wake(Drain)
	return s.Refresh(ctx)
}

// seen is an entry as it is shown; one that is not shown has only its id.
func (s *Story) seen(id string) outbox.Entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range s.entries {
		if e.ID == id {
			return e
		}
	}
	return outbox.Entry{ID: id}
}

// reopen puts what Apollo refused back into the form, as a new form, and takes
// it out of the outbox once it is kept as a draft. It takes the place of no
// other text of the rep's.
func (s *Story) reopen(ctx context.Context, id string) error {
	entry, err := s.ports.Outbox.Find(ctx, id)
	if err != nil {
		return err
	}
	if entry.State != outbox.Refused {
		return s.ports.Outbox.Take(ctx, entry) // which says why not
	}
	asked, domain := s.ask()
	s.mu.Lock()
	draft, known := s.draftOf(entry.Command, domain)
	occupied := s.latest(&draft) != &draft
	s.mu.Unlock()
	follows, err := s.ports.Outbox.Find(ctx, attachID(id))
	if u, ok := follows.Command.(crm.Update); err == nil && ok && attaches(follows) {
		draft.Edit(crm.FieldContacts, u.Want.Text(crm.FieldContacts))
	} else {
		follows = outbox.Entry{}
	}
	if !known {
		return &crm.Error{Kind: crm.Invalid, Message: "This is for another company. Open that company's site and edit it there."}
	}
	kept, _, err := s.load(ctx, domain, draft.OpportunityID)
	if _, unreadable := errors.AsType[*crm.Error](err); err != nil && !unreadable {
		return err
	}
	if occupied || kept.Dirty() {
		return &crm.Error{Kind: crm.Conflict, Message: "The form for it holds something that is not saved. Save or discard that first, then edit this."}
	}
	if err := s.put(ctx, &draft, draft.OpportunityID); err != nil {
		return err
	}
	if err := s.ports.Outbox.Take(ctx, entry); err != nil {
		_ = s.forget(ctx, &draft) // a copy that stays is shown, and can be discarded
		return err
	}
	if follows.ID != "" {
		_ = s.ports.Outbox.Discard(ctx, follows.ID) // without what it follows it does nothing
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.turnTo(asked, draft, "")
	if f := entry.Failure; f != nil && s.draft.ID == draft.ID {
		s.object(form.FieldError{Field: f.Field, Message: f.Message, Parts: f.Parts})
		s.show()
	}
	return nil
}

// draftOf gives a form that asks for the same as the command. It is false for a
// new opportunity of a company that is not the one shown. The story must be
// locked.
func (s *Story) draftOf(command crm.Command, domain crm.Domain) (form.Draft, bool) {
	var draft form.Draft
	var values crm.Values
	var fields []crm.Field
	known := true
	switch c := command.(type) {
	case crm.Create:
		all := crm.Fields()
		draft, values, fields = form.NewCreate(s.ports.NewID(), domain), c.Values, all[:]
		known = c.AccountID == "" || s.has(c.AccountID)
		if c.NewAccount != nil {
			fields, known = fields[:len(fields)-1], c.NewAccount.Domain == domain
			draft.Edit(form.AccountName, c.NewAccount.Name)
		}
		for f := range c.Custom.All() {
			fields = append(fields, f)
		}
	case crm.Update:
		draft = form.NewUpdate(s.ports.NewID(), domain, crm.Opportunity{ID: c.ID, Values: c.Base})
		values, fields = c.Want, c.Fields
	}
	texts := form.NewUpdate("", domain, crm.Opportunity{Values: values}) // as the form itself writes them
	for _, f := range fields {
		draft.Edit(f, texts.Text(f))
	}
	return draft, known
}
