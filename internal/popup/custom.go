package popup

import (
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
)

// customView is one of the team's custom fields in the form. The story must be
// locked.
func (s *Story) customView(of *form.Custom, wrong map[crm.Field]string) Field {
	f := of.Field
	kind, _, _ := f.Custom()
	v := Field{
		Name: f, Label: of.Label, Kind: kind, Required: of.Required,
		Value: s.draft.Text(f), Touched: s.draft.Touched(f), Error: wrong[f], Locked: s.draft.Locked(f),
		Understood: s.draft.UnderstoodCustom(of, s.ports.Words, s.today()),
	}
	if kind == crm.CustomBool || kind == crm.CustomChoice {
		v.Options = []Option{{Label: "–"}}
	}
	for _, o := range of.Options {
		v.Options = append(v.Options, Option{Value: o.ID, Label: o.Name})
	}
	if kind == crm.CustomBool {
		v.Options = append(v.Options, Option{Value: "true", Label: s.say("Yes")}, Option{Value: "false", Label: s.say("No")})
	}
	if v.Locked {
		v.Understood = s.say("not known while offline")
	}
	return v
}

// custom gives one of the form's custom fields, nil for any other.
func (s *Story) custom(f crm.Field) *form.Custom {
	for i := range s.ports.Form.Custom {
		if c := &s.ports.Form.Custom[i]; c.Field == f {
			return c
		}
	}
	return nil
}
