package popup

import (
	"context"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
	"github.com/dealmark/dealmark/internal/outbox"
)

// Save puts the form's command into the outbox and wakes the worker. When it
// returns an entry the command is durable. A form that is not ready is an
// error of kind Invalid that names the first field; every field's error is
// shown. Saving a form that was saved already gives its entry again: a double
// click makes nothing twice.
func (s *Story) Save(ctx context.Context, formID string) (outbox.Entry, error) {
	s.mu.Lock()
	if s.draft.ID != formID {
		s.mu.Unlock()
		return s.ports.Outbox.Find(ctx, formID)
	}
	draft := s.draft
	command, wrong := draft.Command(s.choices(), s.today())
	if s.company.Domain == "" && len(wrong) == 0 {
		wrong = []form.FieldError{{Field: crm.FieldAccount, Message: "Type the company's domain first."}}
	}
	if len(wrong) > 0 {
		s.errors, s.remark = wrong, unfielded(wrong)
		s.show()
		s.mu.Unlock()
		return outbox.Entry{}, &crm.Error{Kind: crm.Invalid, Op: "form.save", Field: wrong[0].Field, Message: wrong[0].Message}
	}
	s.mu.Unlock()

	entry, err := s.ports.Outbox.Append(ctx, formID, command)
	if err != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.remark = crm.AsError(err).Message
		s.show()
		return entry, err
	}
	s.ports.Wake(Drain)
	// The entry is safe: a draft that cannot be removed is only shown again.
	forgetErr := s.forget(ctx, draft)
	s.mu.Lock()
	if s.draft.ID == formID {
		s.draft, s.errors, s.remark = form.NewCreate(s.ports.NewID(), draft.Domain), nil, ""
		s.prefill()
	}
	s.mu.Unlock()
	if err := s.Refresh(ctx); err != nil {
		return entry, err
	}
	return entry, forgetErr
}

// unfielded is what is wrong with the form as a whole.
func unfielded(wrong []form.FieldError) string {
	for _, w := range wrong {
		if w.Field == "" {
			return w.Message
		}
	}
	return ""
}

// Resolve does what an Entry offers.
func (s *Story) Resolve(ctx context.Context, id string, action Action) error {
	var err error
	switch action {
	case Retry:
		if err = s.ports.Outbox.Retry(ctx, id); err == nil {
			s.ports.Wake(Drain)
		}
	case Resend:
		if err = s.ports.Outbox.Resend(ctx, s.shown(id)); err == nil {
			s.ports.Wake(Drain)
		}
	case Restore:
		if err = s.ports.Outbox.Restore(ctx, id); err == nil {
			s.ports.Wake(Drain)
		}
	case Settle:
		err = s.ports.Outbox.Settle(ctx, id)
	case Discard:
		err = s.ports.Outbox.Discard(ctx, id)
	case Edit:
		err = s.reopen(ctx, id)
	default:
		err = &crm.Error{Kind: crm.Internal, Message: "An entry has no such action: " + string(action)}
	}
	if err != nil {
		return err
	}
	return s.Refresh(ctx)
}

// shown is an entry as the rep saw it last.
func (s *Story) shown(id string) outbox.Entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range s.entries {
		if e.ID == id {
			return e
		}
	}
	return outbox.Entry{ID: id}
}

// reopen puts what was saved back into the form, as a new form, and takes it
// out of the outbox once it is kept as a draft.
func (s *Story) reopen(ctx context.Context, id string) error {
	entry, err := s.ports.Outbox.Find(ctx, id)
	if err != nil {
		return err
	}
	s.mu.Lock()
	domain := s.company.Domain
	s.mu.Unlock()
	var draft form.Draft
	var values crm.Values
	var fields []crm.Field
	switch c := entry.Command.(type) {
	case crm.Create:
		all := crm.Fields()
		draft, values, fields = form.NewCreate(s.ports.NewID(), domain), c.Values, all[:]
		if c.NewAccount != nil {
			fields = fields[:len(fields)-1]
		}
	case crm.Update:
		draft = form.NewUpdate(s.ports.NewID(), domain, crm.Opportunity{ID: c.ID, Values: c.Base})
		values, fields = c.Want, c.Fields
	}
	for _, f := range fields {
		draft.Edit(f, values.Text(f))
	}
	if err := s.keep(ctx, draft); err != nil {
		return err
	}
	s.mu.Lock()
	s.draft, s.errors, s.remark = draft, nil, ""
	if f := entry.Failure; f != nil && f.Field != "" {
		s.errors = []form.FieldError{{Field: f.Field, Message: f.Message}}
	}
	s.mu.Unlock()
	return s.ports.Outbox.Discard(ctx, id)
}
