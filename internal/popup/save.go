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
		entry, err := s.ports.Outbox.Find(ctx, formID)
		if crm.KindOf(err) == crm.NotFound {
			err = &crm.Error{Kind: crm.NotFound, Op: "form.save", Err: err,
				Message: "Nothing was saved: another form is shown by now. Look at it and save again."}
		}
		return entry, fault(err)
	}
	draft := s.draft
	whole, wrong := draft.Command(s.choices(), s.today())
	command, contacts := attaching(whole)
	if len(wrong) == 0 && !s.ready() {
		wrong = []form.FieldError{{Message: "Type the company's domain first: an opportunity needs a company."}}
	}
	if len(wrong) > 0 {
		s.object(wrong...)
		s.show()
		s.mu.Unlock()
		return outbox.Entry{}, &crm.Error{Kind: crm.Invalid, Op: "form.save", Field: wrong[0].Field, Message: wrong[0].Message, Parts: wrong[0].Parts}
	}
	s.mu.Unlock()

	entry, err := s.ports.Outbox.Append(ctx, formID, command)
	if err == nil {
		err = s.attach(ctx, formID, contacts)
	}
	if err != nil {
		return entry, s.notSaved(ctx, formID, err)
	}
	s.ports.Wake(Drain)
	next := form.NewCreate(s.ports.NewID(), draft.Domain)
	if draft.OpportunityID != "" {
		// The entry is safe, and so is a draft that cannot be read now.
		next, _ = s.newForm(ctx, draft.Domain)
	}
	s.mu.Lock()
	s.follow(&draft, &next)
	s.mu.Unlock()
	forgetErr := s.forget(ctx, &draft)
	if err := s.Refresh(ctx); err != nil {
		return entry, err
	}
	return entry, forgetErr
}

// ready says whether the form can be saved: a change needs no company, its
// opportunity has one. The story must be locked.
func (s *Story) ready() bool { return !s.company.nobody() || s.draft.OpportunityID != "" }

// follow shows the next form in the place of one that is saved. What was typed
// since goes along into it. The story must be locked.
func (s *Story) follow(saved, next *form.Draft) {
	typed := s.draft
	if typed.ID != saved.ID {
		return
	}
	s.draft = form.Draft{}
	s.draft = *s.latest(next)
	for _, f := range typed.Fields() {
		if text := typed.Text(f); typed.Touched(f) && text != saved.Text(f) {
			s.draft.Edit(f, text)
		}
	}
	if s.left.ID == s.draft.ID {
		s.left = form.Draft{}
	}
	s.objections, s.remark = nil, ""
	s.prefill()
}

// notSaved says why on the form. One whose id is used up becomes a form of its
// own, or it could never be saved.
func (s *Story) notSaved(ctx context.Context, formID string, err error) error {
	told := crm.AsError(err)
	if told.Kind == crm.Conflict {
		told = &crm.Error{Kind: crm.Conflict, Op: told.Op, Err: err,
			Message: "Not saved: this form was saved before, with other values, as listed above. Save again only if you want this as well."}
	}
	s.mu.Lock()
	if s.draft.ID == formID {
		if told.Kind == crm.Conflict {
			s.draft.ID = s.ports.NewID()
			formID = s.draft.ID
		}
		s.remark = s.tell(told)
	}
	s.show()
	s.mu.Unlock()
	if told.Kind == crm.Conflict {
		_ = s.keep(ctx, formID) // says itself what went wrong
		_ = s.Refresh(ctx)      // the message stands without the entry too
	}
	return told
}
