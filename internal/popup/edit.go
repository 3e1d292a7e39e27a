package popup

import (
	"context"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
	"github.com/dealmark/dealmark/internal/store"
)

// Edit takes what stands in a field of a form, at every change, and keeps it.
// A form that is no longer shown is left alone.
func (s *Story) Edit(ctx context.Context, formID string, f crm.Field, text string) error {
	s.mu.Lock()
	if s.draft.ID != formID {
		s.mu.Unlock()
		return nil
	}
	s.draft.Edit(f, text)
	s.errors = s.draft.Check(s.choices(), s.today())
	s.remark = ""
	draft, domain := s.draft, s.company.Domain
	chosen, known := crm.ParseID[crm.AccountID](text)
	several := len(s.known.Accounts) > 1
	s.show()
	s.mu.Unlock()
	if f == crm.FieldAccount && known && several {
		if err := s.ports.Index.Choose(ctx, domain, chosen); err != nil {
			return err
		}
		if err := s.Refresh(ctx); err != nil {
			return err
		}
	}
	return s.keep(ctx, draft)
}

// ChooseAccount takes one of several accounts on the domain. It is the same as
// choosing it in the form.
func (s *Story) ChooseAccount(ctx context.Context, id crm.AccountID) error {
	s.mu.Lock()
	formID := s.draft.ID
	s.mu.Unlock()
	return s.Edit(ctx, formID, crm.FieldAccount, string(id))
}

// View reads one opportunity and puts it into the form, with the draft of its
// change if there is one. Without Apollo what the index has is used.
func (s *Story) View(ctx context.Context, id crm.OpportunityID) (crm.Opportunity, error) {
	opportunity, err := s.fetch(ctx, id)
	s.mu.Lock()
	domain := s.company.Domain
	s.mu.Unlock()
	var notice *Notice
	if err != nil {
		notice = s.hindrance(crm.AsError(err))
		var known bool
		if opportunity, known = s.listed(id); !known {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.notice = notice
			s.show()
			return crm.Opportunity{}, err
		}
	}
	draft, kept, draftErr := s.load(ctx, domain, id)
	pointErr := s.point(ctx, domain, id)
	if !kept || !draft.Dirty() {
		draft = form.NewUpdate(s.ports.NewID(), domain, opportunity)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.draft, s.errors, s.remark, s.notice = draft, nil, "", notice
	if draftErr != nil {
		s.remark = "The draft of this change could not be read. The form shows what Apollo has."
	}
	s.show()
	return opportunity, pointErr
}

func (s *Story) fetch(ctx context.Context, id crm.OpportunityID) (crm.Opportunity, error) {
	if s.ports.Reader == nil {
		return crm.Opportunity{}, &crm.Error{Kind: crm.Unauthorized, Message: "Dealmark needs your team's Apollo API key."}
	}
	opportunity, err := s.ports.Reader.Opportunity(ctx, id)
	if err != nil {
		return opportunity, err
	}
	if stage, known := crm.StageByID(s.stages(), opportunity.StageID); known {
		opportunity.Closed, opportunity.Won = stage.Closed, stage.Won
	}
	if err := s.ports.Index.LearnOpportunities(ctx, []crm.Opportunity{opportunity}); err != nil {
		return opportunity, err
	}
	return opportunity, s.Refresh(ctx)
}

// listed finds an opportunity among those listed.
func (s *Story) listed(id crm.OpportunityID) (crm.Opportunity, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, o := range s.listing.Opportunities {
		if o.ID == id {
			return o, true
		}
	}
	return crm.Opportunity{}, false
}

// NewOpportunity goes back to the form for a new opportunity. The draft of a
// change stays kept.
func (s *Story) NewOpportunity(ctx context.Context) error {
	s.mu.Lock()
	domain := s.company.Domain
	s.mu.Unlock()
	draft, kept, err := s.load(ctx, domain, "")
	if err == nil {
		err = s.point(ctx, domain, "")
	}
	if !kept {
		draft = form.NewCreate(s.ports.NewID(), domain)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.draft, s.errors, s.remark = draft, nil, ""
	s.prefill()
	s.show()
	return err
}

// Discard forgets what was typed into the form. A change goes back to the form
// for a new opportunity.
func (s *Story) Discard(ctx context.Context, formID string) error {
	s.mu.Lock()
	draft := s.draft
	s.mu.Unlock()
	if draft.ID != formID {
		return nil
	}
	if err := s.forget(ctx, draft); err != nil {
		return err
	}
	return s.NewOpportunity(ctx)
}

// Opportunities gives what is listed.
func (s *Story) Opportunities() []crm.Opportunity {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.listing.Opportunities
}

func (s *Story) stages() []crm.Stage {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.team.Stages
}

// choices is what the form may choose from. The story must be locked.
func (s *Story) choices() form.Choices {
	c := form.Choices{Stages: s.team.Stages, Owners: s.team.Users, Accounts: s.known.Accounts}
	if len(c.Accounts) == 0 && s.company.Domain != "" {
		c.NewAccount = &crm.NewAccount{Name: s.company.Name, Domain: s.company.Domain}
	}
	for _, o := range s.listing.Opportunities {
		if o.Amount.Currency != "" {
			c.Currency = o.Amount.Currency
			break
		}
	}
	return c
}

// prefill puts the defaults into what the rep has not touched. The story must
// be locked.
func (s *Story) prefill() {
	if s.draft.OpportunityID != "" || s.company.Domain == "" {
		return
	}
	rep := s.ports.Rep
	if rep == "" {
		rep = s.team.Rep
	}
	s.draft.PrefillDefaults(s.companyName(), s.choices(), rep, s.today())
	if s.known.Chosen != "" {
		s.draft.Prefill(crm.FieldAccount, string(s.known.Chosen))
	}
}

// companyName is Apollo's name for the company, or what the page says.
func (s *Story) companyName() string {
	for _, a := range s.known.Accounts {
		if a.Name != "" && (s.known.Chosen == "" || s.known.Chosen == a.ID) {
			return a.Name
		}
	}
	return s.company.Name
}

func (s *Story) today() crm.Date { return crm.DateOf(s.ports.Clock()) }

// forget removes a draft from storage.
func (s *Story) forget(ctx context.Context, d form.Draft) error {
	return store.Delete(ctx, s.ports.Drafts, draftKey(d.Domain, d.OpportunityID), pointKey(d.Domain))
}
