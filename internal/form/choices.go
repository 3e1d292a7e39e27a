package form

import (
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/words"
)

// Choices are what the form offers. An empty list means that nothing is known
// yet, or that there is nothing to choose from.
type Choices struct {
	Stages     []crm.Stage // sorted, see crm.SortStages
	Owners     []crm.User
	Accounts   []crm.Account   // the company's, usually one
	NewAccount *crm.NewAccount // offered as NewAccountChoice; nil if it is not
	Words      words.Words     // the language of what is understood
	Currency   string          // the team's, an ISO 4217 code; "" if it is not known
	Setup                      // how the team has its form
}

// NewAccountChoice is the text of the account field that stands for
// [Choices.NewAccount], where another choice is the id of an account.
const NewAccountChoice = "new"

// FieldError says what is wrong with one field, in the rep's words. Field is
// "" for an error of the form as a whole.
type FieldError struct {
	Field   crm.Field
	Message crm.English
	Parts   []string // what is filled into Message
}

// PrefillDefaults fills the untouched fields of a new opportunity with what
// most reps would choose. It may be called again whenever more is known; an
// update has the opportunity's own values and is left alone.
//
//   - name: what the team's template makes of the other fields. Without one the
//     company's name alone, or its domain where the name is not known: that is
//     true for every deal, and a rep who wants more types it at the end, where a
//     quarter in the name turns false as soon as the deal slips.
//   - stage: the first open one.
//   - owner: the rep.
//   - close date: the end of this quarter, however near.
//   - account: the only one; the new one if only that is offered, with its name;
//     none of several, for that is the rep's to know.
func (d *Draft) PrefillDefaults(companyName string, c Choices, rep crm.UserID, today crm.Date) {
	if d.updates() {
		return
	}
	if stage, ok := crm.FirstOpen(c.Stages); ok {
		d.Prefill(crm.FieldStage, string(stage.ID))
	}
	if owner, ok := crm.UserByID(c.Owners, rep); ok {
		d.Prefill(crm.FieldOwner, string(owner.ID))
	}
	if today.IsSet() {
		d.Prefill(crm.FieldCloseDate, today.EndOfQuarter().String())
	}
	switch {
	case len(c.Accounts) == 1:
		d.Prefill(crm.FieldAccount, string(c.Accounts[0].ID))
	case len(c.Accounts) > 1:
		d.Prefill(crm.FieldAccount, "")
	case c.NewAccount != nil:
		d.Prefill(crm.FieldAccount, NewAccountChoice)
		d.Prefill(AccountName, shorten(cleanName(c.NewAccount.Name), maxNameLength))
	}
	d.PrefillCustom(c)
	d.prefillName(companyName, c, today)
}
