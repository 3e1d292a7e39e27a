package popup

import (
	"context"
	"errors"
	"sync"
	"time"

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
	company    site.Company
	known      index.Company
	team       index.Team
	listing    index.Listing
	draft      form.Draft
	left       form.Draft // the form shown before: what was typed there last may still come
	asked      int        // counts the forms that were asked for: only the last one is shown
	objections []objection
	remark     string // on the whole form
	notice     *Notice
	reading    bool
	entries    []outbox.Entry
	damaged    []outbox.Damaged
}

// New gives a story that has not begun.
func New(p Ports) *Story {
	return &Story{ports: p, opened: p.Clock()}
}

// Open begins on a page with what is known locally: nothing is asked of Apollo.
// typed holds what stood in the form before, by field; it wins over a draft of a
// new opportunity. Call [Story.Read] next, also after an error: it says only that
// typed could not be kept for another opening.
func (s *Story) Open(ctx context.Context, page site.Page, typed map[crm.Field]string) error {
	return s.open(ctx, site.Recognize(page, s.ports.ToASCII), typed)
}

// ChooseDomain takes a domain that the rep typed where the page has none. What
// stands in the form goes along. A text that is no company's domain is an error
// of kind Invalid; any other error is as for [Story.Open].
func (s *Story) ChooseDomain(ctx context.Context, text string) error {
	company := site.ParseDomain(text, s.ports.ToASCII)
	if company.Reason != "" {
		return &crm.Error{Kind: crm.Invalid, Message: company.Reason.Sentence()}
	}
	s.mu.Lock()
	before := s.draft
	s.mu.Unlock()
	if err := s.open(ctx, company, typedInto(before)); err != nil {
		return err
	}
	if before.Domain == company.Domain || before.OpportunityID != "" {
		return nil
	}
	return s.forget(ctx, before)
}

// typedInto gives what the rep typed into the form of a new opportunity. What
// was typed into a change belongs to that opportunity alone.
func typedInto(d form.Draft) map[crm.Field]string {
	typed := map[crm.Field]string{}
	for _, f := range crm.Fields() {
		if d.OpportunityID == "" && d.Touched(f) {
			typed[f] = d.Text(f)
		}
	}
	return typed
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
		func() { draft, draftErr = s.current(ctx, company.Domain, len(typed) > 0) },
		func() { entries, damaged, outboxErr = s.ports.Outbox.List(ctx) },
	)
	s.mu.Lock()
	later := typedInto(s.draft) // while storage was read
	s.asked++
	s.company, s.known, s.team, s.listing = company, known, team, listing
	s.entries, s.damaged = entries, damaged
	s.draft, s.left = draft, form.Draft{}
	s.objections, s.remark, s.notice = nil, "", nil
	s.prefill()
	saved := s.saved(s.draft)
	if saved {
		s.draft = form.NewCreate(s.ports.NewID(), company.Domain)
	}
	for _, texts := range []map[crm.Field]string{typed, later} {
		for f, text := range texts {
			s.draft.Edit(f, text)
		}
	}
	if draftErr != nil {
		s.remark = "What was typed for this company before could not be read, so the form starts anew. Nothing else is lost."
	}
	if err := errors.Join(indexErr, outboxErr); err != nil {
		s.notice = hindrance(crm.AsError(fault(err)))
	}
	s.prefill()
	s.show()
	formID, due := s.draft.ID, s.due()
	s.mu.Unlock()
	if due {
		s.ports.Wake(Drain)
	}
	var err error
	if saved {
		err = s.forget(ctx, draft)
	}
	if len(typed)+len(later) > 0 {
		err = errors.Join(err, s.keep(ctx, formID))
	}
	return err
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
	s.refreshing.Lock()
	defer s.refreshing.Unlock()
	s.mu.Lock()
	domain := s.company.Domain
	s.mu.Unlock()
	entries, damaged, outboxErr := s.ports.Outbox.List(ctx)
	known, team, indexErr := s.ports.Index.Open(ctx, domain)
	var listing index.Listing
	if indexErr == nil {
		listing, indexErr = s.list(ctx, known)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if outboxErr == nil {
		s.entries, s.damaged = entries, damaged
	}
	if indexErr == nil {
		if !team.Learned.Before(s.team.Learned) { // what could not be stored is known all the same
			s.team = team
		}
		if s.company.Domain == domain {
			s.known, s.listing = known, listing
			s.prefill()
		}
	}
	s.show()
	return fault(errors.Join(outboxErr, indexErr))
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
