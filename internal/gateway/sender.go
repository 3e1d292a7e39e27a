package gateway

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/wire"
)

// sender carries one operation to Apollo: an [outbox.Sender] over the client. The
// tag is written and read beside the client, which knows no custom fields of
// opportunities that it writes.
type sender struct {
	*upstream
	field string // the custom field for tags, "" for none
}

// namedPages is how many pages of a listing by name are read. Where Apollo ignores
// the name it lists everything, and that is not read for one save.
const namedPages = 5

// FindOrCreateAccount implements [outbox.Sender].
func (s sender) FindOrCreateAccount(ctx context.Context, a crm.NewAccount) (crm.Account, error) {
	return s.client().FindOrCreateAccount(ctx, a)
}

// Named implements [outbox.Sender].
func (s sender) Named(ctx context.Context, name string) (outbox.Listing, error) {
	list := s.client().ListRecords(apollo.OpportunityFilter{Name: name})
	var found outbox.Listing
	pages := 0
	for page, err := range list.Pages(ctx) {
		if errors.Is(err, apollo.ErrPartial) || errors.Is(err, apollo.ErrChanged) {
			return found, nil
		}
		if err != nil {
			return outbox.Listing{}, err
		}
		if pages++; pages == 1 {
			found.At = s.clock()
		}
		for _, r := range page.Rows {
			found.Rows = append(found.Rows, outbox.Row{Opportunity: r.Opportunity, Tag: s.tagOf(r)})
		}
		if page.Foreign > 0 || pages == namedPages && !list.Cursor().Done {
			return found, nil
		}
	}
	found.Whole = true
	return found, nil
}

// View implements [outbox.Sender].
func (s sender) View(ctx context.Context, id crm.OpportunityID) (crm.Opportunity, time.Time, error) {
	o, err := s.client().Opportunity(ctx, id)
	if err != nil {
		return o, time.Time{}, err
	}
	return o, s.clock(), nil
}

// CreateOpportunity implements [outbox.Sender].
func (s sender) CreateOpportunity(ctx context.Context, values crm.Values, tag string) (outbox.Row, []crm.Difference, error) {
	if s.field != "" && tag != "" {
		s.mark = func(r *apollo.Request) {
			w := new(wire.Writer).BeginObject().Member(s.field).String(tag).EndObject()
			r.Body = append(append(r.Body[:len(r.Body)-1:len(r.Body)-1], `,"typed_custom_fields":`...), append(w.Bytes(), '}')...)
		}
		defer func() { s.mark = nil }()
	}
	made, differences, err := s.client().CreateOpportunity(ctx, values)
	if err != nil {
		return outbox.Row{}, nil, err
	}
	return outbox.Row{Opportunity: made, Tag: s.tagIn(s.last.Body)}, differences, nil
}

// UpdateOpportunity implements [outbox.Sender].
func (s sender) UpdateOpportunity(ctx context.Context, u crm.Update) (crm.Opportunity, []crm.Difference, error) {
	return s.client().UpdateOpportunity(ctx, u)
}

// clock is Apollo's clock in its last answer, the zero time if it did not say.
func (s sender) clock() time.Time {
	at, _ := http.ParseTime(s.last.Header["date"])
	return at
}

func (s sender) tagOf(r apollo.Record) string {
	raw := r.CustomFields[apollo.FieldID(s.field)]
	if s.field == "" || len(raw) == 0 || raw[0] != '"' {
		return ""
	}
	return wire.NewReader([]byte(raw)).String()
}

// tagIn finds the tag in an answer that holds one opportunity.
func (s sender) tagIn(document []byte) (tag string) {
	r := wire.NewReader(document)
	r.Object(func(name []byte) {
		if string(name) != "opportunity" || !r.Is('{') {
			return
		}
		r.Object(func(name []byte) {
			if string(name) != "typed_custom_fields" || !r.Is('{') {
				return
			}
			r.Object(func(name []byte) {
				if string(name) == s.field && s.field != "" && r.Is('"') {
					tag = r.String()
				}
			})
		})
	})
	return tag
}
