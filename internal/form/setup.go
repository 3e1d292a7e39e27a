package form

import (
	"strconv"

	"github.com/dealmark/dealmark/internal/crm"
)

// Setup is how a team has its form. The zero Setup is the plain form.
type Setup struct {
	Template Template // of the name of a new opportunity
	Custom   []Custom // custom fields, in the order of the form
}

// maxCustom is the number of custom fields that a form has room for.
const maxCustom = 30

// CheckSetup says what makes a setup unfit, as an error of kind [crm.Invalid].
// Whether a default is a number or a date is said where it is read, in the form.
func CheckSetup(s Setup) error {
	if err := CheckTemplate(s.Template); err != nil {
		return err
	}
	if n := len(s.Custom); n > maxCustom {
		return &crm.Error{Kind: crm.Invalid, Message: "The form has room for {0} custom fields, and these are {1}. Hide some of them.",
			Parts: []string{strconv.Itoa(maxCustom), strconv.Itoa(n)}}
	}
	for i, field := range s.Custom {
		kind, _, ok := field.Field.Custom()
		if !ok || kind == "" || field.Label == "" {
			return &crm.Error{Kind: crm.Invalid, Message: "A custom field has no name or no kind. Read the team's fields again."}
		}
		for _, other := range s.Custom[:i] {
			if other.Field == field.Field {
				return &crm.Error{Kind: crm.Invalid, Field: field.Field, Message: "{0} is there twice. Read the team's fields again.", Parts: []string{field.Label}}
			}
		}
		for _, d := range field.Defaults {
			if choice := kind == crm.CustomChoice || kind == crm.CustomChoices; choice && field.choose(d.Text) == "" && d.Text != "" {
				return &crm.Error{Kind: crm.Invalid, Field: field.Field, Message: "A default of {0} is none of its choices. Choose another one.", Parts: []string{field.Label}}
			}
		}
	}
	return nil
}
