package popup

import (
	"cmp"
	"context"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/site"
)

// maxFound is how many companies a search offers.
const maxFound = 20

// search is what the rep looks for by name.
type search struct {
	text  string // "" if nothing is looked for
	found []crm.Account
	busy  bool
	err   error
}

// ChangeCompany offers another company than the one shown, or stops that.
func (s *Story) ChangeCompany(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.choosing, s.search = on, search{}
	s.show()
}

// Search takes what the rep typed for a company: a domain is chosen, anything
// else is looked for among the names that are known here, then in Apollo. chosen
// says which it was; errors are as for [Story.ChooseDomain].
func (s *Story) Search(ctx context.Context, text string) (chosen bool, err error) {
	switch site.ParseDomain(text, s.ports.ToASCII).Reason {
	case site.Invalid, site.SingleLabel:
	default:
		return true, s.ChooseDomain(ctx, text, "")
	}
	local, err := s.ports.Index.Find(ctx, text, maxFound)
	asks := s.ports.Reader != nil
	s.mu.Lock()
	s.search = search{text: text, found: local, busy: asks, err: fault(err)}
	s.show()
	s.mu.Unlock()
	if !asks {
		return false, nil
	}
	there, err := s.ports.Reader.AccountsNamed(ctx, text)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.search.text != text {
		return false, nil // the rep looks for something else by now
	}
	s.search.busy, s.search.err = false, err
	for _, a := range there {
		a.Domain = site.ParseDomain(string(a.Domain), s.ports.ToASCII).Domain
		if !holdsAccount(s.search.found, a.ID) && len(s.search.found) < maxFound {
			s.search.found = append(s.search.found, a)
		}
	}
	s.show()
	return false, nil
}

func holdsAccount(list []crm.Account, id crm.AccountID) bool {
	for _, a := range list {
		if a.ID == id {
			return true
		}
	}
	return false
}

func (s *Story) choiceView() Choice {
	none, several := s.company.nobody(), len(s.known.Accounts) > 1
	v := Choice{
		Open:   none || s.choosing || several && s.known.Chosen == "" && s.draft.OpportunityID == "",
		Search: none || s.choosing,
		Forget: s.choosing && (s.said().Host != "" || s.passing()),
	}
	switch {
	case !v.Open:
	case s.search.text != "":
		v.Text = s.searchText()
		for _, a := range s.search.found {
			v.Rows = append(v.Rows, s.foundView(a))
		}
	case none:
		for _, d := range s.company.Candidates {
			row := Candidate{Domain: string(d), Name: site.ParseDomain(string(d), s.ports.ToASCII).Unicode}
			if row.Name != row.Domain {
				row.Detail = row.Domain
			}
			v.Rows = append(v.Rows, row)
		}
	default:
		switch {
		case !s.choosing:
		case s.named():
			v.Text = s.say("What you choose is remembered for {0}.", strings.TrimPrefix(s.page.Host, "www."))
		default:
			v.Text = s.say("What you choose is not remembered: this page's address names no company.")
		}
		for _, a := range s.known.Accounts {
			if several {
				v.Rows = append(v.Rows, s.accountView(a))
			}
		}
	}
	return v
}

func (s *Story) searchText() string {
	switch {
	case s.search.busy:
		return s.say("Looking for it in Apollo.")
	case s.search.err != nil:
		return s.tell(s.search.err)
	case len(s.search.found) == 0:
		return s.say("No company of this name is known. Type its domain, for example acme.com.")
	}
	return ""
}

// foundView is a company that a search found.
func (s *Story) foundView(a crm.Account) Candidate {
	v := Candidate{Account: a.ID, Domain: string(a.Domain), Name: a.Name}
	parts := []string{cmp.Or(v.Domain, s.say("no domain in Apollo"))}
	if owner, ok := crm.UserByID(s.team.Users, a.OwnerID); ok {
		parts = append(parts, owner.Name)
	}
	v.Detail = s.ports.Words.Row(parts...)
	return v
}

// accountView is one of several accounts of the company.
func (s *Story) accountView(a crm.Account) Candidate {
	v := Candidate{Account: a.ID, Name: a.Name, Current: a.ID == s.known.Chosen}
	var parts []string
	if owner, ok := crm.UserByID(s.team.Users, a.OwnerID); ok {
		parts = append(parts, owner.Name)
	}
	open, last := 0, time.Time{}
	list := s.each[a.ID]
	for i := range list {
		if s.isOpen(&list[i]) {
			open++
		}
		if at := list[i].LastActivityAt; at.After(last) {
			last = at
		}
	}
	parts = append(parts, s.ports.Words.Count(open, "{0} open", "{0} open"))
	if !last.IsZero() {
		parts = append(parts, s.say("last activity {0}", s.ports.Words.Ago(s.ports.Clock().Sub(last))))
	}
	v.Detail = s.ports.Words.Row(parts...)
	return v
}

func (s *Story) isOpen(o *crm.Opportunity) bool {
	if stage, known := crm.StageByID(s.team.Stages, o.StageID); known {
		return !stage.Closed
	}
	return !o.Closed
}
