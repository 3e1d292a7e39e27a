package crm_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/dealmark/dealmark/internal/crm"
)

const someID = "64f0a1b2c3d4e5f600000001"

func TestCheckCreate(t *testing.T) {
	account := &crm.NewAccount{Name: "Acme", Domain: "acme.com"}
	for name, c := range map[string]struct {
		command crm.Create
		field   crm.Field // "" for fit
	}{
		"a name is enough":          {crm.Create{Values: crm.Values{Name: "Acme"}}, ""},
		"with an account":           {crm.Create{Values: crm.Values{Name: "Acme", AccountID: someID}}, ""},
		"with a new account":        {crm.Create{Values: crm.Values{Name: "Acme"}, NewAccount: account}, ""},
		"no name":                   {crm.Create{}, crm.FieldName},
		"both accounts":             {crm.Create{Values: crm.Values{Name: "Acme", AccountID: someID}, NewAccount: account}, crm.FieldAccount},
		"an account without name":   {crm.Create{Values: crm.Values{Name: "Acme"}, NewAccount: &crm.NewAccount{Domain: "acme.com"}}, crm.FieldAccount},
		"an account without domain": {crm.Create{Values: crm.Values{Name: "Acme"}, NewAccount: &crm.NewAccount{Name: "Acme"}}, crm.FieldAccount},
	} {
		t.Run(name, func(t *testing.T) { wantField(t, c.command, c.field, c.field != "") })
	}
}

func TestCheckUpdate(t *testing.T) {
	name, stage := []crm.Field{crm.FieldName}, []crm.Field{crm.FieldStage}
	for title, c := range map[string]struct {
		command crm.Update
		field   crm.Field
		unfit   bool
	}{
		"one field":               {crm.Update{ID: someID, Fields: name, Want: crm.Values{Name: "Acme"}}, "", false},
		"a field to be cleared":   {crm.Update{ID: someID, Fields: stage}, "", false},
		"a name that stays":       {crm.Update{ID: someID, Fields: stage, Want: crm.Values{StageID: someID}}, "", false},
		"no opportunity":          {crm.Update{Fields: name, Want: crm.Values{Name: "Acme"}}, "", true},
		"no such opportunity":     {crm.Update{ID: "../users", Fields: name, Want: crm.Values{Name: "Acme"}}, "", true},
		"no field":                {crm.Update{ID: someID, Want: crm.Values{Name: "Acme"}}, "", true},
		"a field that is unknown": {crm.Update{ID: someID, Fields: []crm.Field{crm.FieldStage, "next_step"}}, "", true},
		"the account":             {crm.Update{ID: someID, Fields: []crm.Field{crm.FieldAccount}}, crm.FieldAccount, true},
		"a name to be cleared":    {crm.Update{ID: someID, Fields: name}, crm.FieldName, true},
	} {
		t.Run(title, func(t *testing.T) { wantField(t, c.command, c.field, c.unfit) })
	}
}

func wantField(t *testing.T, command crm.Command, field crm.Field, unfit bool) {
	t.Helper()
	err := command.Check()
	if !unfit {
		assert.NoError(t, err)
		return
	}
	assert.Equal(t, crm.Invalid, crm.KindOf(err))
	assert.Equal(t, field, crm.AsError(err).Field)
	assert.NotEmpty(t, crm.AsError(err).Text())
}
