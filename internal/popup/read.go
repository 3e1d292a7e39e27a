package popup

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/index"
	"github.com/dealmark/dealmark/internal/site"
)

// Read asks Apollo for what is not known or too old, and shows it as it comes.
// With again everything is asked anew. What goes wrong becomes a Notice; the
// form stays usable.
func (s *Story) Read(ctx context.Context, again bool) {
	s.mu.Lock()
	company, known, team := s.company, s.known, s.team
	asks := !company.nobody() && s.ports.Reader != nil
	s.reading = asks
	if asks || again {
		s.notice = nil
	}
	switch {
	case s.ports.Bare:
		s.notice = &Notice{Kind: crm.Unauthorized, Text: s.say(keyBare), Action: OpenOptions, Label: s.say("Choose a passphrase")}
	case s.ports.Locked:
		s.notice = &Notice{Kind: crm.Unauthorized, Text: s.say(keyLocked), Action: Unlock, Label: s.say("Unlock")}
	case s.ports.Reader == nil:
		s.notice = &Notice{Kind: crm.Unauthorized, Text: s.say(needsKey), Action: OpenOptions, Label: s.say("Add the API key")}
	}
	s.show()
	s.mu.Unlock()
	var teamErr, companyErr error
	atOnce, _ := s.ports.Reader.(CompanyReader)
	switch {
	case asks && atOnce != nil && company.account.ID == "":
		companyErr = s.readAtOnce(ctx, atOnce, company.Company, again)
	case asks:
		together(
			func() {
				if again || s.older(team.Learned, s.ports.Fresh.Team) {
					teamErr = s.readTeam(ctx)
				}
			},
			func() { companyErr = s.readCompany(ctx, company, known, again) },
		)
	case again:
		companyErr = s.Refresh(ctx)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.company.is(company) {
		return
	}
	s.reading, s.hindered = false, time.Time{}
	if companyErr == nil {
		companyErr = teamErr
	}
	if companyErr != nil {
		s.notice, s.hindered = s.hindrance(crm.AsError(fault(companyErr))), s.ports.Clock()
	}
	s.show()
}

func (s *Story) older(learned time.Time, than time.Duration) bool {
	return learned.IsZero() || s.ports.Clock().Sub(learned) > than
}

// readTeam learns the stages, the users and whom the key acts as.
func (s *Story) readTeam(ctx context.Context) error {
	s.mu.Lock()
	team := index.Team{Rep: s.team.Rep}
	s.mu.Unlock()
	var stagesErr, usersErr error
	together(
		func() { team.Stages, stagesErr = s.ports.Reader.Stages(ctx) },
		func() { team.Users, usersErr = s.ports.Reader.Users(ctx) },
		func() {
			// Only a default for the owner: the form works without it.
			if user, err := s.ports.Reader.Profile(ctx); err == nil {
				team.Rep = user.ID
			}
		},
	)
	if stagesErr != nil {
		return stagesErr
	}
	s.mu.Lock()
	now := team // what the rep waits for need not be stored first
	if len(now.Users) == 0 {
		now.Users = s.team.Users
	}
	now.Learned = s.ports.Clock()
	s.team = now
	s.prefill()
	s.show()
	s.mu.Unlock()
	// Stages without users are worth showing, but not worth remembering.
	if usersErr == nil {
		usersErr = s.ports.Index.LearnTeam(ctx, team)
	}
	return usersErr
}

// readCompany finds the company's accounts and their opportunities, those of the
// accounts that are known already beside the search. Where it cannot ask for
// accounts it goes on with those that are known.
func (s *Story) readCompany(ctx context.Context, company whose, known index.Company, again bool) error {
	before := shown(known)
	var searchErr, refreshErr error
	parts, failures := s.readingOf(ctx, before, again)
	var newFailures []error
	if company.account.ID == "" && (again || s.older(known.Learned, s.ports.Fresh.Company)) {
		parts = append(parts, func() {
			var accounts []crm.Account
			if accounts, searchErr = s.findAccounts(ctx, company.Company); searchErr != nil {
				return
			}
			var reading []func()
			if len(accounts) == 1 && !slices.Contains(before, accounts[0].ID) { // of several the rep may choose one
				before = append(before, accounts[0].ID)
				reading, newFailures = s.readingOf(ctx, []crm.AccountID{accounts[0].ID}, again)
			}
			together(append(reading, func() {
				if searchErr = s.ports.Index.LearnCompany(ctx, company.Domain, accounts); searchErr != nil {
					return
				}
				refreshErr = s.Refresh(ctx)
				known, _, searchErr = s.ports.Index.Open(ctx, company.Domain)
				known.Chosen = known.For(spot(company.Company))
			})...)
		})
	}
	together(parts...)
	found := slices.DeleteFunc(shown(known), func(id crm.AccountID) bool { return slices.Contains(before, id) })
	more, moreFailures := s.readingOf(ctx, found, again)
	together(more...)
	// Whichever answers first, the same failure is told: what finds the company counts most.
	lastErr := s.Refresh(ctx)
	return cmp.Or(searchErr, refreshErr, cmp.Or(failures...), cmp.Or(newFailures...), cmp.Or(moreFailures...), lastErr)
}

// readingOf are the readings of the accounts' opportunities, and what comes of each.
func (s *Story) readingOf(ctx context.Context, accounts []crm.AccountID, again bool) (parts []func(), failures []error) {
	failures = make([]error, len(accounts))
	for i, id := range accounts {
		parts = append(parts, func() { failures[i] = s.readOpportunities(ctx, id, again) })
	}
	return parts, failures
}

// findAccounts gives the team's accounts with the company's domain. Apollo
// searches accounts by name only, and may answer with anything: every row is
// checked.
func (s *Story) findAccounts(ctx context.Context, company site.Company) ([]crm.Account, error) {
	label := crm.Domain(company.Unicode).Label()
	names := []string{label}
	if !strings.EqualFold(company.Name, label) && company.Name != "" {
		names = append(names, company.Name)
	}
	for _, name := range names {
		rows, err := s.ports.Reader.AccountsNamed(ctx, name)
		if err != nil {
			return nil, err
		}
		var found []crm.Account
		for _, account := range rows {
			if site.ParseDomain(string(account.Domain), s.ports.ToASCII).Domain == company.Domain {
				found = append(found, account)
			}
		}
		if len(found) > 0 {
			return found, nil
		}
	}
	return nil, nil
}

// readOpportunities learns an account's opportunities, and has the team's list
// read where Apollo does not tell them apart.
func (s *Story) readOpportunities(ctx context.Context, id crm.AccountID, again bool) error {
	listing, err := s.ports.Index.Opportunities(ctx, id)
	if err != nil || !again && !s.older(listing.AsOf, s.ports.Fresh.Opportunities) {
		return err
	}
	list, whole, err := s.ports.Reader.OpportunitiesOf(ctx, id)
	if err != nil {
		return err
	}
	if whole {
		var own []crm.Opportunity
		for _, o := range list {
			if o.AccountID == id {
				own = append(own, o)
			}
		}
		return s.ports.Index.LearnAll(ctx, id, own)
	}
	if err := s.ports.Index.LearnOpportunities(ctx, list); err != nil {
		return err
	}
	if s.older(listing.Walk.Finished, s.ports.Fresh.Walk) { // also while one is under way
		s.ports.Wake(FillIndex)
	}
	return nil
}
