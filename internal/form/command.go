package form

import (
	"cmp"
	"slices"

	"github.com/dealmark/dealmark/internal/crm"
)

// Command gives what the rep wants done, a [crm.Create] or a [crm.Update], or
// everything that is wrong with the form, never both. The command passes its
// own Check. An update holds exactly the fields whose canonical values differ
// from Base; a field whose text the rep left as it was is never read again, so
// that an old value that the form would not take does not stand in the way.
func (d *Draft) Command(c Choices, today crm.Date) (crm.Command, []FieldError) {
	values, errs := d.read(c, today)
	if len(errs) > 0 {
		return nil, errs
	}
	var command crm.Command
	if d.updates() {
		fields := values.Diff(d.Base)
		if len(fields) == 0 {
			return nil, []FieldError{{Message: "Nothing was changed, so there is nothing to save."}}
		}
		command = crm.Update{ID: d.OpportunityID, Fields: fields, Base: d.Base, Want: values}
	} else {
		create := crm.Create{Values: values}
		if d.Text(crm.FieldAccount) == NewAccountChoice {
			account := *c.NewAccount
			account.Name = d.newAccountName(c)
			create.NewAccount = &account
		}
		command = create
	}
	if err := command.Check(); err != nil {
		e := crm.AsError(err)
		return nil, []FieldError{{Field: e.Field, Message: e.Message, Parts: e.Parts}}
	}
	return command, nil
}

// Check says what is wrong so far, for showing while the rep types. What is
// not filled in yet, and what cannot be judged until the choices are there, is
// no error.
func (d *Draft) Check(c Choices, today crm.Date) []FieldError {
	_, errs := d.read(c, today)
	return slices.DeleteFunc(errs, func(e FieldError) bool {
		text := d.Text(e.Field)
		return text == "" && !d.Touched(e.Field) || text != "" && !offered(e.Field, c)
	})
}

// read gives the values that the texts mean, starting from Base.
func (d *Draft) read(c Choices, today crm.Date) (crm.Values, []FieldError) {
	values := d.Base
	c.Currency = cmp.Or(c.Currency, d.Base.Amount.Currency)
	var errs []FieldError
	for i, f := range crm.Fields() {
		in := d.inputs[i]
		if d.updates() && in.asPrefilled() {
			continue
		}
		var err error
		if f == crm.FieldAccount && d.updates() {
			err = &crm.Error{Message: "The account of an opportunity cannot be changed here; open the opportunity in Apollo."}
		} else {
			err = set(&values, f, in.closed(), c, today)
		}
		errs = object(errs, f, err)
	}
	for i := range c.Custom {
		errs = object(errs, c.Custom[i].Field, d.readCustom(&values, &c.Custom[i], today))
	}
	if !d.updates() && d.Text(crm.FieldAccount) == NewAccountChoice && c.NewAccount != nil && d.newAccountName(c) == "" {
		errs = append(errs, FieldError{Field: AccountName, Message: "Give the new account a name."})
	}
	return values, errs
}

// newAccountName is the rep's own, or what the page says.
func (d *Draft) newAccountName(c Choices) string {
	name := d.accountName.text
	if !d.accountName.touched {
		name = c.NewAccount.Name
	}
	return shorten(cleanName(name), maxNameLength)
}

func object(to []FieldError, f crm.Field, err error) []FieldError {
	if err == nil {
		return to
	}
	e := crm.AsError(err)
	return append(to, FieldError{Field: f, Message: e.Message, Parts: e.Parts})
}

// set puts what a text means into values, or says what is wrong with it.
func set(values *crm.Values, f crm.Field, text string, c Choices, today crm.Date) (err error) {
	var complaint objection
	switch f {
	case crm.FieldName:
		values.Name, complaint = readName(text)
	case crm.FieldAmount:
		values.Amount, err = ReadMoney(text, c.Currency)
	case crm.FieldCloseDate:
		values.CloseDate, err = ReadDate(text, today)
	case crm.FieldStage:
		values.StageID, complaint = readStage(text, c)
	case crm.FieldOwner:
		values.OwnerID, complaint = readOwner(text, c)
	case crm.FieldAccount:
		values.AccountID, complaint = readAccount(text, c)
	}
	if complaint.text != "" {
		return complaint.err(f, text)
	}
	return err
}
