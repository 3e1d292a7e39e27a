package form_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
)

func TestUnderstood(t *testing.T) {
	tests := []struct {
		field crm.Field
		text  string
		want  string
	}{
		{crm.FieldAmount, "", ""},
		{crm.FieldAmount, "12500", ""},
		{crm.FieldAmount, "12,500", ""},
		{crm.FieldAmount, " 12,500 ", ""},
		{crm.FieldAmount, "12,500 USD", ""},
		{crm.FieldAmount, "12,500.50 USD", ""},
		{crm.FieldAmount, "12500.5", ""},
		{crm.FieldAmount, "12500.50", "12,500.50 USD"},
		{crm.FieldAmount, "25k", "25,000 USD"},
		{crm.FieldAmount, "12.500,50", "12,500.50 USD"},
		{crm.FieldAmount, "$5k", "5,000 USD"},
		{crm.FieldAmount, "0.5k", "500 USD"},
		{crm.FieldAmount, "٥", "5 USD"},
		{crm.FieldAmount, "1.001001k", "1,001.001 USD"},
		{crm.FieldAmount, "0.001001k", "1.0010 USD"},
		{crm.FieldAmount, "€5k", ""},
		{crm.FieldAmount, "lots", ""},
		{crm.FieldCloseDate, "", ""},
		{crm.FieldCloseDate, "2026-12-31", ""},
		{crm.FieldCloseDate, "Thu, 31 Dec 2026", ""},
		{crm.FieldCloseDate, "31.12.", "Thu, 31 Dec 2026"},
		{crm.FieldCloseDate, "next fri", "Fri, 23 Oct 2026"},
		{crm.FieldCloseDate, "01/02/2027", ""},
		{crm.FieldCloseDate, " ", ""},
		{crm.FieldName, "25k", ""},
		{crm.FieldStage, string(discovery), ""},
	}
	for _, test := range tests {
		t.Run(string(test.field)+" "+test.text, func(t *testing.T) {
			d := form.NewCreate("f1", "acme.com")
			d.Edit(test.field, test.text)
			assert.Equal(t, test.want, d.Understood(test.field, choices(), today()))
		})
	}
}

// A rep's own text comes back in a message short, and without what would spoil it.
func TestMessagesQuoteShortly(t *testing.T) {
	_, err := form.ReadMoney(strings.Repeat("very ", 100)+"much", "")
	assert.ErrorContains(t, err, "“very very very very very very very very…” is not an amount")
	_, err = form.ReadDate("so\non\u202e", today())
	assert.ErrorContains(t, err, "“so on” is not a date")
}
