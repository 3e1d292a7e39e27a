//go:build !js

package team_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/gateway"
)

// What was saved for Apollo itself may meet a gateway later: custom fields must
// not get lost without a word.
func TestCustomFieldsAreRefused(t *testing.T) {
	w := newWorld(t, gateway.ScopeWrite)
	field := crm.CustomField(crm.CustomText, "5c10000000000000000000a1")
	want := values(t, "With a purchase order", "1")
	want.SetText(field, "PO-1")
	_, _, err := w.CreateOpportunity(t.Context(), want, newID())
	assert.Equal(t, crm.Invalid, crm.KindOf(err))
	assert.Equal(t, field, crm.AsError(err).Field)
	_, _, err = w.UpdateOpportunity(entry(newID()), crm.Update{ID: "64f0a1b2c3d4e5f600000001", Fields: []crm.Field{field}, Want: want})
	assert.Equal(t, crm.Invalid, crm.KindOf(err))
	assert.Zero(t, w.made("opportunity.create"))
}
