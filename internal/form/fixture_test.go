package form_test

import (
	"pgregory.net/rapid"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
)

const (
	discovery = crm.StageID("5a0000000000000000000001")
	proposal  = crm.StageID("5a0000000000000000000002")
	won       = crm.StageID("5a0000000000000000000003")
	ana       = crm.UserID("0a0000000000000000000001")
	maria     = crm.UserID("0a0000000000000000000002")
	acme      = crm.AccountID("ac0000000000000000000001")
	acmeUK    = crm.AccountID("ac0000000000000000000002")
	rollout   = crm.OpportunityID("0b0000000000000000000001")
)

// today is another day of the week.
func today() crm.Date { return date("2026-10-14") }

func date(text string) crm.Date {
	d, ok := crm.ParseDate(text)
	if !ok {
		panic("not a date: " + text)
	}
	return d
}

func money(text, currency string) crm.Money {
	m, ok := crm.ParseMoney(text)
	if !ok {
		panic("not an amount: " + text)
	}
	m.Currency = currency
	return m
}

// choices are those of a team with one account for the company.
func choices() form.Choices {
	return form.Choices{
		Stages: []crm.Stage{
			{ID: discovery, Name: "Discovery"},
			{ID: proposal, Name: "Proposal", Order: 1},
			{ID: won, Name: "Won", Order: 2, Closed: true, Won: true},
		},
		Owners:   []crm.User{{ID: ana, Name: "Ana"}, {ID: maria, Name: "Maria"}},
		Accounts: []crm.Account{{ID: acme, Name: "Acme", Domain: "acme.com"}},
		Currency: "USD",
	}
}

// opportunity is one as Apollo has it.
func opportunity() crm.Opportunity {
	return crm.Opportunity{ID: rollout, Values: crm.Values{
		Name: "Acme rollout", Amount: money("12500.5", "USD"), StageID: discovery,
		CloseDate: date("2026-12-31"), OwnerID: ana, AccountID: acme,
	}}
}

// anyText gives what may stand in a field: much of it right, some of it not.
func anyText(f crm.Field) *rapid.Generator[string] {
	texts := map[crm.Field][]string{
		crm.FieldName:      {"Acme", " Acme rollout ", "Acme\nrollout", "=SUM(A1)", "\u202e", "阿克梅"},
		crm.FieldAmount:    {"25k", "12500.5", "12500.50", "€5", "1.234", "-1", "0", "$12,500.50", "1e309"},
		crm.FieldStage:     {string(discovery), string(proposal), string(won), "5a00000000000000000000ff", "Discovery"},
		crm.FieldCloseDate: {"2026-12-31", "31.12.", "fri", "01/02/2026", "eoq", "2026-02-30"},
		crm.FieldOwner:     {string(ana), string(maria), "0a00000000000000000000ff", "me"},
		crm.FieldAccount:   {string(acme), string(acmeUK), "new", "ac00000000000000000000ff"},
	}
	return rapid.OneOf(rapid.SampledFrom(texts[f]), rapid.Just(""), rapid.String())
}

func anyChoices() *rapid.Generator[form.Choices] {
	return rapid.Custom(func(t *rapid.T) form.Choices {
		c := choices()
		if rapid.Bool().Draw(t, "nothing loaded") {
			c = form.Choices{}
		}
		if rapid.Bool().Draw(t, "two accounts") {
			c.Accounts = append(c.Accounts, crm.Account{ID: acmeUK, Name: "Acme UK"})
		}
		switch rapid.IntRange(0, 2).Draw(t, "new account") {
		case 1:
			c.NewAccount = &crm.NewAccount{Name: "Acme", Domain: "acme.com"}
		case 2:
			c.NewAccount = &crm.NewAccount{Domain: "acme.com"}
		}
		return c
	})
}

// anyDraft gives a draft after some typing and some late answers.
func anyDraft() *rapid.Generator[form.Draft] {
	return rapid.Custom(func(t *rapid.T) form.Draft {
		d := form.NewCreate(rapid.String().Draw(t, "id"), "acme.com")
		if rapid.Bool().Draw(t, "update") {
			d = form.NewUpdate("f2", "acme.com", anyOpportunity().Draw(t, "opportunity"))
		}
		if rapid.Bool().Draw(t, "defaults") {
			d.PrefillDefaults("Acme", choices(), ana, today())
		}
		for range rapid.IntRange(0, 8).Draw(t, "steps") {
			f := rapid.SampledFrom(allFields()).Draw(t, "field")
			text := anyText(f).Draw(t, "text")
			if rapid.Bool().Draw(t, "typed") {
				d.Edit(f, text)
			} else {
				d.Prefill(f, text)
			}
		}
		return d
	})
}

// anyOpportunity gives one with values that the form itself might not take: a
// stage that is gone, a negative amount.
func anyOpportunity() *rapid.Generator[crm.Opportunity] {
	return rapid.Custom(func(t *rapid.T) crm.Opportunity {
		o := opportunity()
		o.Name = rapid.OneOf(rapid.Just("Acme rollout"), rapid.String()).Draw(t, "name")
		o.StageID = rapid.SampledFrom([]crm.StageID{"", discovery, "5a00000000000000000000ff"}).Draw(t, "stage")
		o.OwnerID = rapid.SampledFrom([]crm.UserID{"", ana, "0a00000000000000000000ff"}).Draw(t, "owner")
		o.Amount = rapid.SampledFrom([]crm.Money{{}, money("12500.5", "USD"), money("-3", "USD"), money("1.234", "")}).Draw(t, "amount")
		if rapid.Bool().Draw(t, "no date") {
			o.CloseDate = crm.Date{}
		}
		return o
	})
}

func allFields() []crm.Field {
	fields := crm.Fields()
	return fields[:]
}
