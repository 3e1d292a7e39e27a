package popup

import (
	"slices"

	"strings"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
)

// choices is what the form may choose from. The story must be locked.
func (s *Story) choices() form.Choices {
	c := form.Choices{Stages: s.team.Stages, Owners: s.team.Users, Accounts: s.known.Accounts, Setup: s.ports.Form, Words: s.ports.Words}
	if s.ports.People != nil {
		c.Custom = append(slices.Clip(c.Custom), form.Custom{Field: crm.FieldContacts})
	}
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
	switch {
	case s.draft.OpportunityID != "":
		s.draft.PrefillCustom(s.choices())
		return
	case s.company.nobody():
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

// companyName is Apollo's name for the company where one account has it, the
// rep's for one that is to be made, else what the page says.
func (s *Story) companyName() string {
	for _, a := range s.known.Accounts {
		if a.Name != "" && (a.ID == s.known.Chosen || len(s.known.Accounts) == 1) {
			return a.Name
		}
	}
	if name := strings.TrimSpace(s.draft.Text(form.AccountName)); len(s.known.Accounts) == 0 && s.draft.Touched(form.AccountName) && name != "" {
		return name
	}
	return s.company.Name
}

// has says whether the account is one of the company's. The story must be
// locked.
func (s *Story) has(id crm.AccountID) bool {
	for _, a := range s.known.Accounts {
		if a.ID == id {
			return true
		}
	}
	return false
}

func (s *Story) today() crm.Date { return crm.DateOf(s.ports.Clock()) }
