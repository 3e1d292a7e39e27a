package popup

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/dealmark/dealmark/internal/alias"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
	"github.com/dealmark/dealmark/internal/index"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/site"
)

// Story is one opening of the popup. Its methods may be called concurrently:
// what the rep does shows at once, while storage and Apollo are waited for. What
// arrives for a company that is no longer shown is kept, not shown.
type Story struct {
	ports Ports

	// Held while waiting, and taken before mu: of several refreshes the one that
	// read last is shown last, of several texts the last is stored last.
	refreshing, keeping sync.Mutex

	mu         sync.Mutex
	opened     time.Time
	page       site.Company // what the page says
	company    whose        // whose page it is: the rep may have said otherwise
	aliases    alias.Aliases
	choosing   bool // the rep asked for another company
	search     search
	known      index.Company
	team       index.Team
	listing    index.Listing
	each       map[crm.AccountID][]crm.Opportunity // of several accounts
	draft      form.Draft
	left       form.Draft // the form shown before: what was typed there last may still come
	done       change     // to the form at once, last
	asked      int        // counts the forms that were asked for: only the last one is shown
	objections []objection
	remark     string // on the whole form
	notice     *Notice
	hindered   time.Time // when Apollo last could not be asked, zero if it could
	reading    bool
	people     people
	entries    []outbox.Entry
	damaged    []outbox.Damaged
}

// New gives a story that has not begun.
func New(p Ports) *Story {
	return &Story{ports: p, opened: p.Clock(), aliases: p.Aliases}
}

// known is what the index has for a company: the accounts with the choice that
// counts on its host, the team, what is listed, and what each of several accounts
// has.
type known struct {
	company index.Company
	team    index.Team
	listing index.Listing
	each    map[crm.AccountID][]crm.Opportunity
}

func (s *Story) lookUp(ctx context.Context, c whose) (k known, err error) {
	k.company, k.team, err = s.ports.Index.Open(ctx, c.Domain)
	k.company.Chosen = k.company.For(spot(c.Company))
	if c.account.ID != "" {
		k.company.Accounts, k.company.Chosen = []crm.Account{c.account}, ""
	}
	if err == nil {
		err = s.list(ctx, &k)
	}
	return k, err
}

// spot is the host for which a choice among a company's accounts is remembered.
func spot(c site.Company) string {
	if strings.HasSuffix(c.Host, "."+string(c.Domain)) {
		return c.Host
	}
	return string(c.Domain)
}

// list reads what the index has for the accounts that are shown, and of several
// accounts for each.
func (s *Story) list(ctx context.Context, k *known) error {
	accounts := shown(k.company)
	all := index.Listing{Complete: len(accounts) > 0}
	ids := accounts
	if several := k.company.Accounts; len(several) > 1 {
		k.each = map[crm.AccountID][]crm.Opportunity{}
		ids = shown(index.Company{Accounts: several})
	}
	for _, id := range ids {
		one, err := s.ports.Index.Opportunities(ctx, id)
		if err != nil {
			return err
		}
		if k.each != nil {
			k.each[id] = one.Opportunities
		}
		if !slices.Contains(accounts, id) {
			continue
		}
		all.Opportunities = append(all.Opportunities, one.Opportunities...)
		all.Complete = all.Complete && one.Complete
		all.Walk = one.Walk
		if all.AsOf.IsZero() || !one.AsOf.IsZero() && one.AsOf.Before(all.AsOf) {
			all.AsOf = one.AsOf
		}
	}
	crm.SortOpportunities(all.Opportunities)
	k.listing = all
	return nil
}

// shown are the accounts whose opportunities are listed: the chosen one, or
// all on the domain.
func shown(known index.Company) []crm.AccountID {
	if known.Chosen != "" {
		return []crm.AccountID{known.Chosen}
	}
	ids := make([]crm.AccountID, len(known.Accounts))
	for i, a := range known.Accounts {
		ids[i] = a.ID
	}
	return ids
}

// Refresh shows what is stored now: the worker has changed the outbox or the
// index.
func (s *Story) Refresh(ctx context.Context) error {
	s.refreshing.Lock()
	defer s.refreshing.Unlock()
	s.mu.Lock()
	company := s.company
	s.mu.Unlock()
	entries, damaged, outboxErr := s.ports.Outbox.List(ctx)
	known, indexErr := s.lookUp(ctx, company)
	s.mu.Lock()
	defer s.mu.Unlock()
	if outboxErr == nil {
		s.entries, s.damaged = entries, damaged
	}
	if indexErr == nil {
		if !known.team.Learned.Before(s.team.Learned) { // what could not be stored is known all the same
			s.team = known.team
		}
		if s.company.is(company) {
			s.known, s.listing, s.each = known.company, known.listing, known.each
			s.prefill()
		}
	}
	s.show()
	return fault(cmp.Or(outboxErr, indexErr))
}

// Known says whether Apollo was asked for the company before.
func (s *Story) Known() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !s.known.Learned.IsZero()
}

// Overtaken says whether something reached Apollo since it could not be asked:
// then what stands in the way is gone, and [Story.Read] is worth another try.
func (s *Story) Overtaken() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range s.entries {
		if !s.hindered.IsZero() && !s.reading && e.State == outbox.Done && e.Changed.After(s.hindered) {
			return true
		}
	}
	return false
}

// show yields the View. The story must be locked.
func (s *Story) show() { s.ports.Show(s.view()) }

// together runs independent reads side by side and waits for all.
func together(parts ...func()) {
	var group sync.WaitGroup
	for _, part := range parts {
		group.Go(part)
	}
	group.Wait()
}
