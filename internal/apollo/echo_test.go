package apollo_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
)

// TestEcho says which differences between what was sent and what was stored are
// reported, for a create and for an update of every field that can change.
func TestEcho(t *testing.T) {
	sent := crm.Values{
		Name: "Acme renewal", Amount: money(t, "12500.50", "EUR"), StageID: stageID,
		CloseDate: date(t, "2026-06-30"), OwnerID: ownerID, AccountID: accountID,
	}
	stored := map[string]string{
		"name": `"Acme renewal"`, "amount": `12500.5`, "opportunity_stage_id": `"` + stageID + `"`,
		"closed_date": `"2026-06-30T00:00:00.000+00:00"`, "owner_id": `"` + ownerID + `"`, "account_id": `"` + accountID + `"`,
	}
	tests := []struct {
		name, member, value string
		want                []crm.Difference
	}{
		{name: "nothing"},
		{name: "amount as string", member: "amount", value: `"12500.50"`},
		{name: "amount as float", member: "amount", value: `12500.500000`},
		{name: "amount blanked", member: "amount", value: `null`, want: []crm.Difference{{Field: crm.FieldAmount, Sent: "12500.5", Stored: ""}}},
		{name: "amount rounded", member: "amount", value: `12500`, want: []crm.Difference{{Field: crm.FieldAmount, Sent: "12500.5", Stored: "12500"}}},
		{name: "stage ignored", member: "opportunity_stage_id", value: `null`, want: []crm.Difference{{Field: crm.FieldStage, Sent: stageID, Stored: ""}}},
		{name: "stage another", member: "opportunity_stage_id", value: `"` + dealID + `"`, want: []crm.Difference{{Field: crm.FieldStage, Sent: stageID, Stored: dealID}}},
		{name: "close date shifted", member: "closed_date", value: `"2026-06-29T22:00:00.000+00:00"`, want: []crm.Difference{{Field: crm.FieldCloseDate, Sent: "2026-06-30", Stored: "2026-06-29"}}},
		{name: "owner ignored", member: "owner_id", value: `null`, want: []crm.Difference{{Field: crm.FieldOwner, Sent: ownerID, Stored: ""}}},
		{name: "account ignored", member: "account_id", value: `null`, want: []crm.Difference{{Field: crm.FieldAccount, Sent: accountID, Stored: ""}}},
		{name: "name blanked", member: "name", value: `null`, want: []crm.Difference{{Field: crm.FieldName, Sent: "Acme renewal", Stored: ""}}},
		{name: "name tidied", member: "name", value: `" Acme  renewal"`, want: []crm.Difference{{Field: crm.FieldName, Sent: "Acme renewal", Stored: " Acme  renewal"}}},
	}
	for _, test := range tests {
		body := `{"opportunity":{"id":"` + dealID + `"`
		for member, value := range stored {
			if member == test.member {
				value = test.value
			}
			body += `,"` + member + `":` + value
		}
		c := client(answer(200, body+"}}"))

		t.Run("create: "+test.name, func(t *testing.T) {
			made, differences, err := c.CreateOpportunity(context.Background(), sent)
			require.NoError(t, err)
			assert.Equal(t, crm.OpportunityID(dealID), made.ID)
			assert.Equal(t, test.want, differences)
		})
		if test.member == "account_id" {
			continue // an update does not send it
		}
		t.Run("update: "+test.name, func(t *testing.T) {
			fields := crm.Fields()
			_, differences, err := c.UpdateOpportunity(context.Background(), crm.Update{ID: dealID, Fields: fields[:5], Want: sent})
			require.NoError(t, err)
			assert.Equal(t, test.want, differences)
		})
	}
}

// TestOnlyWhatWasSent says that a field that was not sent is never compared.
func TestOnlyWhatWasSent(t *testing.T) {
	body := `{"opportunity":{"id":"` + dealID + `","name":"Deal","amount":5,"owner_id":"` + ownerID + `"}}`
	_, differences, err := client(answer(200, body)).CreateOpportunity(context.Background(), crm.Values{Name: "Deal"})
	require.NoError(t, err)
	assert.Empty(t, differences)

	_, differences, err = client(answer(200, body)).UpdateOpportunity(context.Background(), crm.Update{
		ID: dealID, Fields: []crm.Field{crm.FieldOwner}, Base: crm.Values{OwnerID: ownerID},
	})
	require.NoError(t, err)
	assert.Equal(t, []crm.Difference{{Field: crm.FieldOwner, Sent: "", Stored: ownerID}}, differences, "a field that was to be cleared was not")
}

// TestSentBodies says what is on the wire, byte by byte.
func TestSentBodies(t *testing.T) {
	var sent apollo.Request
	c := client(func(r apollo.Request) (apollo.Response, error) {
		sent = r
		return response(200, `{"opportunity":{"id":"`+dealID+`"}}`), nil
	})
	_, _, err := c.CreateOpportunity(context.Background(), crm.Values{Name: `R&D "Größe" <1>`, Amount: money(t, "1000000", "EUR")})
	require.NoError(t, err)
	assert.Equal(t, `{"name":"R&D \"Größe\" <1>","amount":"1000000"}`, string(sent.Body))
	assert.Equal(t, "POST /opportunities", sent.String())

	_, _, err = c.UpdateOpportunity(context.Background(), crm.Update{
		ID:     dealID,
		Fields: []crm.Field{crm.FieldName, crm.FieldAmount, crm.FieldStage, crm.FieldCloseDate, crm.FieldOwner},
		Want:   crm.Values{Name: "New"},
	})
	require.NoError(t, err)
	assert.Equal(t, `{"name":"New","amount":null,"opportunity_stage_id":null,"closed_date":null,"owner_id":null}`, string(sent.Body))
	assert.Equal(t, "PATCH /opportunities/"+dealID, sent.String())
	assert.ElementsMatch(t, []apollo.Param{{"accept", "application/json"}, {"content-type", "application/json"}, {"x-api-key", canary}}, sent.Header)
	assert.Empty(t, sent.Query)
}

// TestCrossed says which name in an answer shows that it is another's.
func TestCrossed(t *testing.T) {
	long := strings.Repeat("Acme and partners ", 20)
	tests := []struct {
		name, sent, stored string
		kind               crm.Kind
	}{
		{"same", "Acme", "Acme", ""},
		{"white space tidied", " Acme  renewal ", "Acme renewal", ""},
		{"cut", long, long[:255], ""},
		{"short cut is another", "Acme renewal", "Acme", crm.Uncertain},
		{"longer is another", "Acme", "Acme renewal", crm.Uncertain},
		{"other case is another", "Acme", "ACME", crm.Uncertain},
		{"another", "Acme", "Globex", crm.Uncertain},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, _, err := client(answer(200, `{"opportunity":{"id":"`+dealID+`","name":"`+test.stored+`"}}`)).
				CreateOpportunity(context.Background(), crm.Values{Name: test.sent})
			assert.Equal(t, test.kind, crm.KindOf(err))
		})
	}
}
