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

func TestContacts(t *testing.T) {
	ctx := context.Background()
	c := client(func(r apollo.Request) (apollo.Response, error) {
		assert.Equal(t, "POST /contacts/search", r.String())
		assert.Equal(t, `{"q_keywords":"Acme","page":1,"per_page":100}`, string(r.Body))
		return response(200, `{"contacts":[
			{"id":"`+contactID+`","name":"Walt Whitman","first_name":"W","title":"Associate Writer","email":"w@acme.test","account_id":"`+accountID+`"},
			{"id":"66e3726977d36c03f2c30afd","name":null,"first_name":"Emily","last_name":null,"email":null,"account_id":null},
			{"id":"bad"}]}`), nil
	})
	walt := crm.Contact{ID: contactID, Name: "Walt Whitman", Title: "Associate Writer", Email: "w@acme.test", AccountID: accountID}
	emily := crm.Contact{ID: "66e3726977d36c03f2c30afd", Name: "Emily"}
	for page, err := range c.ListContacts(" Acme ").Pages(ctx) {
		if err == nil {
			assert.Equal(t, []crm.Contact{walt, emily}, page.Rows)
			assert.Equal(t, 1, page.Skipped)
		} else {
			assert.ErrorIs(t, err, apollo.ErrPartial, "a contact was not readable")
		}
	}
	for page, err := range c.ListContactsOf(crm.Account{ID: accountID, Name: "Acme"}).Pages(ctx) {
		if err == nil {
			assert.Equal(t, []crm.Contact{walt}, page.Rows, "those of other accounts are left out")
			assert.Equal(t, 1, page.Foreign)
		}
	}
	one, err := client(answer(200, `{"contact":{"id":"`+contactID+`","name":" ","first_name":"Walt","last_name":"Whitman"}}`)).Contact(ctx, contactID)
	require.NoError(t, err)
	assert.Equal(t, crm.Contact{ID: contactID, Name: "Walt Whitman"}, one)
}

func TestOpportunitiesOfContact(t *testing.T) {
	for body, want := range map[string]int{
		`{"opportunities":[` + recorded(t, "record.json") + `]}`: 1, `{"opportunities":[]}`: 0, `{"opportunities":null}`: 0,
	} {
		list, err := client(func(r apollo.Request) (apollo.Response, error) {
			assert.Equal(t, "POST /contacts/"+contactID+"/opportunities", r.String())
			assert.Equal(t, "{}", string(r.Body))
			return response(200, body), nil
		}).OpportunitiesOfContact(context.Background(), contactID)
		require.NoError(t, err)
		require.Len(t, list, want)
		for _, o := range list {
			assert.Len(t, o.Roles, 2)
		}
	}
}

func TestRoleTypes(t *testing.T) {
	types, err := client(func(r apollo.Request) (apollo.Response, error) {
		assert.Equal(t, "POST /opportunity_contact_role_types/search {}", r.String()+" "+string(r.Body))
		return response(200, `{"opportunity_contact_role_types":[{"id":"`+decider+`","name":"Decision Maker","team_id":"x","display_order":1.0},{"name":"no id"}]}`), nil
	}).RoleTypes(context.Background())
	require.NoError(t, err)
	assert.Equal(t, []apollo.RoleType{{ID: decider, Name: "Decision Maker"}}, types)
}

const (
	decider = "64a7ff0cc4dfae00013df1b0"
	other   = "64a7ff0cc4dfae00013df1b1"
	second  = "66e3726977d36c03f2c30afd"
)

// live and documented are a stored role in Apollo's two shapes.
func live(contact string, primary bool, types ...string) string {
	for i, kind := range types {
		types[i] = `{"opportunity_contact_role_type_id":"` + kind + `","is_primary":` + map[bool]string{true: "true", false: "false"}[primary] + `}`
	}
	return `{"id":"` + dealID + `","contact_id":"` + contact + `","is_primary":` + map[bool]string{true: "true", false: "false"}[primary] + `,"role":[` + strings.Join(types, ",") + `]}`
}

func documented(contact, kind string) string {
	return `{"id":"` + contact + `","role":"` + kind + `","contact":{"id":"` + contact + `","name":"Walt Whitman"}}`
}

// TestSetRoles says what is reported of each thing that Apollo may have stored.
func TestSetRoles(t *testing.T) {
	sent := []apollo.Role{
		{ContactID: contactID, Primary: true, Types: []apollo.RoleType{{ID: decider, Name: "Decision Maker", Primary: true}}},
		{ContactID: second, Types: []apollo.RoleType{{ID: other, Name: "Evaluator"}}},
	}
	for _, test := range []struct {
		name, stored string
		differs      []string // the last digit of the contact, and what is stored
	}{
		{"as sent", live(contactID, true, decider) + "," + live(second, false, other), nil},
		{"in another order", live(second, false, other) + "," + live(contactID, true, decider), nil},
		{"as sent, in the documented shape", documented(contactID, "Decision Maker") + "," + documented(second, "Evaluator"), nil},
		{"nothing stored", "", []string{"c: ", "d: "}},
		{"one missing", live(contactID, true, decider), []string{"d: "}},
		{"one too many", live(contactID, true, decider) + "," + live(second, false, other) + "," + live(ownerID, false), []string{"f: "}},
		{"nobody primary", live(contactID, false, decider) + "," + live(second, false, other), []string{"c: " + decider}},
		{"another type", live(contactID, true, other) + "," + live(second, false, other), []string{"c: primary, " + other}},
		{"a type more", live(contactID, true, decider, other) + "," + live(second, false, other), []string{"c: primary, " + decider + ", " + other}},
		{"another main contact", strings.Replace(live(contactID, true, decider), "true", "false", 1) + "," + live(second, false, other), []string{"c: " + decider}},
		{"another main type", strings.Replace(live(contactID, true, decider), `"is_primary":true}]`, `"is_primary":false}]`, 1) + "," + live(second, false, other), []string{"c: primary, " + decider}},
		{"another type by name", documented(contactID, "Champion") + "," + documented(second, "Evaluator"), []string{"c: Champion"}},
		{"no type by name", documented(contactID, "") + "," + documented(second, "Evaluator"), []string{"c: "}},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, lost := range []bool{false, true} {
				var asked []string
				stored, differences, err := client(func(r apollo.Request) (apollo.Response, error) {
					asked = append(asked, r.String())
					if r.Method == "GET" {
						return response(200, `{"opportunity":{"id":"`+dealID+`","opportunity_contact_roles":[`+test.stored+`]}}`), nil
					}
					assert.Equal(t, `{"opportunity_id":"`+dealID+`","roles":[`+
						`{"contact_id":"`+contactID+`","is_primary":true,"role":[{"opportunity_contact_role_type_id":"`+decider+`","is_primary":true}]},`+
						`{"contact_id":"`+second+`","is_primary":false,"role":[{"opportunity_contact_role_type_id":"`+other+`","is_primary":false}]}]}`, string(r.Body))
					if lost {
						return response(502, ""), nil
					}
					return response(200, ""), nil // whatever it says
				}).SetRoles(context.Background(), dealID, sent)
				assert.Equal(t, []string{"POST /opportunities/update_roles", "GET /opportunities/" + dealID}, asked)
				var differs []string
				for _, d := range differences {
					text := ""
					if d.Stored != nil {
						text = d.Stored.String()
					}
					differs = append(differs, string(d.ContactID[23:])+": "+text)
				}
				assert.Equal(t, test.differs, differs)
				assert.Len(t, stored, strings.Count(test.stored, `"id":"`)-strings.Count(test.stored, `"contact":{"id"`))
				if lost && len(test.differs) > 0 {
					assert.Equal(t, crm.Uncertain, crm.KindOf(err))
				} else {
					assert.NoError(t, err)
				}
			}
		})
	}
	t.Run("refused", func(t *testing.T) {
		asked := 0
		_, _, err := client(func(apollo.Request) (apollo.Response, error) {
			asked++
			return response(422, `{"error":"undefined method 'map' for nil"}`), nil
		}).SetRoles(context.Background(), dealID, sent)
		assert.Equal(t, crm.Invalid, crm.KindOf(err))
		assert.Equal(t, 1, asked)
	})
	t.Run("all taken away", func(t *testing.T) {
		_, differences, err := client(func(r apollo.Request) (apollo.Response, error) {
			if r.Method == "POST" {
				assert.Equal(t, `{"opportunity_id":"`+dealID+`","roles":[]}`, string(r.Body))
			}
			return response(200, `{"opportunity":{"id":"`+dealID+`","opportunity_contact_roles":[]}}`), nil
		}).SetRoles(context.Background(), dealID, nil)
		assert.NoError(t, err)
		assert.Empty(t, differences)
	})
}
