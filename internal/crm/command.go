package crm

import "slices"

// Command is one thing that a rep wants done: a [Create] or an [Update].
// Package form makes them, valid; package outbox keeps them until they are
// done.
type Command interface {
	// Check says what makes the command unfit to be sent, as an error of kind
	// [Invalid] that names the field; nil if nothing does.
	Check() error
	command()
}

// Create makes a new opportunity, and with NewAccount set its account too if
// the team has none. Exactly one of Values.AccountID and NewAccount may be
// set; with neither the opportunity belongs to no account.
type Create struct {
	Values
	NewAccount *NewAccount
}

// Update changes fields of an opportunity. Only Fields are sent; Base holds
// what the rep saw when they began, Want what they asked for.
type Update struct {
	ID     OpportunityID
	Fields []Field
	Base   Values
	Want   Values
}

func (Create) command() {}
func (Update) command() {}

// Check implements [Command].
func (c Create) Check() error {
	switch {
	case c.Name == "":
		return invalid(FieldName, "The opportunity needs a name.")
	case c.NewAccount != nil && c.AccountID != "":
		return invalid(FieldAccount, "Choose an account or a new one, not both.")
	case c.NewAccount != nil && (c.NewAccount.Name == "" || c.NewAccount.Domain == ""):
		return invalid(FieldAccount, "A new account needs a name and a domain.")
	}
	return nil
}

// Check implements [Command].
func (u Update) Check() error {
	if _, ok := ParseID[OpportunityID](string(u.ID)); !ok {
		return &Error{Kind: Invalid, Message: "The opportunity to change is not known."}
	}
	if len(u.Fields) == 0 {
		return &Error{Kind: Invalid, Message: "Nothing was changed."}
	}
	known := Fields()
	for _, f := range u.Fields {
		switch {
		case f == FieldAccount:
			return invalid(f, "Apollo does not move an opportunity to another account here; open it in Apollo.")
		case !slices.Contains(known[:], f) && !f.isCustom():
			return &Error{Kind: Invalid, Message: "A field to change is not known: {0}.", Parts: []string{string(f)}}
		}
	}
	if u.Want.Name == "" && slices.Contains(u.Fields, FieldName) {
		return invalid(FieldName, "The opportunity needs a name.")
	}
	return nil
}

func invalid(f Field, message English) error {
	return &Error{Kind: Invalid, Field: f, Message: message}
}

// Difference is a field that was sent and came back otherwise: Apollo may
// answer 200 and leave an amount blank or a stage as it was. Both texts are
// canonical, see [Values.Text].
type Difference struct {
	Field  Field
	Sent   string
	Stored string
}
