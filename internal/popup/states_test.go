package popup_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/popup"
	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/dealmark/dealmark/internal/sender"
	"github.com/dealmark/dealmark/internal/site"
	"github.com/dealmark/dealmark/internal/store"
)

func TestStatesWithoutCompany(t *testing.T) {
	pages := map[site.Reason]site.Page{
		site.NoPage:       {},
		site.Scheme:       {URL: "chrome://extensions"},
		site.IPAddress:    {URL: "http://192.0.2.1/"},
		site.SingleLabel:  {URL: "http://localhost:8080/"},
		site.PrivateName:  {URL: "http://printer.local/"},
		site.PublicSuffix: {URL: "https://github.io/"},
		site.Invalid:      {URL: "https://acme..test/"},
		site.Network:      {URL: "https://www.linkedin.com/in/somebody"},
	}
	for reason, page := range pages {
		t.Run(string(reason), func(t *testing.T) {
			require.Equal(t, reason, site.Recognize(page, nil).Reason)
			w := newWorld()
			w.read(t, page)
			assert.Empty(t, w.reader.asked(), "there is nothing to ask")
			w.golden(t, "no_company_"+string(reason))
		})
	}
}

// TestStatesOfCompany has what is known of a company in each way it can be.
func TestStatesOfCompany(t *testing.T) {
	tests := []struct {
		name    string
		options []func(*sandbox.Options)
		page    site.Page
		given   func(*testing.T, *world)
	}{
		{name: "in_apollo", page: acmePage},
		{name: "in_apollo_filter_ignored", page: acmePage, options: []func(*sandbox.Options){ignoresFilter}},
		{name: "not_in_apollo", page: freshPage},
		{name: "several", page: initechPage},
		{name: "unicode", page: site.Page{URL: "https://xn--bckerei-mller-bfb28a.test/", SiteName: "Bäckerei Müller"}, options: []func(*sandbox.Options){baker}},
		{name: "no_key", page: acmePage, given: func(_ *testing.T, w *world) { w.reader = nil }},
		{name: "wrong_key", page: acmePage, options: []func(*sandbox.Options){wrongKey}},
		{name: "right_accounts", page: acmePage, options: []func(*sandbox.Options){without("api/v1/accounts/search")}},
		{name: "right_users", page: acmePage, options: []func(*sandbox.Options){without("api/v1/users/search")}},
		{name: "right_stages", page: acmePage, options: []func(*sandbox.Options){without("deals/api/v1/opportunity_stages/index")}},
		{name: "right_opportunities", page: acmePage, options: []func(*sandbox.Options){without("deals/api/v1/opportunities/search")}},
		{name: "offline", page: acmePage, given: func(_ *testing.T, w *world) { w.reader.answer("", errOffline) }},
		{name: "offline_known", page: acmePage, given: func(t *testing.T, w *world) {
			w.read(t, acmePage)
			w.clock.advance(3 * time.Hour)
			w.reader.answer("", errOffline)
		}},
		{name: "down", page: acmePage, given: func(_ *testing.T, w *world) {
			w.apollo.SetFault(sandbox.Fault{Kind: sandbox.FaultStatus, Status: 503})
		}},
		{name: "rate_limited", page: acmePage, given: func(_ *testing.T, w *world) {
			w.apollo.SetFault(sandbox.Fault{Kind: sandbox.FaultRateLimit, RetryAfter: 90})
		}},
		{name: "rate_limited_known", page: acmePage, given: func(t *testing.T, w *world) {
			w.read(t, acmePage)
			w.clock.advance(11 * time.Minute)
			w.apollo.SetFault(sandbox.Fault{Kind: sandbox.FaultRateLimit, Endpoint: "account.search", RetryAfter: 90})
		}},
		{name: "index_filling", page: acmePage, options: []func(*sandbox.Options){ignoresFilter, large}, given: func(t *testing.T, w *world) {
			w.read(t, acmePage)
			w.fill(t, 2)
		}},
		{name: "index_unreadable", page: acmePage, given: func(_ *testing.T, w *world) { fails(w.index, "read") }},
		{name: "outbox_unreadable", page: acmePage, given: func(_ *testing.T, w *world) { fails(w.outbox, "list") }},
		{name: "index_full", page: acmePage, given: func(_ *testing.T, w *world) { fails(w.index, "update") }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(test.options...)
			if test.given != nil {
				test.given(t, w)
			}
			w.read(t, test.page)
			w.golden(t, "company_"+test.name)
		})
	}
}

var errOffline = &crm.Error{Kind: crm.Unavailable, Message: "Apollo could not be reached. Check the connection."}

// baker gives the demo's bakery the domain that it has in Unicode.
func baker(o *sandbox.Options) {
	for i := range o.Seed.Accounts {
		if o.Seed.Accounts[i].Name == "Bäckerei Müller" {
			o.Seed.Accounts[i].Domain = "bäckerei-müller.test"
		}
	}
}

// large is a team with more opportunities than one answer holds.
func large(o *sandbox.Options) {
	for i := range 300 {
		o.Seed.Opportunities = append(o.Seed.Opportunities, sandbox.Opportunity{
			Name: "Bulk", Account: o.Seed.Accounts[1].ID, Age: time.Duration(i) * time.Hour,
		})
	}
}

func TestStateLooking(t *testing.T) {
	w := newWorld()
	s := w.opened(t, acmePage)
	w.golden(t, "company_not_asked")
	var seen popup.View
	w.reader.before = func(call string) error {
		if call == "accounts named acme" {
			seen = w.now()
		}
		return errOffline
	}
	s.Read(t.Context(), false)
	assert.Equal(t, popup.Looking, seen.Company.Status)
	assert.Equal(t, "Asking Apollo for opportunities.", seen.List.Status)
	assert.True(t, seen.List.Busy)
	assert.False(t, w.now().List.Busy)
}

// TestStatesOfEntry has a saved command in every state that it can come to.
func TestStatesOfEntry(t *testing.T) {
	create := sandbox.Fault{Endpoint: "opportunity.create", Kind: sandbox.FaultStatus}
	with := func(f func(*sandbox.Fault)) *sandbox.Fault { c := create; f(&c); return &c }
	tests := []struct {
		name    string
		options []func(*sandbox.Options)
		fault   *sandbox.Fault
		then    func(*testing.T, *world)
	}{
		{name: "queued", then: func(*testing.T, *world) {}},
		{name: "done"},
		{name: "done_differently", fault: &sandbox.Fault{Endpoint: "opportunity.create", Kind: sandbox.FaultIgnore, Fields: []string{"amount", "closed_date"}}},
		{name: "refused_field", fault: with(func(f *sandbox.Fault) {
			f.Status, f.Body = 422, `{"status":422,"error":"Amount is too large."}`
		})},
		{name: "refused", fault: with(func(f *sandbox.Fault) { f.Status, f.Body = 422, `{"status":422,"error":"Computer says no."}` })},
		{name: "blocked_key", fault: &sandbox.Fault{Endpoint: "opportunity.search", Kind: sandbox.FaultStatus, Status: 401, Body: "Invalid access credentials.", ContentType: "text/plain"}},
		{name: "blocked_right", options: []func(*sandbox.Options){without("deals/api/v1/opportunities/create")}},
		{name: "waiting_offline", fault: &sandbox.Fault{Endpoint: "opportunity.search", Kind: sandbox.FaultReset}},
		{name: "waiting_rate_limit", fault: with(func(f *sandbox.Fault) { f.Kind, f.RetryAfter = sandbox.FaultRateLimit, 120 })},
		{name: "uncertain", fault: &sandbox.Fault{Endpoint: "opportunity.create", Kind: sandbox.FaultReset}},
		{name: "discarded", then: func(t *testing.T, w *world) { require.NoError(t, w.box().Discard(t.Context(), "form-1")) }},
		{name: "discarded_uncertain", fault: with(func(f *sandbox.Fault) { f.Kind, f.AfterCommit = sandbox.FaultReset, true }), then: func(t *testing.T, w *world) {
			w.drain(t)
			require.NoError(t, w.box().Discard(t.Context(), "form-1"))
		}},
		{name: "exists", then: func(t *testing.T, w *world) {
			w.colleague(t, "Acme anvils")
			w.drain(t)
		}},
		{name: "exists_settled", then: func(t *testing.T, w *world) {
			w.colleague(t, "Acme anvils")
			w.drain(t)
			require.NoError(t, w.box().Settle(t.Context(), "form-1"))
		}},
		{name: "unconfirmed", fault: with(func(f *sandbox.Fault) { f.Kind, f.Times = sandbox.FaultReset, 1 }), then: func(t *testing.T, w *world) {
			w.drain(t)
			w.colleague(t, "Acme anvils")
			w.settleIn(t, time.Hour)
		}},
		{name: "sending", then: func(t *testing.T, w *world) { w.sending(t) }},
		{name: "interrupted", then: func(t *testing.T, w *world) { w.sending(t); w.drain(t) }},
		{name: "damaged", then: func(t *testing.T, w *world) {
			require.NoError(t, store.Put(t.Context(), w.outbox, "entry/form-1", []byte(`{"schema":9}`)))
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(test.options...)
			s := w.read(t, acmePage)
			w.typing(t, s, "name", "Acme anvils", "amount", "$12,500.50", "close_date", "end of year")
			w.save(t, s)
			if test.fault != nil {
				w.apollo.SetFault(*test.fault)
			}
			if test.then == nil {
				test.then = func(t *testing.T, w *world) { w.drain(t) }
			}
			test.then(t, w)
			w.clock.advance(time.Second)
			require.NoError(t, s.Refresh(t.Context()))
			w.golden(t, "entry_"+test.name)
		})
	}
}

// TestStatesOfChange has a change that Apollo may have, or does not take.
func TestStatesOfChange(t *testing.T) {
	for name, fault := range map[string]sandbox.Fault{
		"uncertain": {Endpoint: "opportunity.update", Kind: sandbox.FaultReset},
		"refused":   {Endpoint: "opportunity.update", Kind: sandbox.FaultStatus, Status: 422, Body: `{"error":"Owner is away."}`},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			s := w.read(t, acmePage)
			w.view(t, s, "Acme training days")
			w.typing(t, s, "owner", w.option(t, crm.FieldOwner, "Mateo Silva"))
			w.save(t, s)
			w.apollo.SetFault(fault)
			w.drain(t)
			require.NoError(t, s.Refresh(t.Context()))
			w.golden(t, "entry_change_"+name)
		})
	}
}

// sending leaves the entry as a worker does that dies with a request under way.
func (w *world) sending(t *testing.T) {
	w.box()
	ctx, cancel := context.WithCancel(t.Context())
	sender := &dying{Apollo: sender.Apollo{Client: w.client}, die: func() { cancel(); fails(w.outbox, "update") }}
	_, _ = w.box().Drain(ctx, sender)
	fails(w.outbox, "")
	require.Equal(t, outbox.Sending, w.entry(t).State)
}

func TestStatesOfForm(t *testing.T) {
	t.Run("typing", func(t *testing.T) {
		w := newWorld()
		s := w.read(t, acmePage)
		w.typing(t, s, "name", "", "amount", "lots", "close_date", "next fri", "stage", "nonsense")
		w.golden(t, "form_typing")
	})
	t.Run("not ready to save", func(t *testing.T) {
		w := newWorld()
		s := w.read(t, acmePage)
		w.typing(t, s, "name", " ", "amount", "25k", "close_date", "31.02.2027")
		_, err := s.Save(t.Context(), w.formID())
		assert.Equal(t, crm.Invalid, crm.KindOf(err))
		assert.Equal(t, crm.FieldName, crm.AsError(err).Field)
		w.golden(t, "form_errors")
		w.typing(t, s, "close_date", "30.06.2027")
		assert.Empty(t, w.field(crm.FieldCloseDate).Error)
		assert.NotEmpty(t, w.field(crm.FieldName).Error, "the other is still wrong")
	})
	t.Run("editing", func(t *testing.T) {
		w := newWorld()
		s := w.read(t, acmePage)
		_, err := s.View(t.Context(), w.rowNamed(t, "Acme support renewal").ID)
		require.NoError(t, err)
		w.golden(t, "form_editing")
		w.typing(t, s, "amount", "15k")
		w.golden(t, "form_edited")
	})
	t.Run("nothing changed", func(t *testing.T) {
		w := newWorld()
		s := w.read(t, acmePage)
		_, err := s.View(t.Context(), w.rowNamed(t, "Acme support renewal").ID)
		require.NoError(t, err)
		_, err = s.Save(t.Context(), w.formID())
		assert.Equal(t, crm.Invalid, crm.KindOf(err))
		assert.Equal(t, "Nothing was changed, so there is nothing to save.", w.now().Form.Text)
	})
}
