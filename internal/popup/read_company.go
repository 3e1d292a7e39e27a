package popup

import (
	"context"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/site"
)

// readAtOnce learns a company, its opportunities and the team in one request,
// where the index is older than a moment. Who the rep is comes beside it, now and
// then.
func (s *Story) readAtOnce(ctx context.Context, reader CompanyReader, company site.Company, again bool) error {
	s.mu.Lock()
	team, known, asOf := s.team, s.known, s.listing.AsOf
	s.mu.Unlock()
	if at := known.Learned; !again && !s.older(at, s.ports.Fresh.Opportunities) && (len(known.Accounts) == 0 || !s.older(asOf, s.ports.Fresh.Opportunities)) {
		return nil
	}
	var all crm.Company
	var err error
	together(
		func() { all, err = reader.Company(ctx, company.Domain, company.Name) },
		func() {
			if !again && !s.older(team.Learned, s.ports.Fresh.Team) {
				return
			}
			if rep, err := reader.Profile(ctx); err == nil { // only a default for the owner
				team.Rep = rep.ID
			}
		},
	)
	if err != nil {
		return err
	}
	team.Stages, team.Users = all.Stages, all.Users
	x := s.ports.Index
	for _, learn := range []func() error{
		func() error { return x.LearnTeam(ctx, team) },
		func() error { return x.LearnCompany(ctx, company.Domain, all.Accounts) },
		func() error { return s.learnOpportunities(ctx, all) },
	} {
		if err := learn(); err != nil {
			return err
		}
	}
	return s.Refresh(ctx)
}

func (s *Story) learnOpportunities(ctx context.Context, all crm.Company) error {
	if !all.Whole {
		return s.ports.Index.LearnOpportunities(ctx, all.Opportunities)
	}
	for _, account := range all.Accounts {
		var own []crm.Opportunity
		for _, o := range all.Opportunities {
			if o.AccountID == account.ID {
				own = append(own, o)
			}
		}
		if err := s.ports.Index.LearnAll(ctx, account.ID, own); err != nil {
			return err
		}
	}
	return nil
}
