package popup

import (
	"context"
	"sync"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
	"github.com/dealmark/dealmark/internal/index"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/site"
)

// Story is one opening of the popup. Its methods may be called concurrently;
// none holds the others up while it waits for storage or for Apollo. What
// arrives for a company that is no longer shown is kept, not shown.
type Story struct {
	ports Ports

	mu      sync.Mutex
	opened  time.Time
	company site.Company
	known   index.Company
	team    index.Team
	listing index.Listing
	draft   form.Draft
	errors  []form.FieldError
	remark  string // on the whole form
	notice  *Notice
	reading bool
	entries []outbox.Entry
	damaged []outbox.Damaged
}

// New gives a story that has not begun.
func New(p Ports) *Story {
	return &Story{ports: p, opened: p.Clock()}
}

// Open begins on a page with what is known locally: nothing is asked of the
// network. typed holds what stood in the form before, by field; it wins over a
// draft. Call [Story.Read] next.
func (s *Story) Open(ctx context.Context, page site.Page, typed map[crm.Field]string) error {
	return s.open(ctx, site.Recognize(page, s.ports.ToASCII), typed)
}

// ChooseDomain takes a domain that the rep typed where the page has none. What
// stands in the form goes along.
func (s *Story) ChooseDomain(ctx context.Context, text string) error {
	company := site.ParseDomain(text, s.ports.ToASCII)
	if company.Reason != "" {
		return &crm.Error{Kind: crm.Invalid, Message: company.Reason.Sentence()}
	}
	s.mu.Lock()
	before := s.draft
	s.mu.Unlock()
	typed := map[crm.Field]string{}
	for _, f := range crm.Fields() {
		if before.Touched(f) {
			typed[f] = before.Text(f)
		}
	}
	if err := s.open(ctx, company, typed); err != nil || before.Domain == company.Domain {
		return err
	}
	return s.forget(ctx, before)
}

func (s *Story) open(ctx context.Context, company site.Company, typed map[crm.Field]string) error {
	var known index.Company
	var team index.Team
	var listing index.Listing
	var draft form.Draft
	var draftErr, indexErr, outboxErr error
	var entries []outbox.Entry
	var damaged []outbox.Damaged
	together(
		func() {
			known, team, indexErr = s.ports.Index.Open(ctx, company.Domain)
			if indexErr == nil {
				listing, indexErr = s.list(ctx, known)
			}
		},
		func() { draft, draftErr = s.current(ctx, company.Domain) },
		func() { entries, damaged, outboxErr = s.ports.Outbox.List(ctx) },
	)
	s.mu.Lock()
	s.company, s.known, s.team, s.listing = company, known, team, listing
	s.entries, s.damaged = entries, damaged
	s.draft, s.errors, s.remark, s.notice = draft, nil, "", nil
	for _, f := range crm.Fields() {
		if text, ok := typed[f]; ok {
			s.draft.Edit(f, text)
		}
	}
	if draftErr != nil {
		s.remark = "The draft that was kept for this company could not be read. The form starts anew; nothing else is lost."
	}
	if indexErr != nil || outboxErr != nil {
		s.notice = &Notice{Kind: crm.Internal, Action: Retry, Label: "Try again",
			Text: "The browser's storage could not be read. What was saved is not shown; it is not deleted."}
	}
	s.prefill()
	s.show()
	draft = s.draft
	s.mu.Unlock()
	if len(typed) == 0 {
		return nil
	}
	return s.keep(ctx, draft)
}

// list gives what the index has for the accounts that are shown.
func (s *Story) list(ctx context.Context, known index.Company) (index.Listing, error) {
	accounts := shown(known)
	all := index.Listing{Complete: len(accounts) > 0}
	for _, id := range accounts {
		one, err := s.ports.Index.Opportunities(ctx, id)
		if err != nil {
			return index.Listing{}, err
		}
		all.Opportunities = append(all.Opportunities, one.Opportunities...)
		all.Complete = all.Complete && one.Complete
		all.Walk = one.Walk
		if all.AsOf.IsZero() || !one.AsOf.IsZero() && one.AsOf.Before(all.AsOf) {
			all.AsOf = one.AsOf
		}
	}
	crm.SortOpportunities(all.Opportunities)
	return all, nil
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
	s.mu.Lock()
	domain := s.company.Domain
	s.mu.Unlock()
	known, team, err := s.ports.Index.Open(ctx, domain)
	if err != nil {
		return err
	}
	listing, err := s.list(ctx, known)
	if err != nil {
		return err
	}
	entries, damaged, err := s.ports.Outbox.List(ctx)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.entries, s.damaged = entries, damaged
	if s.company.Domain == domain {
		s.known, s.team, s.listing = known, team, listing
		s.prefill()
	}
	s.show()
	return nil
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
