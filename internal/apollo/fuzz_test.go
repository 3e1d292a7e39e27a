package apollo_test

import (
	"context"
	"encoding/json"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
)

// FuzzOpportunities says that no answer whatever makes a decoder panic, give an
// opportunity without an id, or make a create more sure than it is.
func FuzzOpportunities(f *testing.F) {
	f.Add(recorded(f, "search-2026.json"))
	f.Add(recorded(f, "search-documented.json"))
	f.Add(`{"opportunity":{"id":"` + dealID + `","name":"Deal","amount":"1,000","account":{"id":7}}}`)
	f.Add(`{"opportunities":[null,{"id":"` + dealID + `","account":{"id":"` + accountID + `","domain":"www."}}],"pagination":{"page":"1e9"}}`)
	f.Add(`{"opportunity":{"amount":-0.0e-0,"closed_date":"0000-00-00T","currency":{"iso_code":[]}}} {}`)
	f.Add("\ufeff{}")
	f.Add(`{"error":"\u202e is not a valid ID"}`)
	f.Fuzz(func(t *testing.T, body string) {
		ctx := context.Background()
		for _, code := range []int{200, 403, 422, 429} {
			c := client(answer(code, body))
			page, err := c.OpportunityPage(ctx, apollo.OpportunityQuery{})
			if err != nil {
				require.NotEqual(t, crm.Uncertain, requireError(t, err).Kind)
			}
			for _, o := range page.Opportunities {
				requireValid(t, o)
			}
			for _, a := range page.Accounts {
				_, ok := crm.ParseID[crm.AccountID](string(a.ID))
				require.True(t, ok)
			}
			made, _, err := c.CreateOpportunity(ctx, crm.Values{Name: "Deal"})
			switch kind := crm.KindOf(err); {
			case err == nil:
				requireValid(t, made)
			case code == 200:
				require.Equal(t, crm.Uncertain, kind)
			default:
				assertForPeopleLoosely(t, requireError(t, err))
			}
		}
	})
}

// FuzzRecord says that a record is read wherever the opportunity is, and as the
// same.
func FuzzRecord(f *testing.F) {
	f.Add(recorded(f, "record.json"))
	f.Add(`{"id":"` + dealID + `","amount":1,"currency":{"iso_code":"EUR"},"exchange_rate_code":"<b>","account":{"id":"` + accountID + `"}}`)
	f.Add(`{"id":"` + dealID + `","typed_custom_fields":{"a":[1,{"b":null}]},"opportunity_contact_roles":[{"role":[{"id":"` + stageID + `"}]}]}`)
	f.Fuzz(func(t *testing.T, object string) {
		c := client(answer(200, `{"opportunity":`+object+`}`))
		lean, leanErr := c.Opportunity(context.Background(), dealID)
		full, fullErr := c.Record(context.Background(), dealID)
		require.Equal(t, crm.KindOf(leanErr), crm.KindOf(fullErr))
		lean.Custom = "" // which the record has whole
		require.Equal(t, lean, full.Opportunity)
		for _, value := range full.CustomFields {
			require.True(t, json.Valid(value), "%s", value)
			value.Texts()
		}
	})
}

func requireValid(t *testing.T, o crm.Opportunity) {
	t.Helper()
	_, ok := crm.ParseID[crm.OpportunityID](string(o.ID))
	require.True(t, ok)
	for _, f := range crm.Fields() {
		again := o.Values
		require.True(t, again.SetText(f, o.Text(f)), "%s is not canonical: %q", f, o.Text(f))
	}
}

func assertForPeopleLoosely(t *testing.T, e *crm.Error) {
	t.Helper()
	require.NotEmpty(t, e.Text())
	require.Less(t, len([]rune(e.Text())), 500)
	for _, r := range e.Text() {
		require.False(t, r < ' ' || r >= 0x7f && r <= 0x9f || r >= 0x202a && r <= 0x202e, "%q", e.Text())
	}
}

// FuzzRetryAfter says that every wait is between a second and a day.
func FuzzRetryAfter(f *testing.F) {
	for _, value := range []string{"", "0", "60", "-1", "99999999999999999999", "Mon, 18 May 2026 12:00:30 GMT", "Monday, 18-May-26 12:00:30 GMT", "Mon May 18 12:00:30 2026", "Sat, 01 Jan 0000 00:00:00 GMT"} {
		f.Add(value, "Mon, 18 May 2026 11:59:00 GMT", "600 times per hour")
	}
	f.Fuzz(func(t *testing.T, value, date, text string) {
		e := requireError(t, calls[search](client(answer(429, text, "retry-after", value, "date", date, "x-minute-requests-left", value))))
		assert.Equal(t, crm.RateLimited, e.Kind)
		assert.GreaterOrEqual(t, e.RetryAfter, time.Second)
		assert.LessOrEqual(t, e.RetryAfter, 24*time.Hour)
		assert.NotEmpty(t, e.Text())
	})
}

// FuzzCheckBase says that a base that passes is one whose requests stay at its
// host: nothing in it can move the path into another part.
func FuzzCheckBase(f *testing.F) {
	f.Add(apollo.DefaultBase)
	f.Add("http://[::1]:8700/v1")
	f.Add("https://a@b/?#")
	f.Fuzz(func(t *testing.T, base string) {
		if apollo.CheckBase(base) != nil {
			return
		}
		u, err := url.Parse(base)
		require.NoError(t, err)
		require.Nil(t, u.User)
		require.NotEmpty(t, u.Hostname())
		require.Empty(t, u.RawQuery+u.Fragment)
		require.Contains(t, []string{"http", "https"}, u.Scheme)
	})
}
