package popup

import (
	"cmp"
	"context"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
)

// similar is what the new opportunity in the form may be already. The story must
// be locked.
func (s *Story) similar(c form.Choices) Similar {
	o, how := s.draft.Similar(s.openOnes(), s.companyName(), c)
	switch how {
	case form.SameName:
		return Similar{o.ID, s.say("Already open: “{0}”", o.Name)}
	case form.SameAmount:
		return Similar{o.ID, s.say("Same amount: “{0}”", o.Name)}
	}
	return Similar{}
}

// openOnes are the company's open opportunities. The story must be locked.
func (s *Story) openOnes() []crm.Opportunity {
	var open []crm.Opportunity
	for _, o := range s.listing.Opportunities {
		if s.isOpen(&o) {
			open = append(open, o)
		}
	}
	return open
}

// ChangeInstead turns the form of a new opportunity into the change of one that
// is there, with what the rep typed as its changes. A name by which the two are
// alike is no change.
func (s *Story) ChangeInstead(ctx context.Context, formID string, id crm.OpportunityID) error {
	s.mu.Lock()
	typed := s.draft
	_, how := typed.Similar(s.openOnes(), s.companyName(), s.choices())
	s.mu.Unlock()
	if typed.ID != formID || typed.OpportunityID != "" {
		return nil
	}
	_, err := s.View(ctx, id)
	s.mu.Lock()
	if s.draft.OpportunityID != id { // not even the list has it: the form stays
		s.mu.Unlock()
		return err
	}
	if s.left.ID == typed.ID {
		typed, s.left = s.left, form.Draft{} // with what was typed meanwhile: all of it goes along
	}
	for _, f := range typed.Fields() {
		alike := f == crm.FieldName && how == form.SameName
		if typed.Touched(f) && typed.Text(f) != "" && f != crm.FieldAccount && !alike {
			s.draft.Edit(f, typed.Text(f))
		}
	}
	s.show()
	formID = s.draft.ID
	s.mu.Unlock()
	return cmp.Or(err, s.keep(ctx, formID), s.forget(ctx, &typed), s.point(ctx))
}
