package apollo_test

import (
	"context"
	"embed"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
)

//go:embed testdata
var testdata embed.FS

func recorded(t testing.TB, name string) string {
	t.Helper()
	document, err := testdata.ReadFile("testdata/" + name)
	require.NoError(t, err)
	return string(document)
}

func money(t testing.TB, text, currency string) crm.Money {
	t.Helper()
	m, ok := crm.ParseMoney(text)
	require.True(t, ok, text)
	m.Currency = currency
	return m
}

func date(t testing.TB, text string) crm.Date {
	t.Helper()
	d, ok := crm.ParseDate(text)
	require.True(t, ok, text)
	return d
}

func at(t testing.TB, text string) time.Time {
	t.Helper()
	stamp, err := time.Parse(time.RFC3339Nano, text)
	require.NoError(t, err)
	return stamp
}

// TestRecordedSearch decodes both dialects whole.
func TestRecordedSearch(t *testing.T) {
	t.Run("2026", func(t *testing.T) {
		page, err := client(answer(200, recorded(t, "search-2026.json"))).OpportunityPage(context.Background(), apollo.OpportunityQuery{})
		require.NoError(t, err)
		assert.Equal(t, apollo.OpportunityPage{
			Opportunities: []crm.Opportunity{
				{
					ID:        "6a0af577b66c2c00105158c9",
					Values:    crm.Values{Name: "Test Opportunity from Acme", AccountID: "6a0af1f0c9f63c0018aed306"},
					CreatedAt: at(t, "2026-05-18T11:18:15.455Z"), LastActivityAt: at(t, "2026-05-18T11:18:15.455Z"),
				},
				{
					ID:        "6a0af24809fce4001cbd343a",
					Values:    crm.Values{Name: "Delete Me Deal B", Amount: money(t, "3000", "USD"), CloseDate: date(t, "2026-06-15")},
					CreatedAt: at(t, "2026-05-18T11:04:40.371Z"), LastActivityAt: at(t, "2026-05-18T11:04:40.371Z"),
				},
				{
					ID:        "6a0af230e1fca200101291d9",
					Values:    crm.Values{Name: "Delete Me Deal A", Amount: money(t, "5000", "USD"), CloseDate: date(t, "2026-06-01")},
					CreatedAt: at(t, "2026-05-18T11:04:16.357Z"), LastActivityAt: at(t, "2026-05-18T11:04:16.357Z"),
				},
			},
			Accounts: []crm.Account{{ID: "6a0af1f0c9f63c0018aed306", Name: "Acme Test Corp", Domain: "acme.test", OwnerID: "6a0aeb6e5e8f8e000c5e9ebd"}},
			Page:     1, PerPage: 25, Total: 6, Pages: 1,
		}, page)
	})
	t.Run("documented", func(t *testing.T) {
		page, err := client(answer(200, recorded(t, "search-documented.json"))).OpportunityPage(context.Background(), apollo.OpportunityQuery{})
		require.NoError(t, err)
		require.Len(t, page.Opportunities, 2)
		assert.Equal(t, crm.Opportunity{
			ID: "66e09ea8e3cfcf01b2208ec7",
			Values: crm.Values{
				Name: "Ridiculously Massive Space Deal", Amount: money(t, "9999999999", "USD"), StageID: "66bb94fbc1695c00017fba5f",
				CloseDate: date(t, "2026-10-15"), OwnerID: "66302798d03b9601c7934ebf", AccountID: "60afffecbff6de00a4b82be7",
			},
			CreatedAt: at(t, "2024-09-10T19:31:52.436Z"), LastActivityAt: at(t, "2024-09-10T21:50:18.113Z"),
		}, page.Opportunities[0])
		assert.Equal(t, []crm.Account{
			{ID: "60afffecbff6de00a4b82be7", Name: "Orbit Agency", Domain: "orbit.test"},
			{ID: "6598a1ff9998b100011e62e8", Name: "Harbour Works", Domain: "harbour.test"},
		}, page.Accounts)
	})
}

func TestRecordedStages(t *testing.T) {
	stages, err := client(answer(200, recorded(t, "stages.json"))).Stages(context.Background())
	require.NoError(t, err)
	var names []string
	for _, s := range stages {
		names = append(names, s.Name)
	}
	assert.Equal(t, []string{"Qualify", "Meet & Present", "Propose", "Negotiate", "Closed Won", "Closed Lost"}, names)
	assert.Equal(t, crm.Stage{ID: "660abf69d8358b01ae3c214e", Name: "Closed Won", Order: 4, Probability: 100, Closed: true, Won: true, PipelineID: stages[4].PipelineID}, stages[4])
	assert.True(t, stages[5].Closed)
	assert.False(t, stages[5].Won)
}

func TestStagesOfTheSeedEra(t *testing.T) {
	stages, err := client(answer(200, `{"opportunity_stages":[null,7,{"name":"without id"},
		{"id":"`+stageID+`","name":"Proposal","display_order":3.0,"probability":90.0,"is_closed":null,"is_won":null}]}`)).Stages(context.Background())
	require.NoError(t, err)
	assert.Equal(t, []crm.Stage{{ID: stageID, Name: "Proposal", Order: 3, Probability: 90}}, stages)
}

func TestRecordedUsers(t *testing.T) {
	users, err := client(answer(200, recorded(t, "users.json"))).Users(context.Background())
	require.NoError(t, err)
	assert.Equal(t, []crm.User{{ID: "6a0aeb6e5e8f8e000c5e9ebd", Name: "Test User", Email: "user@example.com"}}, users)
}

func TestUserNames(t *testing.T) {
	users, err := client(answer(200, `{"users":[
		{"id":"000000000000000000000001","name":" ","first_name":"Zoe","last_name":null,"email":"zoe@example.com"},
		{"id":"000000000000000000000002","email":"anita@example.com"},
		{"id":"000000000000000000000003","name":"Bob","deleted":null},
		{"id":"000000000000000000000003","name":"Bob again"},
		{"id":"bad","name":"No id"}, "nobody"],"pagination":null}`)).Users(context.Background())
	require.NoError(t, err)
	var names []string
	for _, u := range users {
		names = append(names, u.Name)
	}
	assert.Equal(t, []string{"anita@example.com", "Bob", "Zoe"}, names)
}

// TestUserPages counts how many pages are read, whatever Apollo says of them.
func TestUserPages(t *testing.T) {
	user := func(n int) string {
		return `{"id":"` + strings.Repeat("0", 20) + strconv.Itoa(1000+n) + `","name":"u"}`
	}
	full := func(page int) string {
		list := make([]string, apollo.MaxPerPage)
		for i := range list {
			list[i] = user(page*apollo.MaxPerPage + i)
		}
		return strings.Join(list, ",")
	}
	tests := []struct {
		name         string
		body         func(page int) string
		pages, users int
	}{
		{"strings", func(page int) string {
			return `{"users":[` + user(page) + `],"pagination":{"page":"` + strconv.Itoa(page) + `","per_page":"1","total_entries":"3","total_pages":"3"}}`
		}, 3, 3},
		{"numbers", func(page int) string { return `{"users":[` + user(page) + `],"pagination":{"total_pages":2}}` }, 2, 2},
		{"the same page for ever", func(int) string { return `{"users":[` + user(1) + `],"pagination":{"total_pages":99}}` }, 2, 1},
		{"empty before the end", func(page int) string { return `{"users":null,"pagination":{"total_pages":99}}` }, 1, 0},
		{"no pagination, full page, then a short one", func(page int) string {
			if page == 1 {
				return `{"users":[` + full(page) + `]}`
			}
			return `{"users":[` + user(page) + `]}`
		}, 2, 101},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			asked := 0
			users, err := client(func(r apollo.Request) (apollo.Response, error) {
				asked++
				assert.Equal(t, "page", r.Query[0].Name)
				page, err := strconv.Atoi(r.Query[0].Value)
				assert.NoError(t, err)
				assert.Equal(t, asked, page)
				return response(200, test.body(page)), nil
			}).Users(context.Background())
			require.NoError(t, err)
			assert.Equal(t, test.pages, asked)
			assert.Len(t, users, test.users)
		})
	}
	t.Run("a page that fails fails the list", func(t *testing.T) {
		users, err := client(func(r apollo.Request) (apollo.Response, error) {
			if r.Query[0].Value == "2" {
				return response(500, ""), nil
			}
			return response(200, `{"users":[`+user(1)+`],"pagination":{"total_pages":3}}`), nil
		}).Users(context.Background())
		assert.Equal(t, crm.Unavailable, crm.KindOf(err))
		assert.Nil(t, users)
	})
}

func TestRecordedAccounts(t *testing.T) {
	accounts, err := client(answer(200, recorded(t, "accounts.json"))).AccountsNamed(context.Background(), "acme")
	require.NoError(t, err)
	require.Len(t, accounts, 3)
	assert.Equal(t, crm.Account{ID: "6a0af1f0c9f63c0018aed306", Name: "Acme Test Corp", Domain: "acme.test", OwnerID: "6a0aeb6e5e8f8e000c5e9ebd"}, accounts[2])
}

func TestAccountDomain(t *testing.T) {
	for object, want := range map[string]crm.Domain{
		`"domain":"acme.test"`:                                    "acme.test",
		`"domain":" WWW.Acme.Test "`:                              "acme.test",
		`"domain":"www2.acme.test"`:                               "www2.acme.test",
		`"domain":null,"primary_domain":"Acme.test"`:              "acme.test",
		`"primary_domain":"other.test","domain":"acme.test"`:      "acme.test",
		`"domain":"","primary_domain":"www.acme.test"`:            "acme.test",
		`"domain":null`:                                           "",
		`"domain":7,"primary_domain":{}`:                          "",
		`"name":null,"owner_id":0,"primary_domain":["acme.test"]`: "",
	} {
		accounts, err := client(answer(200, `{"accounts":[{"id":"`+accountID+`",`+object+`}]}`)).AccountsNamed(context.Background(), "acme")
		require.NoError(t, err, object)
		require.Len(t, accounts, 1, object)
		assert.Equal(t, want, accounts[0].Domain, object)
	}
}

// TestFindOrCreate says which of the answered accounts is given.
func TestFindOrCreate(t *testing.T) {
	account := func(id, domain string) string { return `{"id":"` + id + `","name":"Acme","domain":"` + domain + `"}` }
	for name, body := range map[string]string{
		"created":                  `{"created_accounts":[` + account(accountID, "acme.test") + `],"existing_accounts":[]}`,
		"existing":                 `{"created_accounts":[],"existing_accounts":[` + account(accountID, "www.ACME.test") + `]}`,
		"null list":                `{"created_accounts":null,"existing_accounts":[` + account(accountID, "acme.test") + `]}`,
		"another of the same name": `{"existing_accounts":[` + account(dealID, "acme.example") + `,` + account(accountID, "acme.test") + `]}`,
	} {
		t.Run(name, func(t *testing.T) {
			found, err := client(answer(200, body)).FindOrCreateAccount(context.Background(), crm.NewAccount{Name: "Acme", Domain: "acme.test"})
			require.NoError(t, err)
			assert.Equal(t, crm.Account{ID: accountID, Name: "Acme", Domain: "acme.test"}, found)
		})
	}
}

// TestOpportunityMembers says how each odd value of a member reads; the
// opportunity itself is never lost by it.
func TestOpportunityMembers(t *testing.T) {
	type o = crm.Opportunity
	v := func(v crm.Values) o { return o{Values: v} }
	tests := []struct {
		name, members string
		want          o
	}{
		{"nothing", `"x":1`, o{}},
		{"amount as integer", `"amount":30000`, v(crm.Values{Amount: money(t, "30000", "")})},
		{"amount as float", `"amount":200.0`, v(crm.Values{Amount: money(t, "200", "")})},
		{"amount as string", `"amount":"12500.50"`, v(crm.Values{Amount: money(t, "12500.5", "")})},
		{"amount with exponent", `"amount":2.5e3`, v(crm.Values{Amount: money(t, "2500", "")})},
		{"amount exact", `"amount":0.1,"exchange_rate_code":"EUR"`, v(crm.Values{Amount: money(t, "0.1", "EUR")})},
		{"amount of 18 digits", `"amount":123456789012345678`, v(crm.Values{Amount: money(t, "123456789012345678", "")})},
		{"amount zero", `"amount":0`, v(crm.Values{Amount: money(t, "0", "")})},
		{"amount negative", `"amount":-5`, v(crm.Values{Amount: money(t, "-5", "")})},
		{"amount null", `"amount":null`, o{}},
		{"amount with comma", `"amount":"1,000"`, o{}},
		{"amount too long", `"amount":1234567890123456789`, o{}},
		{"amount too fine", `"amount":0.1234567`, o{}},
		{"amount huge", `"amount":1e400`, o{}},
		{"amount as object", `"amount":{"value":5}`, o{}},
		{"amount empty", `"amount":""`, o{}},
		{"currency of the new shape", `"amount":1,"currency":{"name":"Euro","iso_code":"EUR","symbol":"€"}`, v(crm.Values{Amount: money(t, "1", "EUR")})},
		{"currency before the amount", `"currency":{"iso_code":"EUR"},"amount":1`, v(crm.Values{Amount: money(t, "1", "EUR")})},
		{"currency code wins", `"currency":{"iso_code":"EUR"},"exchange_rate_code":"USD","amount":1`, v(crm.Values{Amount: money(t, "1", "USD")})},
		{"currency code first", `"exchange_rate_code":"USD","amount":1,"currency":{"iso_code":"EUR"}`, v(crm.Values{Amount: money(t, "1", "USD")})},
		{"currency that is none", `"amount":1,"exchange_rate_code":"<b>"`, v(crm.Values{Amount: money(t, "1", "")})},
		{"no currency at all", `"amount":1,"currency":{"iso_code":"<b>"}`, v(crm.Values{Amount: money(t, "1", "")})},
		{"currency where the code is none", `"amount":1,"exchange_rate_code":"<b>","currency":{"iso_code":"EUR"}`, v(crm.Values{Amount: money(t, "1", "EUR")})},
		{"currency as text", `"amount":1,"currency":"USD"`, v(crm.Values{Amount: money(t, "1", "")})},
		{"close date", `"closed_date":"2026-10-15T00:00:00.000+00:00"`, v(crm.Values{CloseDate: date(t, "2026-10-15")})},
		{"close date of another zone", `"closed_date":"2026-10-15T23:00:00.000-08:00"`, v(crm.Values{CloseDate: date(t, "2026-10-15")})},
		{"close date only", `"closed_date":"2026-10-15"`, v(crm.Values{CloseDate: date(t, "2026-10-15")})},
		{"close date that is none", `"closed_date":"2026-02-30"`, o{}},
		{"close date as number", `"closed_date":1760486400`, o{}},
		{"created, 2026", `"opportunity_created_at":"2026-05-18T11:18:15.455+00:00"`, o{CreatedAt: at(t, "2026-05-18T11:18:15.455Z")}},
		{"created, documented", `"created_at":"2024-09-10T19:31:52.436Z"`, o{CreatedAt: at(t, "2024-09-10T19:31:52.436Z")}},
		{"created, the other null", `"opportunity_created_at":"2024-09-10T19:31:52.436Z","created_at":null`, o{CreatedAt: at(t, "2024-09-10T19:31:52.436Z")}},
		{"created that is none", `"created_at":"yesterday"`, o{}},
		{"closed and won", `"is_closed":true,"is_won":true`, o{Closed: true, Won: true}},
		{"closed as text", `"is_closed":"true","is_won":1`, o{}},
		{"stage", `"opportunity_stage_id":"` + stageID + `","stage_name":"Closed Won"`, o{Values: crm.Values{StageID: stageID}, StageName: "Closed Won"}},
		{"stage that is no id", `"opportunity_stage_id":"Qualify"`, o{}},
		{"owner and account", `"owner_id":"` + ownerID + `","account_id":"` + accountID + `"`, v(crm.Values{OwnerID: ownerID, AccountID: accountID})},
		{"name as number", `"name":7`, o{}},
		{"name with escapes", `"n\u0061me":"\u00dc \"x\" \ud83d\ude00"`, v(crm.Values{Name: `Ü "x" 😀`})},
		{"twice: the last", `"name":"a","name":"b"`, v(crm.Values{Name: "b"})},
		{"custom fields of any shape", `"typed_custom_fields":{"a":[],"b":["c"],"d":{"e":[1,null,{}]}},"opportunity_contact_roles":[{"role":"Decision Maker"}]`, o{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			body := `{"opportunity":{` + test.members + `,"id":"` + dealID + `"}}`
			got, err := client(answer(200, body)).Opportunity(context.Background(), dealID)
			require.NoError(t, err)
			test.want.ID = dealID
			assert.Equal(t, test.want, got)
		})
	}
}

// TestPage says what of a search answer is given.
func TestPage(t *testing.T) {
	row := func(id, name, account string) string {
		return `{"id":"` + id + `","name":"` + name + `","account_id":` + account + `}`
	}
	const other = `"6a0af1f0c9f63c0018aed306"`
	mine := `"` + accountID + `"`
	tests := []struct {
		name  string
		query apollo.OpportunityQuery
		body  string
		want  apollo.OpportunityPage
		rows  int
	}{
		{name: "empty", body: `{"opportunities":[],"pagination":{"page":1,"per_page":100,"total_entries":0,"total_pages":0}}`,
			want: apollo.OpportunityPage{Page: 1, PerPage: 100}},
		{name: "null list", body: `{"opportunities":null}`, want: apollo.OpportunityPage{Page: 1, PerPage: 100}},
		{name: "no pagination", query: apollo.OpportunityQuery{Page: 3, PerPage: 10}, body: `{"opportunities":[]}`,
			want: apollo.OpportunityPage{Page: 3, PerPage: 10}},
		{name: "pagination in strings", body: `{"opportunities":[],"pagination":{"page":"2","per_page":"25","total_entries":"60","total_pages":"3.0"}}`,
			want: apollo.OpportunityPage{Page: 2, PerPage: 25, Total: 60, Pages: 3}},
		{name: "pagination of wrong types", body: `{"opportunities":[],"pagination":{"page":null,"per_page":[],"total_entries":-1,"total_pages":{}}}`,
			want: apollo.OpportunityPage{}},
		{name: "pagination beyond belief", body: `{"opportunities":[],"pagination":{"page":1,"per_page":1,"total_entries":99999999999999999999999}}`,
			want: apollo.OpportunityPage{Page: 1, PerPage: 1, Total: 9999999999}},
		{name: "partial", body: `{"partial_results_only":true,"opportunities":[]}`, want: apollo.OpportunityPage{Page: 1, PerPage: 100, Partial: true}},
		{name: "rows that are none", body: `{"opportunities":[null,1,"x",[],{},{"id":"x"},` + row(dealID, "a", "null") + `]}`,
			want: apollo.OpportunityPage{Page: 1, PerPage: 100, Skipped: 6}, rows: 1},
		{name: "account kept", query: apollo.OpportunityQuery{AccountID: accountID}, body: `{"opportunities":[` + row(dealID, "a", mine) + `]}`,
			want: apollo.OpportunityPage{Page: 1, PerPage: 100}, rows: 1},
		{name: "account ignored", query: apollo.OpportunityQuery{AccountID: accountID}, body: `{"opportunities":[` + row(dealID, "a", mine) + `,` + row(stageID, "b", other) + `]}`,
			want: apollo.OpportunityPage{Page: 1, PerPage: 100, Ignored: true}, rows: 2},
		{name: "row without account", query: apollo.OpportunityQuery{AccountID: accountID}, body: `{"opportunities":[` + row(dealID, "a", "null") + `]}`,
			want: apollo.OpportunityPage{Page: 1, PerPage: 100, Ignored: true}, rows: 1},
		{name: "name kept", query: apollo.OpportunityQuery{Name: " ACME "}, body: `{"opportunities":[` + row(dealID, "Acme deal", mine) + `]}`,
			want: apollo.OpportunityPage{Page: 1, PerPage: 100}, rows: 1},
		{name: "name ignored", query: apollo.OpportunityQuery{Name: "acme"}, body: `{"opportunities":[` + row(dealID, "Globex", mine) + `]}`,
			want: apollo.OpportunityPage{Page: 1, PerPage: 100, Ignored: true}, rows: 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			page, err := client(answer(200, test.body)).OpportunityPage(context.Background(), test.query)
			require.NoError(t, err)
			assert.Len(t, page.Opportunities, test.rows)
			page.Opportunities = nil
			assert.Equal(t, test.want, page)
		})
	}
}

// TestPageSize says what is asked for.
func TestPageSize(t *testing.T) {
	for query, want := range map[apollo.OpportunityQuery]string{
		{}:                                    `{"page":1,"per_page":100}`,
		{Page: -1, PerPage: 101}:              `{"page":1,"per_page":100}`,
		{Page: 7, PerPage: 25, Name: `a "b"`}: `{"page":7,"per_page":25,"q_opportunity_name":"a \"b\""}`,
	} {
		_, err := client(func(r apollo.Request) (apollo.Response, error) {
			assert.Equal(t, want, string(r.Body))
			return response(200, `{"opportunities":[]}`), nil
		}).OpportunityPage(context.Background(), query)
		assert.NoError(t, err)
	}
}

// TestOpportunitiesOf says when a list is known to be whole.
func TestOpportunitiesOf(t *testing.T) {
	const row = `{"id":"` + dealID + `","account_id":"` + accountID + `"}`
	for body, want := range map[string]bool{
		`{"opportunities":[` + row + `],"pagination":{"total_pages":1}}`:                             true,
		`{"opportunities":[],"pagination":{"total_pages":0}}`:                                        true,
		`{"opportunities":null}`:                                                                     true,
		`{"opportunities":[` + row + `],"pagination":{"total_pages":2}}`:                             false,
		`{"opportunities":[` + row + `]}`:                                                            false,
		`{"opportunities":[` + row + `,{}],"pagination":{"total_pages":1}}`:                          false,
		`{"opportunities":[` + row + `],"pagination":{"total_pages":1},"partial_results_only":true}`: false,
	} {
		_, whole, err := client(answer(200, body)).OpportunitiesOf(context.Background(), accountID)
		require.NoError(t, err, body)
		assert.Equal(t, want, whole, body)
	}
	_, whole, err := client(answer(500, "")).OpportunitiesOf(context.Background(), accountID)
	assert.Error(t, err)
	assert.False(t, whole)
}

// TestEmbeddedAccounts says that each account is given once, also where rows do
// not name it.
func TestEmbeddedAccounts(t *testing.T) {
	row := func(id, account string) string {
		return `{"id":"` + id + `","account":{"id":"` + account + `","name":"Acme","domain":"acme.test"}}`
	}
	page, err := client(answer(200, `{"opportunities":[`+row(dealID, accountID)+`,`+row(stageID, accountID)+`,`+row(ownerID, "none")+`]}`)).
		OpportunityPage(context.Background(), apollo.OpportunityQuery{})
	require.NoError(t, err)
	assert.Len(t, page.Opportunities, 3)
	assert.Equal(t, []crm.Account{{ID: accountID, Name: "Acme", Domain: "acme.test"}}, page.Accounts)
}
