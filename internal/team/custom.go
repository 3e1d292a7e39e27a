package team

import (
	"context"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// OpportunityFields are the team's custom fields of opportunities that a form can
// fill, in Apollo's order; others are those that it cannot, by their labels.
func (c *Client) OpportunityFields(ctx context.Context) (fields []apollo.CustomField, others []string, err error) {
	err = c.do(ctx, call{op: apollo.OpCustomFields, method: "GET", path: "/v1/fields"}, func(r *wire.Reader, name string) {
		if name != "fields" {
			return
		}
		r.Array(func() {
			if f := field(r); f.Field != "" {
				fields = append(fields, f)
			} else {
				others = append(others, f.Label)
			}
		})
	})
	return fields, others, err
}

// field reads one; a gateway that does not take it says no name for it.
func field(r *wire.Reader) (f apollo.CustomField) {
	r.Object(func(name []byte) {
		switch string(name) {
		case "field":
			if named := crm.Field(r.String()); fieldOf(string(named)) == named {
				f.Field = named
			}
		case "label":
			f.Label = r.String()
		case "max_length":
			f.MaxLength = r.Int()
		case "options":
			r.Array(func() {
				var o apollo.Option
				r.Object(func(name []byte) {
					switch string(name) {
					case "id":
						o.ID = r.String()
					case "name":
						o.Name = r.String()
					}
				})
				f.Options = append(f.Options, o)
			})
		}
	})
	return f
}

// readCustom reads values of custom fields: null where the gateway could not ask
// Apollo, and does not know them.
func readCustom(r *wire.Reader) (custom crm.Custom) {
	if !r.Is('{') {
		r.Skip()
		return crm.CustomUnknown
	}
	r.Object(func(name []byte) { custom = custom.With(crm.Field(name), r.String()) })
	return custom
}
