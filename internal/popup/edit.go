package popup

import (
	"cmp"
	"context"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
)

// Edit takes what stands in a field of a form, at every change, and keeps it.
// The form that was shown before this one still takes what was typed last; any
// other is gone and left alone.
func (s *Story) Edit(ctx context.Context, formID string, f crm.Field, text string) error {
	s.mu.Lock()
	chosen := crm.AccountID("")
	switch formID {
	case "":
		s.mu.Unlock()
		return nil
	case s.draft.ID:
		s.draft.Edit(f, text)
		s.remark = ""
		s.prefill() // what follows from it
		if f == crm.FieldAccount && s.draft.OpportunityID == "" && len(s.known.Accounts) > 1 && s.has(crm.AccountID(text)) {
			chosen, s.choosing = crm.AccountID(text), false
		}
		s.show()
	case s.left.ID:
		s.left.Edit(f, text)
	}
	company := s.company
	s.mu.Unlock()
	err := s.keep(ctx, formID)
	if chosen == "" {
		return err
	}
	if chooseErr := s.ports.Index.Choose(ctx, company.Domain, spot(company.Company), chosen); chooseErr != nil {
		return cmp.Or(err, fault(chooseErr))
	}
	return cmp.Or(err, s.Refresh(ctx))
}

// ChooseAccount takes one of several accounts on the domain, or one without a domain
// that a search found. The first is the same as choosing it in the form.
func (s *Story) ChooseAccount(ctx context.Context, id crm.AccountID) error {
	s.mu.Lock()
	formID, found := s.draft.ID, s.search.found
	s.mu.Unlock()
	for _, a := range found {
		if a.ID == id && a.Domain == "" {
			return s.chooseNameless(ctx, a)
		}
	}
	return s.Edit(ctx, formID, crm.FieldAccount, string(id))
}

// objection is what Save or Apollo says against a text in the form. It stands
// while the text does.
type objection struct {
	form.FieldError
	text string
}

// object puts errors onto the form as it stands. The story must be locked.
func (s *Story) object(wrong ...form.FieldError) {
	s.objections, s.remark = nil, ""
	for _, w := range wrong {
		if w.Field == "" {
			s.remark = s.say(w.Message, w.Parts...)
		}
		s.objections = append(s.objections, objection{w, s.draft.Text(w.Field)})
	}
}

// wrong is what is wrong with each field now, by what was said against its text
// or by what stands in it. The story must be locked.
func (s *Story) wrong(c form.Choices) map[crm.Field]string {
	wrong := map[crm.Field]string{}
	for _, e := range s.draft.Check(c, s.today()) {
		wrong[e.Field] = s.say(e.Message, e.Parts...)
	}
	for _, o := range s.objections {
		if o.text == s.draft.Text(o.Field) {
			wrong[o.Field] = s.say(o.Message, o.Parts...)
		}
	}
	return wrong
}
