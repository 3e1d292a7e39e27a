package apollo_test

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/sandbox"
)

// through carries requests to a handler without a socket.
func through(handler http.Handler) transport {
	return func(r apollo.Request) (apollo.Response, error) {
		request := httptest.NewRequest(r.Method, r.URL(), bytes.NewReader(r.Body))
		for _, h := range r.Header {
			request.Header.Set(h.Name, h.Value)
		}
		recorder := httptest.NewRecorder()
		handler.ServeHTTP(recorder, request)
		answer := apollo.Response{Status: recorder.Code, Header: map[string]string{}, Body: recorder.Body.Bytes()}
		for name, values := range recorder.Header() {
			answer.Header[strings.ToLower(name)] = strings.Join(values, ", ")
		}
		return answer, nil
	}
}

// dialects runs a test against the sandbox in both dialects and below both
// prefixes.
func dialects(t *testing.T, test func(t *testing.T, s *sandbox.Server, c *apollo.Client)) {
	for dialect, base := range map[sandbox.Dialect]string{
		sandbox.DialectOpportunityCreatedAt: "http://127.0.0.1:8700/api/v1",
		sandbox.DialectCreatedAt:            "http://127.0.0.1:8700/v1",
	} {
		t.Run(string(dialect), func(t *testing.T) {
			s := sandbox.New(sandbox.Options{
				Keys: []sandbox.Key{{Secret: canary, Master: true}}, Clock: clock, Seed: sandbox.DemoSeed(), Dialect: dialect,
			})
			test(t, s, apollo.New(apollo.Options{Base: base, Key: canary, Transport: through(s), Clock: clock}))
		})
	}
}

// TestRepsWay does what the popup and the worker do: find the company, look at
// its opportunities, create one, change it.
func TestRepsWay(t *testing.T) {
	dialects(t, func(t *testing.T, s *sandbox.Server, c *apollo.Client) {
		ctx := context.Background()
		require.NoError(t, c.Health(ctx))
		rep, err := c.Profile(ctx)
		require.NoError(t, err)
		users, err := c.Users(ctx)
		require.NoError(t, err)
		_, known := crm.UserByID(users, rep.ID)
		assert.True(t, known)
		stages, err := c.Stages(ctx)
		require.NoError(t, err)
		first, ok := crm.FirstOpen(stages)
		require.True(t, ok)

		accounts, err := c.AccountsNamed(ctx, "acme")
		require.NoError(t, err)
		require.Len(t, accounts, 1)
		acme := accounts[0]
		assert.Equal(t, crm.Domain("acme.test"), acme.Domain)

		page, err := c.OpportunityPage(ctx, apollo.OpportunityQuery{AccountID: acme.ID})
		require.NoError(t, err)
		assert.True(t, page.Ignored, "Apollo is not known to filter by account")
		assert.Equal(t, page.Total, len(page.Opportunities))
		assert.Contains(t, page.Accounts, acme)
		assert.Zero(t, page.Skipped)
		for _, o := range page.Opportunities {
			assert.False(t, o.CreatedAt.IsZero(), o.Name)
		}
		named, err := c.OpportunityPage(ctx, apollo.OpportunityQuery{Name: "acme", PerPage: 2})
		require.NoError(t, err)
		assert.False(t, named.Ignored)
		assert.Len(t, named.Opportunities, 2)
		assert.Greater(t, named.Total, 2)

		values := crm.Values{
			Name: "Acme second site", Amount: money(t, "12500.50", ""), StageID: first.ID,
			CloseDate: date(t, "2026-06-30"), OwnerID: rep.ID, AccountID: acme.ID,
		}
		made, differences, err := c.CreateOpportunity(ctx, values)
		require.NoError(t, err)
		assert.Empty(t, differences)
		assert.Empty(t, made.Diff(values))
		assert.True(t, made.CreatedAt.Equal(noon))

		want := values
		want.Amount, want.StageID, want.OwnerID = money(t, "20000", ""), stages[len(stages)-1].ID, ""
		changed, differences, err := c.UpdateOpportunity(ctx, crm.Update{ID: made.ID, Fields: values.Diff(want), Base: values, Want: want})
		require.NoError(t, err)
		assert.Empty(t, differences)
		assert.Empty(t, changed.Diff(want))
		assert.True(t, changed.Closed)

		seen, err := c.Opportunity(ctx, made.ID)
		require.NoError(t, err)
		assert.Equal(t, changed, seen)

		var stored []string
		for _, entry := range s.Log() {
			if entry.Stored {
				stored = append(stored, entry.Operation+" "+entry.ID)
			}
		}
		assert.Equal(t, []string{"opportunity.create " + string(made.ID), "opportunity.update " + string(made.ID)}, stored)
	})
}

func TestSandboxAccounts(t *testing.T) {
	dialects(t, func(t *testing.T, _ *sandbox.Server, c *apollo.Client) {
		ctx := context.Background()
		made, err := c.FindOrCreateAccount(ctx, crm.NewAccount{Name: "Newco", Domain: "newco.test"})
		require.NoError(t, err)
		again, err := c.FindOrCreateAccount(ctx, crm.NewAccount{Name: "Newco Inc", Domain: "newco.test"})
		require.NoError(t, err)
		assert.Equal(t, made, again)
		_, err = c.FindOrCreateAccount(ctx, crm.NewAccount{Name: "Newco", Domain: "newco.example"})
		assert.Equal(t, crm.Conflict, crm.KindOf(err))
	})
}

func TestSandboxRefusals(t *testing.T) {
	dialects(t, func(t *testing.T, s *sandbox.Server, c *apollo.Client) {
		ctx := context.Background()
		_, err := c.Opportunity(ctx, "5f0000000000000000000000")
		assert.Equal(t, crm.NotFound, crm.KindOf(err))
		_, _, err = c.UpdateOpportunity(ctx, crm.Update{ID: "5f0000000000000000000000", Fields: []crm.Field{crm.FieldOwner}})
		assert.Equal(t, crm.NotFound, crm.KindOf(err))
		_, _, err = c.CreateOpportunity(ctx, crm.Values{Name: "x", StageID: "not an id"})
		e := requireError(t, err)
		assert.Equal(t, crm.Invalid, e.Kind)
		assert.Equal(t, crm.FieldStage, e.Field)

		other := apollo.New(apollo.Options{Base: "http://127.0.0.1/v1", Key: "another", Transport: through(s), Clock: clock})
		assert.Equal(t, crm.Unauthorized, crm.KindOf(other.Health(ctx)))
		_, err = other.Stages(ctx)
		assert.Equal(t, crm.Unauthorized, crm.KindOf(err))
		lost := apollo.New(apollo.Options{Base: "http://127.0.0.1/v2", Key: canary, Transport: through(s), Clock: clock})
		_, err = lost.Stages(ctx)
		assert.Equal(t, crm.Unavailable, crm.KindOf(err))
	})
}

// TestSandboxRights takes each right from the key and finds it named.
func TestSandboxRights(t *testing.T) {
	free := map[string]bool{
		apollo.OpHealth: true, apollo.OpProfile: true, // needed to look at the key itself
		apollo.OpRoleTypes: true, apollo.OpPipelines: true, apollo.OpPipelineView: true, // not documented
	}
	for op, do := range calls {
		s := sandbox.New(sandbox.Options{Keys: []sandbox.Key{{Secret: canary}}, Clock: clock, Seed: sandbox.DemoSeed()})
		err := do(client(through(s)))
		if free[op] {
			assert.NotEqual(t, crm.Forbidden, crm.KindOf(err), "%s needs no right", op)
			continue
		}
		if op == apollo.OpRoleUpdate {
			continue // needs none, but the right to view, which it reads with
		}
		e := requireError(t, err)
		assert.Equal(t, crm.Forbidden, e.Kind, op)
		named := false
		for _, scope := range sandbox.Scopes() {
			named = named || strings.Contains(e.Text(), `lacks the right “`+scope+`”`)
		}
		assert.True(t, named, e.Text())
	}
}

func TestSandboxLimits(t *testing.T) {
	limits := sandbox.Limits{Minute: 5, Hour: 100, Day: 1000}
	s := sandbox.New(sandbox.Options{
		Keys: []sandbox.Key{{Secret: canary, Master: true}}, Clock: clock, Seed: sandbox.DemoSeed(), Limits: &limits,
	})
	c := client(through(s))
	for n := 1; n <= 5; n++ {
		_, err := c.Stages(context.Background())
		require.NoError(t, err)
		assert.Equal(t, n < 4, c.Spare(apollo.OpStages), "after %d of 5", n)
	}
	_, err := c.Stages(context.Background())
	assert.Equal(t, crm.RateLimited, crm.KindOf(err))
	assert.Len(t, s.Requests(), 5, "the sixth is not sent")

	// Another client does not know, and learns it from the refusal.
	e := requireError(t, calls[apollo.OpStages](client(through(s))))
	assert.Equal(t, crm.RateLimited, e.Kind)
	assert.Positive(t, e.RetryAfter)
	assert.LessOrEqual(t, e.RetryAfter.Seconds(), 60.0)
}

// TestSandboxFaults says what a create becomes under each fault that needs no
// socket, and that it is never more sure than the truth log.
func TestSandboxFaults(t *testing.T) {
	tests := []struct {
		fault  sandbox.Fault
		kind   crm.Kind
		stored bool
		fields []crm.Field
	}{
		{fault: sandbox.Fault{Kind: sandbox.FaultHTML, AfterCommit: true}, kind: crm.Uncertain, stored: true},
		{fault: sandbox.Fault{Kind: sandbox.FaultHTML}, kind: crm.Uncertain},
		{fault: sandbox.Fault{Kind: sandbox.FaultEmpty, AfterCommit: true}, kind: crm.Uncertain, stored: true},
		{fault: sandbox.Fault{Kind: sandbox.FaultWrongType}, kind: crm.Uncertain, stored: true},
		{fault: sandbox.Fault{Kind: sandbox.FaultCross}, kind: crm.Uncertain, stored: true},
		{fault: sandbox.Fault{Kind: sandbox.FaultStatus, Status: 502, AfterCommit: true}, kind: crm.Uncertain, stored: true},
		{fault: sandbox.Fault{Kind: sandbox.FaultStatus, Status: 503}, kind: crm.Uncertain},
		{fault: sandbox.Fault{Kind: sandbox.FaultRateLimit, RetryAfter: 9}, kind: crm.RateLimited},
		{fault: sandbox.Fault{Kind: sandbox.FaultIgnore, Fields: []string{"amount", "opportunity_stage_id"}}, stored: true,
			fields: []crm.Field{crm.FieldAmount, crm.FieldStage}},
	}
	for _, test := range tests {
		dialects(t, func(t *testing.T, s *sandbox.Server, c *apollo.Client) {
			stages, err := c.Stages(context.Background())
			require.NoError(t, err)
			test.fault.Endpoint = create
			require.NoError(t, s.AddFault(test.fault))
			_, differences, err := c.CreateOpportunity(context.Background(), crm.Values{Name: "Faulty", Amount: money(t, "5", ""), StageID: stages[0].ID})
			assert.Equal(t, test.kind, crm.KindOf(err), test.fault.Kind)
			var fields []crm.Field
			for _, d := range differences {
				fields = append(fields, d.Field)
			}
			assert.Equal(t, test.fields, fields, test.fault.Kind)
			stored := false
			for _, entry := range s.Log() {
				stored = stored || entry.Stored && entry.Operation == create
			}
			assert.Equal(t, test.stored, stored, test.fault.Kind)
		})
	}
}
