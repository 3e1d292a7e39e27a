package popup

import (
	"context"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
)

// View reads one opportunity and puts it into the form, with the draft of its
// change if there is one. Without Apollo what the index has is used.
func (s *Story) View(ctx context.Context, id crm.OpportunityID) (crm.Opportunity, error) {
	asked, domain := s.ask()
	opportunity, err := s.fetch(ctx, id)
	var notice *Notice
	if err != nil {
		notice = s.hindrance(crm.AsError(err))
		known := opportunity.ID != "" // read, but not stored
		if !known && notice.Kind != crm.NotFound {
			opportunity, known = s.listed(id)
		}
		if !known {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.notice, s.hindered = notice, s.ports.Clock()
			s.show()
			return crm.Opportunity{}, err
		}
	}
	opportunity.Custom = s.customOf(opportunity.Custom, err == nil)
	draft, kept, draftErr := s.load(ctx, domain, id)
	if !kept || !draft.Dirty() {
		draft = form.NewUpdate(s.ports.NewID(), domain, opportunity)
	}
	draft.Complete(opportunity.Custom)
	remark := ""
	if draftErr != nil {
		remark = s.say("What was typed into this change before could not be read. The form shows what Apollo has.")
	}
	s.mu.Lock()
	if s.asked == asked {
		s.notice, s.hindered = notice, time.Time{}
		if notice != nil {
			s.hindered = s.ports.Clock()
		}
	}
	s.turnTo(asked, draft, remark)
	s.mu.Unlock()
	return opportunity, s.point(ctx)
}

// customOf gives what Apollo has in the custom fields of the form: nothing is
// known of them where it could not be asked, for no index keeps them.
func (s *Story) customOf(there crm.Custom, asked bool) crm.Custom {
	if !asked || there == crm.CustomUnknown {
		return ""
	}
	var fields []crm.Field
	if s.ports.People != nil {
		fields = append(fields, crm.FieldContacts)
	}
	for _, field := range s.ports.Form.Custom {
		fields = append(fields, field.Field)
	}
	return there.Only(fields)
}

// fetch reads an opportunity and keeps it. On an error of storage it gives the
// opportunity all the same.
func (s *Story) fetch(ctx context.Context, id crm.OpportunityID) (crm.Opportunity, error) {
	if s.ports.Reader == nil {
		return crm.Opportunity{}, &crm.Error{Kind: crm.Unauthorized, Message: needsKey}
	}
	opportunity, err := s.ports.Reader.Opportunity(ctx, id)
	if err != nil {
		return crm.Opportunity{}, err
	}
	if stage, known := crm.StageByID(s.stages(), opportunity.StageID); known {
		opportunity.Closed, opportunity.Won = stage.Closed, stage.Won
	}
	if err := s.ports.Index.LearnOpportunities(ctx, []crm.Opportunity{opportunity}); err != nil {
		return opportunity, fault(err)
	}
	return opportunity, s.Refresh(ctx)
}

func (s *Story) stages() []crm.Stage {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.team.Stages
}

// listed finds an opportunity among those listed.
func (s *Story) listed(id crm.OpportunityID) (crm.Opportunity, bool) {
	for _, o := range s.Opportunities() {
		if o.ID == id {
			return o, true
		}
	}
	return crm.Opportunity{}, false
}

// Opportunities gives what is listed.
func (s *Story) Opportunities() []crm.Opportunity {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.listing.Opportunities
}

// NewOpportunity goes back to the form for a new opportunity. The draft of a
// change stays kept.
func (s *Story) NewOpportunity(ctx context.Context) error {
	asked, domain := s.ask()
	draft, err := s.newForm(ctx, domain)
	s.mu.Lock()
	remark := ""
	if err != nil {
		remark = s.say("What was typed for a new opportunity before could not be read, so the form starts anew.")
	}
	s.turnTo(asked, draft, remark)
	s.mu.Unlock()
	return s.point(ctx)
}

// newForm gives the form for a new opportunity as it was left, or an empty one.
func (s *Story) newForm(ctx context.Context, domain crm.Domain) (form.Draft, error) {
	draft, kept, err := s.load(ctx, domain, "")
	if !kept {
		draft = form.NewCreate(s.ports.NewID(), domain)
	}
	return draft, err
}

// Discard forgets what was typed into the form. A change goes back to the form
// for a new opportunity. [Story.PutBack] takes that back.
func (s *Story) Discard(ctx context.Context, formID string) error {
	s.mu.Lock()
	draft := s.draft
	if draft.ID == formID {
		s.draft = form.NewCreate(s.ports.NewID(), draft.Domain)
	}
	s.mu.Unlock()
	if draft.ID != formID {
		return nil
	}
	if err := s.forget(ctx, &draft); err != nil {
		return err
	}
	err := s.NewOpportunity(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.done = change{before: draft, after: s.draft}
	s.show()
	return err
}

// ask notes that another form is asked for, which calls off any before it.
func (s *Story) ask() (asked int, domain crm.Domain) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	return s.asked, s.company.Domain
}

// turnTo shows a form, unless another was asked for meanwhile. The story must
// be locked.
func (s *Story) turnTo(asked int, draft form.Draft, remark string) {
	if s.asked == asked {
		if draft = *s.latest(&draft); draft.ID != s.draft.ID {
			s.left = s.draft
			s.draft = draft
		}
		s.objections, s.remark = nil, remark
		s.prefill()
	}
	s.show()
}

// latest gives the form as it stands in memory if the rep typed into it there:
// storage may have refused it, or not have it yet. The story must be locked.
func (s *Story) latest(d *form.Draft) *form.Draft {
	for _, m := range [...]*form.Draft{&s.draft, &s.left} {
		if m.Domain == d.Domain && m.OpportunityID == d.OpportunityID && m.Dirty() {
			return m
		}
	}
	return d
}
