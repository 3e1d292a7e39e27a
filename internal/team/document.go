package team

import (
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// The gateway's documents as its description at /openapi.json has them: "" where
// nothing is set, times in milliseconds since 1970, amounts as exact decimals.

func seconds(n int) time.Duration { return time.Duration(n) * time.Second }

// memberOf is the name of a field in the documents, fieldOf the field of a name.
func memberOf(f crm.Field) string {
	switch f {
	case crm.FieldStage, crm.FieldOwner, crm.FieldAccount:
		return string(f) + "_id"
	case crm.FieldContacts:
		return "contacts"
	}
	return string(f)
}

func fieldOf(member string) crm.Field {
	for _, f := range crm.Fields() {
		if memberOf(f) == member {
			return f
		}
	}
	if member == memberOf(crm.FieldContacts) {
		return crm.FieldContacts
	}
	if _, _, custom := crm.Field(member).Custom(); custom {
		return crm.Field(member)
	}
	return ""
}

// opportunity reads one; false without an id.
func opportunity(r *wire.Reader) (o crm.Opportunity, ok bool) {
	currency := ""
	r.Object(func(raw []byte) {
		switch name := string(raw); name {
		case "id":
			o.ID, _ = crm.ParseID[crm.OpportunityID](r.String())
		case "currency":
			currency = r.String()
		case "closed":
			o.Closed = r.Bool()
		case "won":
			o.Won = r.Bool()
		case "created_at":
			o.CreatedAt = moment(r)
		case "last_activity_at":
			o.LastActivityAt = moment(r)
		default:
			if f := fieldOf(name); f != "" && !o.SetText(f, r.String()) {
				r.Fail(errUnusable)
			}
		}
	})
	if o.Amount.IsSet() {
		o.Amount.Currency = currency
	}
	return o, o.ID != ""
}

// moment reads a time, the zero time for 0.
func moment(r *wire.Reader) time.Time {
	at := r.Int()
	if at <= 0 {
		return time.Time{}
	}
	return time.UnixMilli(int64(at)).UTC()
}

func account(r *wire.Reader) (a crm.Account, ok bool) {
	r.Object(func(name []byte) {
		switch string(name) {
		case "id":
			a.ID, _ = crm.ParseID[crm.AccountID](r.String())
		case "name":
			a.Name = r.String()
		case "domain":
			a.Domain = crm.Domain(r.String())
		case "owner_id":
			a.OwnerID = crm.UserID(r.String())
		}
	})
	return a, a.ID != ""
}

func stage(r *wire.Reader) (s crm.Stage, ok bool) {
	r.Object(func(name []byte) {
		switch string(name) {
		case "id":
			s.ID, _ = crm.ParseID[crm.StageID](r.String())
		case "name":
			s.Name = r.String()
		case "pipeline_id":
			s.PipelineID = crm.PipelineID(r.String())
		case "order":
			s.Order = r.Int()
		case "probability":
			s.Probability = r.Int()
		case "closed":
			s.Closed = r.Bool()
		case "won":
			s.Won = r.Bool()
		}
	})
	return s, s.ID != ""
}

func user(r *wire.Reader) (u crm.User, ok bool) {
	r.Object(func(name []byte) {
		switch string(name) {
		case "id":
			u.ID, _ = crm.ParseID[crm.UserID](r.String())
		case "name":
			u.Name = r.String()
		case "email":
			u.Email = r.String()
		}
	})
	return u, u.ID != ""
}

// rows reads a list; a row without an id fails it.
func rows[T any](r *wire.Reader, row func(*wire.Reader) (T, bool)) (list []T) {
	r.Array(func() {
		one, ok := row(r)
		if !ok {
			r.Fail(errUnusable)
		}
		list = append(list, one)
	})
	return list
}
