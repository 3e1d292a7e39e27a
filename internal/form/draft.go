package form

import (
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
)

// A Draft is everything a rep has put into the form, as typed. It is a plain
// value: a copy is independent.
type Draft struct {
	ID            string            // the form's id: one Save per id
	Domain        crm.Domain        // the company's; may be empty
	OpportunityID crm.OpportunityID // "" while creating
	Base          crm.Values        // what the rep saw when they began to edit; zero while creating
	inputs        [fieldCount]input // in the order of crm.Fields
	accountName   input             // of the account that saving makes, see AccountName
	custom        []customInput     // never changed in place: a copy of the draft shares it
}

// input is one field of the form.
type input struct {
	text      string
	prefilled string // what the form put there by itself
	touched   bool   // the rep typed or chose
	gap       int    // of the name: 1 more than where in prefilled the rep's word goes; 0 for nowhere
}

const fieldCount = 6

// AccountName is the field for the name of the account that saving makes. It is
// none of crm.Fields: no opportunity has it.
const AccountName crm.Field = "account_name"

// NewCreate gives the empty draft of a new opportunity.
func NewCreate(id string, domain crm.Domain) Draft {
	return Draft{ID: id, Domain: domain}
}

// NewUpdate gives the draft of a change to an opportunity, its fields filled
// with the canonical texts of the opportunity's values.
func NewUpdate(id string, domain crm.Domain, o crm.Opportunity) Draft {
	d := Draft{ID: id, Domain: domain, OpportunityID: o.ID, Base: o.Values}
	d.Base.Name = valid(o.Name)
	for _, f := range crm.Fields() {
		text := d.Base.Text(f)
		if f == crm.FieldAmount {
			text = amountText(d.Base.Amount)
		}
		d.Prefill(f, text)
	}
	for f, text := range d.Base.Custom.All() {
		d.Prefill(f, text)
	}
	return d
}

// Edit takes what the rep typed or chose. The field is touched from then on.
func (d *Draft) Edit(f crm.Field, text string) {
	if in := d.change(f); in != nil {
		in.text, in.touched = valid(text), true
	}
}

// Prefill fills a field that the rep has not touched, and reports whether that
// changed its text. A touched field stays as it is, even when it is empty: the
// answer came late.
func (d *Draft) Prefill(f crm.Field, text string) bool {
	text = valid(text)
	if d.Touched(f) || d.Text(f) == text {
		return false
	}
	in := d.change(f)
	if in != nil {
		in.text, in.prefilled = text, text
	}
	return in != nil
}

// Text is the field's text as it stands in the form.
//
//go:noinline
func (d *Draft) Text(f crm.Field) string {
	if in := d.input(f); in != nil {
		return in.text
	}
	return ""
}

// Touched says whether the rep typed or chose in the field.
//
//go:noinline
func (d *Draft) Touched(f crm.Field) bool {
	in := d.input(f)
	return in != nil && in.touched
}

// Dirty says whether the draft holds anything of the rep's own: a touched
// field whose text is not what the form had put there.
func (d *Draft) Dirty() bool {
	for _, f := range d.Fields() {
		if in := d.input(f); in.touched && !in.asPrefilled() {
			return true
		}
	}
	return d.accountName.touched && !d.accountName.asPrefilled()
}

func (in input) asPrefilled() bool { return in.text == in.prefilled }

// input finds a field to be read, nil if the form has no such field, or nothing
// in it yet.
//
//go:noinline
func (d *Draft) input(f crm.Field) *input {
	for i, known := range crm.Fields() {
		if known == f {
			return &d.inputs[i]
		}
	}
	if f == AccountName {
		return &d.accountName
	}
	for i := range d.custom {
		if d.custom[i].field == f {
			return &d.custom[i].input
		}
	}
	return nil
}

// updates says whether the draft changes an opportunity that is there.
func (d *Draft) updates() bool { return d.OpportunityID != "" }

// valid replaces invalid UTF-8, which a stored document could not keep.
func valid(text string) string { return strings.ToValidUTF8(text, "\uFFFD") }
