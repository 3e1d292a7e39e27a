package apollo_test

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
)

func decodeRecord(t *testing.T, object string) apollo.Record {
	t.Helper()
	record, err := client(answer(200, `{"opportunity":`+object+`}`)).Record(context.Background(), dealID)
	require.NoError(t, err)
	return record
}

func TestRecord(t *testing.T) {
	assert.Equal(t, apollo.Record{
		Opportunity: crm.Opportunity{
			ID: dealID, Closed: true, Won: true, StageName: "Closed Won", CreatedAt: at(t, "2024-09-10T19:31:52.436Z"), LastActivityAt: at(t, "2024-09-12T10:00:00Z"),
			Values: crm.Values{
				Name: "Acme second site", Amount: money(t, "12500.5", "EUR"), StageID: "660abf69d8358b01ae3c214e",
				CloseDate: date(t, "2026-10-15"), OwnerID: ownerID, AccountID: accountID,
			},
		},
		TeamID: "6095a710bd01d100a506d4ac", CreatedByID: "60affe7d6e270a00f5db6fe4", PipelineID: "654b989fcb2a5200010a90db",
		Account:  &crm.Account{ID: accountID, Name: "Acme", Domain: "acme.test"},
		Currency: apollo.Currency{Code: "EUR", Name: "US Dollar", Symbol: "$"}, ExchangeRate: "1.1",
		AmountInTeamCurrency: "13750.55", ForecastedRevenue: "13750.550000000001",
		Probability: "100", CRMProbability: "95.5", ManualProbability: "90", ForecastCategory: "closed", ManualForecast: apollo.Raw("true"),
		StageUpdatedAt: at(t, "2024-09-10T19:33:40.529Z"), ActualCloseDate: date(t, "2026-10-12"),
		NextStep: "Send the contract", NextStepDate: date(t, "2026-10-20"), NextStepUpdatedAt: at(t, "2024-09-11T08:00:00Z"),
		Description: "A second site", CurrentSolutions: "Paper", DealSource: "Fair", ClosedLostReason: "Price", ClosedWonReason: "Speed",
		Source: "crm", ExistenceLevel: "full",
		SalesforceID: "0061U000XXXXXXXXXX", SalesforceOwnerID: "0051U000001FAqXQAW", CRMID: "0061U", CRMOwnerID: "0051U", CRMURL: "https://crm.example/0061U",
		CustomFields: map[apollo.FieldID]apollo.Raw{
			"5c10000000000000000000a1": apollo.Raw(`"A text"`),
			"5c10000000000000000000a2": apollo.Raw(`[]`),
			"5c10000000000000000000a3": apollo.Raw(`["5c14000000000000000000b1", "5c14000000000000000000b2"]`),
			"5c10000000000000000000a4": apollo.Raw(`12.50`),
			"5c10000000000000000000a5": apollo.Raw(`true`),
			"5c10000000000000000000a6": apollo.Raw(`{"from": "2026-01-01"}`),
		},
		Roles: []apollo.Role{
			{ContactID: "64a7ff0cc4dfae00013df1a5", ContactName: "Tim Zheng", Types: []apollo.RoleType{{Name: "Decision Maker"}}},
			{ContactID: "64a7ff0cc4dfae00013df1a6", Primary: true, Types: []apollo.RoleType{{ID: "64a7ff0cc4dfae00013df1b0", Primary: true}},
				CreatedAt: at(t, "2026-05-18T11:18:15.455Z"), UpdatedAt: at(t, "2026-05-19T11:18:15.455Z")},
		},
		RuleStatuses: []apollo.Raw{apollo.Raw(`{"status_cd": "completed"}`)},
		Contacts:     2,
	}, decodeRecord(t, recorded(t, "record.json")))
}

// TestEveryMemberOfARecordCounts takes each member away, sets it to null, and to
// a value of another type: each is seen, and none costs the record.
func TestEveryMemberOfARecordCounts(t *testing.T) {
	whole := decodeRecord(t, recorded(t, "record.json"))
	for field := range reflect.ValueOf(whole).NumField() {
		assert.False(t, reflect.ValueOf(whole).Field(field).IsZero(), reflect.TypeFor[apollo.Record]().Field(field).Name)
	}
	var members map[string]json.RawMessage
	require.NoError(t, json.Unmarshal([]byte(recorded(t, "record.json")), &members))
	require.Equal(t, 47, len(members))
	for name := range members {
		if name == "id" {
			continue
		}
		for what, value := range map[string]string{"gone": "", "null": "null", "a list": `[[1]]`, "an object": `{"x":{}}`, "true": "true", "a number": "-7", "a text": `"?"`} {
			with := maps.Clone(members)
			if with[name] = json.RawMessage(value); value == "" {
				delete(with, name)
			}
			object, err := json.Marshal(with)
			require.NoError(t, err)
			record := decodeRecord(t, string(object))
			if what == "gone" || what == "null" {
				assert.NotEqual(t, whole, record, "%s %s", name, what)
			}
		}
	}
}

func TestRecordDialects(t *testing.T) {
	for members, want := range map[string]apollo.Record{
		`"opportunity_created_at":"2026-05-18T11:18:15.455+00:00"`: {Opportunity: crm.Opportunity{CreatedAt: at(t, "2026-05-18T11:18:15.455Z")}},
		`"salesforce_record_url":"https://na85.example/0061U"`:     {CRMURL: "https://na85.example/0061U"},
		`"crm_record_url":"a","salesforce_record_url":"b"`:         {CRMURL: "a"},
		`"deal_probability":10.0,"exchange_rate_value":"1.25"`:     {Probability: "10.0", ExchangeRate: "1.25"},
		`"deal_probability":"ten","exchange_rate_value":"1e"`:      {},
		`"exchange_rate_value":"1 2","forecasted_revenue":""`:      {},
		`"currency":{"iso_code":"US$","symbol":"$"}`:               {Currency: apollo.Currency{Symbol: "$"}},
		`"exchange_rate_code":"<b>"`:                               {},
		`"currency":"USD","amount":"5"`:                            {Opportunity: crm.Opportunity{Values: crm.Values{Amount: money(t, "5", "")}}},
		`"opportunity_contact_roles":{},"num_contacts":"3"`:        {Contacts: 3},
	} {
		record := decodeRecord(t, `{"id":"`+dealID+`",`+members+`}`)
		want.ID = dealID
		assert.Equal(t, want, record, members)
	}
}

func TestRecordRefusals(t *testing.T) {
	_, err := client(nil).Record(context.Background(), "no id")
	assert.Equal(t, crm.Invalid, crm.KindOf(err))
	_, err = client(answer(200, `{"opportunity":{"id":"`+accountID+`"}}`)).Record(context.Background(), dealID)
	assert.Equal(t, crm.Unavailable, crm.KindOf(err), "another opportunity")
}

// TestLeanAndFullAgree says that a record is read as the opportunity is.
func TestLeanAndFullAgree(t *testing.T) {
	ctx := context.Background()
	for _, name := range []string{"search-2026.json", "search-documented.json"} {
		c := client(answer(200, recorded(t, name)))
		page, err := c.OpportunityPage(ctx, apollo.OpportunityQuery{})
		require.NoError(t, err)
		var records []crm.Opportunity
		for first, err := range c.ListRecords(apollo.OpportunityFilter{}).Pages(ctx) {
			require.NoError(t, err)
			for _, record := range first.Rows {
				records = append(records, record.Opportunity)
				assert.NotEmpty(t, record.TeamID)
				assert.NotEmpty(t, record.ForecastedRevenue)
				assert.Equal(t, "USD", record.Currency.Code)
				assert.Equal(t, record.AccountID != "", record.Account != nil)
			}
			break
		}
		assert.Equal(t, page.Opportunities, records, name)
	}
}

func TestNameStage(t *testing.T) {
	stages := []crm.Stage{{ID: stageID, Name: "Qualify"}}
	for _, c := range []struct {
		given, want crm.Opportunity
	}{
		{crm.Opportunity{Values: crm.Values{StageID: stageID}}, crm.Opportunity{Values: crm.Values{StageID: stageID}, StageName: "Qualify"}},
		{crm.Opportunity{Values: crm.Values{StageID: stageID}, StageName: "Own"}, crm.Opportunity{Values: crm.Values{StageID: stageID}, StageName: "Own"}},
		{crm.Opportunity{Values: crm.Values{StageID: dealID}}, crm.Opportunity{Values: crm.Values{StageID: dealID}}},
		{crm.Opportunity{}, crm.Opportunity{}},
	} {
		record := apollo.Record{Opportunity: c.given}
		record.NameStage(stages)
		assert.Equal(t, c.want, record.Opportunity)
	}
}

func TestRawTexts(t *testing.T) {
	for value, want := range map[string][]string{
		`"a"`: {"a"}, `["a","b"]`: {"a", "b"}, `[]`: nil, `null`: nil, `12.50`: {"12.50"}, `true`: {"true"},
		`{"a":"b"}`: nil, `[["a"],1,null,{"x":1},false]`: {"a", "1", "false"}, ``: nil, `[`: nil,
	} {
		assert.Equal(t, want, apollo.Raw(value).Texts(), value)
	}
	var b bytes.Buffer
	require.NoError(t, json.NewEncoder(&b).Encode(map[string]apollo.Raw{"a": apollo.Raw(`[1]`), "b": nil}))
	assert.Equal(t, `{"a":[1],"b":null}`, strings.TrimSpace(b.String()))
	assert.Equal(t, `[1]`, apollo.Raw(`[1]`).String())
}

// TestFilter says what each filter sends, and that every row is compared with it
// again.
func TestFilter(t *testing.T) {
	const rows = `{"opportunities":[
		{"id":"000000000000000000000001","name":"Acme one","account_id":"` + accountID + `","opportunity_stage_id":"` + stageID + `"},
		{"id":"000000000000000000000002","name":"Globex","account_id":null,"opportunity_stage_id":"` + stageID + `"},
		{"id":"000000000000000000000003","name":"Acme two","account_id":"` + accountID + `"}]}`
	for _, test := range []struct {
		name      string
		filter    apollo.OpportunityFilter
		body, url string
		ids       string
	}{
		{"none", apollo.OpportunityFilter{}, `{"page":1,"per_page":100}`, "?page=1&per_page=100", "123"},
		{"size", apollo.OpportunityFilter{PerPage: 25}, `{"page":1,"per_page":25}`, "?page=1&per_page=25", "123"},
		{"size too large", apollo.OpportunityFilter{PerPage: 101}, `{"page":1,"per_page":100}`, "?page=1&per_page=100", "123"},
		{"account", apollo.OpportunityFilter{AccountID: accountID}, `{"page":1,"per_page":100,"account_id":"` + accountID + `"}`, "?page=1&per_page=100&account_id=" + accountID, "13"},
		{"stage", apollo.OpportunityFilter{StageID: stageID}, `{"page":1,"per_page":100,"opportunity_stage_ids":["` + stageID + `"]}`, "?page=1&per_page=100&opportunity_stage_ids%5B%5D=" + stageID, "12"},
		{"name", apollo.OpportunityFilter{Name: "acme"}, `{"page":1,"per_page":100,"q_opportunity_name":"acme"}`, "?page=1&per_page=100&q_opportunity_name=acme", "13"},
		{"order", apollo.OpportunityFilter{Sort: apollo.SortAmount}, `{"page":1,"per_page":100,"sort_by_field":"amount","sort_ascending":false}`, "?page=1&per_page=100&sort_by_field=amount&sort_ascending=false", "123"},
		{"order turned", apollo.OpportunityFilter{Sort: apollo.SortWon, Ascending: true}, `{"page":1,"per_page":100,"sort_by_field":"is_won","sort_ascending":true}`, "?page=1&per_page=100&sort_by_field=is_won&sort_ascending=true", "123"},
		{"turned without order", apollo.OpportunityFilter{Ascending: true}, `{"page":1,"per_page":100}`, "?page=1&per_page=100", "123"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, get := range []bool{false, true} {
				test.filter.Get = get
				c := client(func(r apollo.Request) (apollo.Response, error) {
					if get {
						assert.Equal(t, "GET", r.Method)
						assert.Equal(t, apollo.DefaultBase+"/opportunities/search"+test.url, r.URL())
						assert.Nil(t, r.Body)
					} else {
						assert.Equal(t, "POST", r.Method)
						assert.Equal(t, test.body, string(r.Body))
					}
					return response(200, rows), nil
				})
				ids, records := "", ""
				for o, err := range c.ListOpportunities(test.filter).Rows(context.Background()) {
					require.NoError(t, err)
					ids += string(o.ID[23:])
				}
				for page, err := range c.ListRecords(test.filter).Pages(context.Background()) {
					require.NoError(t, err)
					for _, r := range page.Rows {
						records += string(r.ID[23:])
					}
					assert.Equal(t, 3-len(test.ids), page.Foreign)
				}
				assert.Equal(t, test.ids, ids)
				assert.Equal(t, test.ids, records)
			}
		})
	}
}
