package form

import "github.com/dealmark/dealmark/internal/crm"

// readStage takes the id of a stage that is offered. With none offered the
// field may stay empty: Apollo then keeps the opportunity without a stage.
func readStage(text string, c Choices) (id crm.StageID, complaint objection) {
	stage, ok := crm.StageByID(c.Stages, crm.StageID(text))
	switch {
	case ok:
		return stage.ID, objection{}
	case text == "" && len(c.Stages) == 0:
		return "", objection{}
	case len(c.Stages) == 0:
		return "", objection{text: "The team's stages are not here yet; wait until they are, then choose."}
	}
	return "", objection{text: "Choose a stage from the list."}
}

// readOwner takes the id of a user who is offered, or no owner.
func readOwner(text string, c Choices) (id crm.UserID, complaint objection) {
	owner, ok := crm.UserByID(c.Owners, crm.UserID(text))
	switch {
	case text == "":
		return "", objection{}
	case ok:
		return owner.ID, objection{}
	case len(c.Owners) == 0:
		return "", objection{text: "The team's users are not here yet; wait until they are, then choose."}
	}
	return "", objection{text: "Choose an owner from the list."}
}

// readAccount takes the id of an account that is offered, or the new one,
// which has no id yet. No account is right only where none is offered.
func readAccount(text string, c Choices) (id crm.AccountID, complaint objection) {
	if text == NewAccountChoice && c.NewAccount != nil {
		return "", objection{}
	}
	for _, account := range c.Accounts {
		if string(account.ID) == text {
			return account.ID, objection{}
		}
	}
	switch nothing := !offered(crm.FieldAccount, c); {
	case text == "" && nothing:
		return "", objection{}
	case nothing:
		return "", objection{text: "The team's accounts are not here yet; wait until they are, then choose."}
	}
	return "", objection{text: "Choose an account from the list."}
}

// offered says whether there is anything to judge the field's text by.
func offered(f crm.Field, c Choices) bool {
	switch f {
	case crm.FieldStage:
		return len(c.Stages) > 0
	case crm.FieldOwner:
		return len(c.Owners) > 0
	case crm.FieldAccount:
		return len(c.Accounts) > 0 || c.NewAccount != nil
	}
	return true
}
