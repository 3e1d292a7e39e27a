package apollo_test

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
)

func ExampleClient_ListOpportunities() {
	c := client(func(r apollo.Request) (apollo.Response, error) {
		fmt.Println(r, string(r.Body))
		return response(200, `{"opportunities":[
			{"id":"6a0af577b66c2c00105158c9","name":"Acme renewal","amount":12500.0,"account_id":"6a0af1f0c9f63c0018aed306"},
			{"id":"6a0af21285c69e000cc28695","name":"Globex pilot","account_id":null}],
			"pagination":{"page":1,"per_page":100,"total_entries":2,"total_pages":1}}`), nil
	})
	// Apollo ignored the account; the list does not.
	for o, err := range c.ListOpportunities(apollo.OpportunityFilter{AccountID: "6a0af1f0c9f63c0018aed306"}).Rows(context.Background()) {
		fmt.Println(o.Name, o.Amount, err)
	}
	// Output:
	// POST /opportunities/search {"page":1,"per_page":100,"account_id":"6a0af1f0c9f63c0018aed306"}
	// Acme renewal 12,500 <nil>
}

// A list that the rate limits end early goes on later, also in another process:
// its cursor is plain numbers.
func ExampleList() {
	b := &book{rows: 250, perPage: 100, pages: -1, header: left(10, 200, 600)}
	ctx, list, count := context.Background(), b.list(), 0
	for _, err := range list.Rows(ctx) {
		if errors.Is(err, apollo.ErrBudget) {
			fmt.Println(count, "rows;", err)
			break
		}
		count++
	}
	stored := list.Cursor()
	fmt.Println("page", stored.Page, "of a list of", stored.Total)

	b.header = left(50, 200, 600)
	for range b.list().From(stored).Rows(ctx) {
		count++
	}
	fmt.Println(count, "rows")
	// Output:
	// 100 rows; opportunity.search: The rest of Apollo's requests is kept for saving. It goes on in 1m0s. (the rest of the requests is kept for saving)
	// page 2 of a list of 250
	// 250 rows
}

func ExampleClient_Record() {
	c := client(answer(200, `{"opportunity":{"id":"6a0af577b66c2c00105158c9","name":"Acme renewal","opportunity_stage_id":"6095a710bd01d100a506d4bd",
		"stage_name":null,"deal_probability":10,"forecasted_revenue":1250.05,"typed_custom_fields":{"5c10000000000000000000a1":["5c14000000000000000000b1"]}}}`))
	record, err := c.Record(context.Background(), "6a0af577b66c2c00105158c9")
	record.NameStage([]crm.Stage{{ID: "6095a710bd01d100a506d4bd", Name: "Qualify"}})
	fmt.Println(record.Name, record.StageName, record.Probability, record.ForecastedRevenue, err)
	fmt.Println(record.CustomFields["5c10000000000000000000a1"].Texts())
	// Output:
	// Acme renewal Qualify 10 1250.05 <nil>
	// [5c14000000000000000000b1]
}

func ExampleClient_ListContactsOf() {
	c := client(answer(200, `{"contacts":[
		{"id":"66e3726977d36c03f2c30afc","name":"Walt Whitman","title":"Writer","account_id":"6a0af1f0c9f63c0018aed306"},
		{"id":"66e3726977d36c03f2c30afd","name":"Emily Acme","account_id":null}]}`))
	for contact, err := range c.ListContactsOf(crm.Account{ID: "6a0af1f0c9f63c0018aed306", Name: "Acme"}).Rows(context.Background()) {
		fmt.Println(contact.Name, contact.Title, err)
	}
	// Output: Walt Whitman Writer <nil>
}

func ExampleClient_OpportunitiesOfContact() {
	c := client(answer(200, `{"opportunities":[{"id":"6a0af577b66c2c00105158c9","name":"Acme renewal","opportunity_contact_roles":[
		{"id":"66e3726977d36c03f2c30afc","role":"Decision Maker","contact":{"id":"66e3726977d36c03f2c30afc","name":"Walt Whitman"}}]}]}`))
	opportunities, err := c.OpportunitiesOfContact(context.Background(), "66e3726977d36c03f2c30afc")
	fmt.Println(opportunities[0].Name, opportunities[0].Roles[0], err)
	// Output: Acme renewal Decision Maker <nil>
}

func ExampleClient_SetRoles() {
	c := client(func(r apollo.Request) (apollo.Response, error) {
		fmt.Println(strings.TrimSpace(r.String() + " " + string(r.Body)))
		// Apollo answers 200 and stores nothing.
		return response(200, `{"opportunity":{"id":"6a0af577b66c2c00105158c9","opportunity_contact_roles":[]}}`), nil
	})
	_, differences, err := c.SetRoles(context.Background(), "6a0af577b66c2c00105158c9", []apollo.Role{{ContactID: "66e3726977d36c03f2c30afc", Primary: true}})
	fmt.Println(differences[0].ContactID, differences[0].Stored == nil, err)
	// Output:
	// POST /opportunities/update_roles {"opportunity_id":"6a0af577b66c2c00105158c9","roles":[{"contact_id":"66e3726977d36c03f2c30afc","is_primary":true,"role":[]}]}
	// GET /opportunities/6a0af577b66c2c00105158c9
	// 66e3726977d36c03f2c30afc true <nil>
}

func ExampleClient_RoleTypes() {
	c := client(answer(200, `{"opportunity_contact_role_types":[{"id":"64a7ff0cc4dfae00013df1b0","name":"Decision Maker"}]}`))
	fmt.Println(c.RoleTypes(context.Background()))
	// Output: [{64a7ff0cc4dfae00013df1b0 Decision Maker false}] <nil>
}

func ExampleClient_ListAccounts() {
	c := client(func(r apollo.Request) (apollo.Response, error) {
		fmt.Println(r, string(r.Body))
		return response(200, `{"accounts":[{"id":"6a0af1f0c9f63c0018aed306","name":"Acme","domain":"acme.test"},
			{"id":"6a0af1f0c9f63c0018aed307","name":"Acme","domain":"acme.example"}]}`), nil
	})
	for account, err := range c.ListAccounts(apollo.AccountQuery{Name: "acme", Domain: "acme.test"}).Rows(context.Background()) {
		fmt.Println(account.ID, err)
	}
	// Output:
	// POST /accounts/search {"q_organization_name":"acme","page":1,"per_page":100}
	// 6a0af1f0c9f63c0018aed306 <nil>
}

func ExampleClient_UpdateAccount() {
	c := client(func(r apollo.Request) (apollo.Response, error) {
		fmt.Println(r, string(r.Body))
		return response(200, `{"account":{"id":"6a0af1f0c9f63c0018aed306","name":"Acme","domain":"acme.test"},"labels":[]}`), nil
	})
	base := crm.Account{ID: "6a0af1f0c9f63c0018aed306", Name: "Acme", Domain: "acme.test"}
	want := base
	want.Domain = "acme.example"
	_, differences, err := c.UpdateAccount(context.Background(), base, want)
	fmt.Println(differences, err)
	// Output:
	// PATCH /accounts/6a0af1f0c9f63c0018aed306 {"domain":"acme.example"}
	// [{domain acme.example acme.test}] <nil>
}

func ExampleClient_Pipelines() {
	c := client(answer(200, `{"opportunity_pipelines":[{"id":"654b989fcb2a5200010a90db","title":"Sales","default_pipeline":true,"display_order":1}]}`))
	fmt.Println(c.Pipelines(context.Background()))
	// Output: [{654b989fcb2a5200010a90db Sales true 1}] <nil>
}

func ExampleClient_Fields() {
	c := client(answer(200, `{"fields":[{"id":"opportunity.694095a80f1b6000110fc556","label":"Region","modality":"opportunity","source":"custom","type":"string"}]}`))
	fields, err := c.Fields(context.Background(), "custom")
	fmt.Println(fields[0].ID, fields[0].Label, fields[0].Type, err)
	// Output: 694095a80f1b6000110fc556 Region string <nil>
}

func ExampleClient_CustomFields() {
	c := client(answer(200, `{"typed_custom_fields":[{"id":"617ff4041e711500a401c25e","modality":"opportunity","name":"Lead source","type":"picklist",
		"picklist_values":[{"id":"617ff4041e711500a401c25f","name":"Fair"}]}]}`))
	fields, err := c.CustomFields(context.Background())
	fmt.Println(fields[0].Label, fields[0].Options, err)
	// Output: Lead source [{617ff4041e711500a401c25f Fair}] <nil>
}

func ExampleClient_Usage() {
	c := client(answer(200, `{"[\"api/v1/contacts\", \"search\"]":{"day":{"limit":6000,"consumed":500,"left_over":5500}}}`))
	usage, err := c.Usage(context.Background())
	fmt.Println(usage[0].Endpoint, usage[0].Action, usage[0].Day.Left, err)
	// Output: api/v1/contacts search 5500 <nil>
}
