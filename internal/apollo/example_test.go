package apollo_test

import (
	"context"
	"fmt"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
)

func ExampleClient_CreateOpportunity() {
	c := client(func(r apollo.Request) (apollo.Response, error) {
		fmt.Println(r, string(r.Body))
		// Apollo answers 200 although it left the amount blank.
		return response(200, `{"opportunity":{"id":"6a0af577b66c2c00105158c9","name":"Acme renewal","amount":null,
			"account_id":"6a0af1f0c9f63c0018aed306","closed_date":"2026-06-30T00:00:00.000+00:00"}}`), nil
	})
	amount, _ := crm.ParseMoney("12500.50")
	closeDate, _ := crm.ParseDate("2026-06-30")
	made, differences, err := c.CreateOpportunity(context.Background(), crm.Values{
		Name: "Acme renewal", Amount: amount, CloseDate: closeDate, AccountID: "6a0af1f0c9f63c0018aed306",
	})
	fmt.Println(made.ID, err)
	for _, d := range differences {
		fmt.Printf("%s: sent %q, stored %q\n", d.Field.Label(), d.Sent, d.Stored)
	}
	// Output:
	// POST /opportunities {"name":"Acme renewal","amount":"12500.5","closed_date":"2026-06-30","account_id":"6a0af1f0c9f63c0018aed306"}
	// 6a0af577b66c2c00105158c9 <nil>
	// amount: sent "12500.5", stored ""
}

func ExampleClient_UpdateOpportunity() {
	c := client(func(r apollo.Request) (apollo.Response, error) {
		fmt.Println(r, string(r.Body))
		return response(200, `{"opportunity":{"id":"6a0af577b66c2c00105158c9","name":"Acme renewal","amount":20000.0}}`), nil
	})
	amount, _ := crm.ParseMoney("20000")
	changed, differences, err := c.UpdateOpportunity(context.Background(), crm.Update{
		ID:     "6a0af577b66c2c00105158c9",
		Fields: []crm.Field{crm.FieldAmount, crm.FieldOwner},
		Want:   crm.Values{Amount: amount}, // the owner is cleared
	})
	fmt.Println(changed.Amount, len(differences), err)
	// Output:
	// PATCH /opportunities/6a0af577b66c2c00105158c9 {"amount":"20000","owner_id":null}
	// 20,000 0 <nil>
}

func ExampleClient_Opportunity() {
	c := client(func(r apollo.Request) (apollo.Response, error) {
		fmt.Println(r)
		return response(404, `{"status":404,"error":"Not Found"}`), nil
	})
	_, err := c.Opportunity(context.Background(), "6a0af577b66c2c00105158c9")
	fmt.Println(crm.KindOf(err))
	fmt.Println(err)
	// Output:
	// GET /opportunities/6a0af577b66c2c00105158c9
	// not_found
	// opportunity.view: Apollo has no such opportunity any more. Load the list again. (status 404, record not found)
}

func ExampleClient_OpportunityPage() {
	c := client(func(r apollo.Request) (apollo.Response, error) {
		fmt.Println(r, string(r.Body))
		// The hint was ignored: the second row is of another account.
		return response(200, `{"opportunities":[
			{"id":"6a0af577b66c2c00105158c9","name":"Acme renewal","account_id":"6a0af1f0c9f63c0018aed306"},
			{"id":"6a0af21285c69e000cc28695","name":"Globex pilot","account_id":null}],
			"pagination":{"page":1,"per_page":100,"total_entries":2,"total_pages":1}}`), nil
	})
	page, err := c.OpportunityPage(context.Background(), apollo.OpportunityQuery{AccountID: "6a0af1f0c9f63c0018aed306"})
	fmt.Println(len(page.Opportunities), "of", page.Total, "ignored:", page.Ignored, err)
	// Output:
	// POST /opportunities/search {"page":1,"per_page":100,"account_id":"6a0af1f0c9f63c0018aed306"}
	// 2 of 2 ignored: true <nil>
}

func ExampleClient_Stages() {
	c := client(answer(200, `{"opportunity_stages":[
		{"id":"660abf69d8358b01ae3c214e","name":"Closed Won","display_order":4,"is_closed":true,"is_won":true,"probability":100},
		{"id":"6095a710bd01d100a506d4bd","name":"Qualify","display_order":0,"is_closed":false,"is_won":false,"probability":10}]}`))
	stages, err := c.Stages(context.Background())
	for _, s := range stages {
		fmt.Println(s.Name, s.Probability, s.Closed)
	}
	fmt.Println(err)
	// Output:
	// Qualify 10 false
	// Closed Won 100 true
	// <nil>
}

func ExampleClient_Users() {
	c := client(func(r apollo.Request) (apollo.Response, error) {
		fmt.Println(r.Method, r.URL())
		return response(200, `{"pagination":{"page":"1","per_page":"100","total_entries":2,"total_pages":1},"users":[
			{"id":"6a0aeb6e5e8f8e000c5e9ebd","name":"Test User","email":"user@example.com","deleted":false},
			{"id":"6a0aeb6e5e8f8e000c5e9ebe","name":"Gone User","deleted":true}]}`), nil
	})
	users, err := c.Users(context.Background())
	fmt.Println(users, err)
	// Output:
	// GET https://api.apollo.io/api/v1/users/search?page=1&per_page=100
	// [{6a0aeb6e5e8f8e000c5e9ebd Test User user@example.com}] <nil>
}

func ExampleClient_Profile() {
	c := client(answer(200, `{"id":"66c8db577ed7f201b25c0eef","first_name":"John","last_name":"Doe","email":"john.doe@example.com"}`))
	fmt.Println(c.Profile(context.Background()))
	// Output: {66c8db577ed7f201b25c0eef John Doe john.doe@example.com} <nil>
}

func ExampleClient_Health() {
	// A wrong key is answered 200.
	c := client(answer(200, `{"healthy":true,"is_logged_in":false}`))
	fmt.Println(c.Health(context.Background()))
	// Output: auth.health: Apollo does not accept the API key. Check it in Dealmark's settings.
}

func ExampleClient_AccountsNamed() {
	c := client(func(r apollo.Request) (apollo.Response, error) {
		fmt.Println(r, string(r.Body))
		return response(200, `{"accounts":[{"id":"6a0af1f0c9f63c0018aed306","name":"Acme","domain":"www.Acme.test"}]}`), nil
	})
	fmt.Println(c.AccountsNamed(context.Background(), "acme"))
	// Output:
	// POST /accounts/search {"q_organization_name":"acme","page":1,"per_page":100}
	// [{6a0af1f0c9f63c0018aed306 Acme acme.test }] <nil>
}

func ExampleClient_FindOrCreateAccount() {
	c := client(func(r apollo.Request) (apollo.Response, error) {
		fmt.Println(r, string(r.Body))
		return response(200, `{"created_accounts":[],"existing_accounts":[{"id":"6a0af1f0c9f63c0018aed306","name":"ACME Inc","domain":"acme.test"}]}`), nil
	})
	fmt.Println(c.FindOrCreateAccount(context.Background(), crm.NewAccount{Name: "Acme", Domain: "acme.test"}))
	// Output:
	// POST /accounts/bulk_create {"accounts":[{"name":"Acme","domain":"acme.test"}],"run_dedupe":true}
	// {6a0af1f0c9f63c0018aed306 ACME Inc acme.test } <nil>
}

func ExampleOpportunityURL() {
	fmt.Println(apollo.OpportunityURL("6a0af577b66c2c00105158c9"))
	// Output: https://app.apollo.io/#/opportunities/6a0af577b66c2c00105158c9
}
