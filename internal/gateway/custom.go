package gateway

import (
	"context"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// takes is how a write names one of the team's fields, "" where it may not: the
// field for operation ids is the gateway's own.
func (t Team) takes(f apollo.Field) crm.Field {
	if f.Label == TagLabel || string(f.ID) == t.Tag {
		return ""
	}
	return f.Fillable()
}

// customFields are the team's custom fields that a rep may read and write: no
// others pass, in either direction.
func (g *Gateway) customFields(ctx context.Context, u *upstream) (fields []crm.Field, err error) {
	value, _, err := g.list(ctx, u, fieldList)
	if err != nil {
		return nil, err
	}
	r := wire.NewReader([]byte(value))
	r.Array(func() {
		r.Object(func(name []byte) {
			if string(name) != "field" {
				r.Skip()
			} else if f := crm.Field(r.String()); f != "" {
				fields = append(fields, f)
			}
		})
	})
	return fields, r.End()
}

// known refuses a write to custom fields that are not the team's.
func (q *request) known(ctx context.Context, written []crm.Field) error {
	var fields []crm.Field
	for _, f := range written {
		if _, _, custom := f.Custom(); !custom || f == crm.FieldContacts {
			continue
		}
		if fields == nil {
			var err error
			if fields, err = q.g.customFields(ctx, q.g.saves(q.team, q.calls)); err != nil {
				return err
			}
		}
		if !has(fields, f) {
			return fieldRefused(memberOf(f), "The team has no such custom field of opportunities any more, or it is of another kind.")
		}
	}
	return nil
}

// writeCustom tells what Apollo has in the team's custom fields, and whose contacts
// are attached. Both are null where Apollo was not asked: the index does not keep
// them.
func (q *request) writeCustom(w *wire.Writer, asked bool, there crm.Custom) {
	if !asked {
		w.Member("custom").Null().Member("contacts").Null()
		return
	}
	// A key without the right to list fields shows none, and the rest all the same.
	fields, _ := q.g.customFields(q.ctx, q.g.reads(q.team, q.calls))
	w.Member("custom").BeginObject()
	for f, text := range there.Only(fields).All() {
		w.Member(string(f)).String(text)
	}
	w.EndObject().Member("contacts").String(crm.Values{Custom: there}.Text(crm.FieldContacts))
}
