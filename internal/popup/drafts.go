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
// begun and not saved, or the form for a new opportunity. On an error the form
// is new.
func (s *Story) current(ctx context.Context, d crm.Domain) (form.Draft, error) {
	fresh := form.NewCreate(s.ports.NewID(), d)
	records, err := s.ports.Drafts.Read(ctx, pointKey(d), draftKey(d, ""))
	if err != nil {
		return fresh, err
	}
	if id, ok := crm.ParseID[crm.OpportunityID](string(records[0].Value)); ok {
		draft, kept, err := s.load(ctx, d, id)
		if err != nil {
			return fresh, err
		}
		if kept && draft.Dirty() {
			return draft, nil
		}
	}
	if records[1].Value == nil {
		return fresh, nil
	}
	draft, err := form.Decode(records[1].Value)
	if err != nil {
		return fresh, err
	}
	return draft, nil
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

// keep stores a draft as the rep types.
func (s *Story) keep(ctx context.Context, d form.Draft) error {
	err := s.ports.Drafts.Update(ctx, nil, func([]store.Record) ([]store.Record, error) {
		return []store.Record{
			{Key: draftKey(d.Domain, d.OpportunityID), Value: d.Encode()},
			{Key: pointKey(d.Domain), Value: []byte(formName(d.OpportunityID))},
		}, nil
	})
	if err == nil {
		return nil
	}
	err = &crm.Error{Kind: crm.Unavailable, Err: err,
		Message: "The browser could not keep what you typed: it is lost if you close this window. Save it, or free some disk space."}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.remark = crm.AsError(err).Message
	s.show()
	return err
}

// point remembers which form is shown.
func (s *Story) point(ctx context.Context, d crm.Domain, id crm.OpportunityID) error {
	return store.Put(ctx, s.ports.Drafts, pointKey(d), []byte(formName(id)))
}
