package popup

import (
	"cmp"
	"context"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/site"
)

// Open begins on a page with what is known locally: nothing is asked of Apollo.
// typed holds what stood in the form before, by field; it wins over a draft of a
// new opportunity. Call [Story.Read] next, also after an error: it says only that
// typed could not be kept for another opening.
func (s *Story) Open(ctx context.Context, on site.Page, typed map[crm.Field]string) error {
	page := site.Recognize(on, s.ports.ToASCII)
	s.mu.Lock()
	s.page = page
	s.mu.Unlock()
	return s.open(ctx, s.owner(page), typed)
}

// typedInto gives what the rep typed into the form of a new opportunity. What
// was typed into a change belongs to that opportunity alone.
func typedInto(d *form.Draft) map[crm.Field]string {
	typed := map[crm.Field]string{}
	for _, f := range append(d.Fields(), form.AccountName) {
		if d.OpportunityID == "" && d.Touched(f) {
			typed[f] = d.Text(f)
		}
	}
	return typed
}

func (s *Story) open(ctx context.Context, company whose, typed map[crm.Field]string) error {
	var known known
	var draft form.Draft
	var draftErr, indexErr, outboxErr error
	var entries []outbox.Entry
	var damaged []outbox.Damaged
	together(
		func() { known, indexErr = s.lookUp(ctx, company) },
		func() { draft, draftErr = s.current(ctx, company.Domain, len(typed) > 0) },
		func() { entries, damaged, outboxErr = s.ports.Outbox.List(ctx) },
	)
	s.mu.Lock()
	later := typedInto(&s.draft) // while storage was read
	if !s.company.is(company) {
		leaveBehind(later)
	}
	s.asked++
	s.company, s.known, s.team, s.listing, s.each = company, known.company, known.team, known.listing, known.each
	s.choosing, s.search = false, search{}
	s.entries, s.damaged = entries, damaged
	s.draft, s.left = draft, form.Draft{}
	s.objections, s.remark, s.notice = nil, "", nil
	s.prefill()
	saved := s.saved(&s.draft)
	var contacts *crm.Update
	if saved {
		command, _ := s.draft.Command(s.choices(), s.today())
		_, contacts = attaching(command)
		s.draft = form.NewCreate(s.ports.NewID(), company.Domain)
	}
	for _, texts := range []map[crm.Field]string{typed, later} {
		for f, text := range texts {
			s.draft.Edit(f, text)
		}
	}
	if draftErr != nil {
		s.remark = s.say("What was typed for this company before could not be read, so the form starts anew. Nothing else is lost.")
	}
	if err := cmp.Or(indexErr, outboxErr); err != nil {
		s.notice = s.hindrance(crm.AsError(fault(err)))
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
		if err = s.attach(ctx, draft.ID, contacts); err == nil { // the popup may have been closed before it could
			err = s.forget(ctx, &draft)
		}
	}
	if len(typed)+len(later) > 0 {
		err = cmp.Or(err, s.keep(ctx, formID))
	}
	return err
}
