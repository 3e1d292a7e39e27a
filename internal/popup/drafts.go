package popup

import (
	"context"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
	"github.com/dealmark/dealmark/internal/store"
)

// Drafts are kept per company and opportunity, under "draft/DOMAIN/ID" with
// the ID "new" for a new opportunity. "form/DOMAIN" holds the ID of the form
// that was shown last.

func draftKey(d crm.Domain, id crm.OpportunityID) string {
	return "draft/" + string(d) + "/" + formName(id)
}

func pointKey(d crm.Domain) string { return "form/" + string(d) }

func formName(id crm.OpportunityID) string {
	if id == "" {
		return "new"
	}
	return string(id)
}

// current gives the form that was shown last for a company: a change that was
// begun and not saved, or the form for a new opportunity, which alone takes what
// was typed before the popup was ready. What cannot be read gives an error, and
// the next best form.
func (s *Story) current(ctx context.Context, d crm.Domain, typed bool) (form.Draft, error) {
	shown, err := store.Get(ctx, s.ports.Drafts, pointKey(d))
	if id, ok := crm.ParseID[crm.OpportunityID](string(shown)); ok && !typed {
		var draft form.Draft
		var kept bool
		if draft, kept, err = s.load(ctx, d, id); kept && draft.Dirty() {
			return draft, nil
		}
	}
	draft, newErr := s.newForm(ctx, d)
	if newErr != nil {
		err = newErr
	}
	return draft, err
}

// load reads one draft; it is not kept if there is none or it cannot be read.
func (s *Story) load(ctx context.Context, d crm.Domain, id crm.OpportunityID) (draft form.Draft, kept bool, err error) {
	value, err := store.Get(ctx, s.ports.Drafts, draftKey(d, id))
	if err != nil || value == nil {
		return form.Draft{}, false, err
	}
	draft, err = form.Decode(value)
	return draft, err == nil, err
}

// keep stores a form as it stands, as the rep types. One that was saved or
// discarded meanwhile is gone, and stays so.
func (s *Story) keep(ctx context.Context, formID string) error {
	s.keeping.Lock()
	defer s.keeping.Unlock()
	s.mu.Lock()
	draft, shown := s.draft, s.draft.OpportunityID
	if draft.ID != formID {
		draft = s.left
	}
	s.mu.Unlock()
	if draft.ID != formID {
		return nil
	}
	err := s.put(ctx, &draft, shown)
	if err == nil {
		return nil
	}
	err = &crm.Error{Kind: crm.Unavailable, Err: err,
		Message: "The browser could not keep what you typed: it is lost when this window closes. Save it now, or free some disk space and go on typing."}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.remark = s.tell(err)
	s.show()
	return err
}

// put stores a draft, and which form is shown.
func (s *Story) put(ctx context.Context, d *form.Draft, shown crm.OpportunityID) error {
	return s.ports.Drafts.Update(ctx, nil, func([]store.Record) ([]store.Record, error) {
		return []store.Record{
			{Key: draftKey(d.Domain, d.OpportunityID), Value: d.Encode()},
			{Key: pointKey(d.Domain), Value: []byte(formName(shown))},
		}, nil
	})
}

// point remembers which form is shown.
func (s *Story) point(ctx context.Context) error {
	s.mu.Lock()
	shown := s.draft
	s.mu.Unlock()
	return fault(store.Put(ctx, s.ports.Drafts, pointKey(shown.Domain), []byte(formName(shown.OpportunityID))))
}

// forget removes a draft from storage, unless another one has taken its place.
func (s *Story) forget(ctx context.Context, d *form.Draft) error {
	s.keeping.Lock()
	defer s.keeping.Unlock()
	key := draftKey(d.Domain, d.OpportunityID)
	return fault(s.ports.Drafts.Update(ctx, []string{key}, func(read []store.Record) ([]store.Record, error) {
		if kept, err := form.Decode(read[0].Value); err == nil && kept.ID != d.ID {
			return nil, nil
		}
		return []store.Record{{Key: key}, {Key: pointKey(d.Domain)}}, nil
	}))
}
