package apollo_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
)

// TestListAccounts says that every row is compared with what was asked for.
func TestListAccounts(t *testing.T) {
	rows := recorded(t, "accounts.json")
	for _, test := range []struct {
		query apollo.AccountQuery
		body  string
		rows  int
	}{
		{apollo.AccountQuery{}, `{"page":1,"per_page":100}`, 3},
		{apollo.AccountQuery{Name: " acme "}, `{"q_organization_name":"acme","page":1,"per_page":100}`, 1},
		{apollo.AccountQuery{Name: "nobody"}, `{"q_organization_name":"nobody","page":1,"per_page":100}`, 0},
		{apollo.AccountQuery{Domain: "acme.test"}, `{"page":1,"per_page":100}`, 1},
		{apollo.AccountQuery{Name: "Acme", Domain: "globex.test"}, `{"q_organization_name":"Acme","page":1,"per_page":100}`, 0},
	} {
		c := client(func(r apollo.Request) (apollo.Response, error) {
			assert.Equal(t, test.body, string(r.Body))
			return response(200, rows), nil
		})
		for page, err := range c.ListAccounts(test.query).Pages(context.Background()) {
			require.NoError(t, err)
			assert.Len(t, page.Rows, test.rows, "%+v", test.query)
			assert.Equal(t, 3-test.rows, page.Foreign)
		}
	}
}

func TestAccount(t *testing.T) {
	seen, err := client(func(r apollo.Request) (apollo.Response, error) {
		assert.Equal(t, "GET /accounts/"+accountID, r.String())
		return response(200, `{"account":{"id":"`+accountID+`","name":"Acme","domain":"www.acme.test","owner_id":"`+ownerID+`","organization":{"id":1}}}`), nil
	}).Account(context.Background(), accountID)
	require.NoError(t, err)
	assert.Equal(t, crm.Account{ID: accountID, Name: "Acme", Domain: "acme.test", OwnerID: ownerID}, seen)
}

func TestUpdateAccount(t *testing.T) {
	base := crm.Account{ID: accountID, Name: "Acme", Domain: "acme.test", OwnerID: ownerID}
	for _, test := range []struct {
		name        string
		want        crm.Account
		sent        string
		stored      string
		differences []crm.Difference
	}{
		{"name", crm.Account{Name: "Acme Inc", Domain: "acme.test", OwnerID: ownerID}, `{"name":"Acme Inc"}`, `"name":"Acme Inc"`, nil},
		{"all", crm.Account{Name: "A", Domain: "a.test", OwnerID: dealID}, `{"name":"A","domain":"a.test","owner_id":"` + dealID + `"}`,
			`"name":"A","domain":"a.test","owner_id":"` + dealID + `"`, nil},
		{"owner cleared", crm.Account{Name: "Acme", Domain: "acme.test"}, `{"owner_id":null}`, `"owner_id":null`, nil},
		{"owner ignored", crm.Account{Name: "Acme", Domain: "acme.test"}, `{"owner_id":null}`, `"owner_id":"` + ownerID + `"`,
			[]crm.Difference{{Field: crm.FieldOwner, Stored: ownerID}}},
		{"domain ignored", crm.Account{Name: "Acme", Domain: "b.test", OwnerID: ownerID}, `{"domain":"b.test"}`, `"domain":"acme.test"`,
			[]crm.Difference{{Field: apollo.FieldDomain, Sent: "b.test", Stored: "acme.test"}}},
		{"name cut", crm.Account{Name: "Acme Inc", Domain: "acme.test", OwnerID: ownerID}, `{"name":"Acme Inc"}`, `"name":"Acme"`,
			[]crm.Difference{{Field: crm.FieldName, Sent: "Acme Inc", Stored: "Acme"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			changed, differences, err := client(func(r apollo.Request) (apollo.Response, error) {
				assert.Equal(t, "PATCH /accounts/"+accountID, r.String())
				assert.Equal(t, test.sent, string(r.Body))
				return response(200, `{"account":{"id":"`+accountID+`",`+test.stored+`},"labels":[]}`), nil
			}).UpdateAccount(context.Background(), base, test.want)
			require.NoError(t, err)
			assert.Equal(t, crm.AccountID(accountID), changed.ID)
			assert.Equal(t, test.differences, differences)
		})
	}
}

func TestListUsers(t *testing.T) {
	c := client(func(r apollo.Request) (apollo.Response, error) {
		assert.Equal(t, apollo.DefaultBase+"/users/search?page=1&per_page=100", r.URL())
		return response(200, `{"pagination":{"page":"1","per_page":"3","total_entries":3,"total_pages":1},"users":[
			{"id":"`+ownerID+`","name":"Zoe"},{"id":"`+dealID+`","name":"Gone","deleted":true},{"id":"`+stageID+`","email":"a@example.com"}]}`), nil
	})
	var names []string
	for user, err := range c.ListUsers().Rows(context.Background()) {
		require.NoError(t, err)
		names = append(names, user.Name)
	}
	assert.Equal(t, []string{"Zoe", "a@example.com"}, names)
}
