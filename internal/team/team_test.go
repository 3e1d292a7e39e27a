//go:build !js

package team_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/gateway"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/dealmark/dealmark/internal/team"
)

// What the popup reads through the gateway is what it reads from Apollo.
func TestReadsWhatApolloHas(t *testing.T) {
	w := newWorld(t, gateway.ScopeRead)
	ctx := t.Context()
	check := func(name string, through, direct any, throughErr, directErr error) {
		require.NoError(t, throughErr, name)
		require.NoError(t, directErr, name)
		assert.Equal(t, direct, through, name)
	}
	stages, err := w.Stages(ctx)
	there, thereErr := w.direct.Stages(ctx)
	check("stages", stages, there, err, thereErr)
	users, err := w.Users(ctx)
	members, thereErr := w.direct.Users(ctx)
	check("users", users, members, err, thereErr)
	accounts, err := w.AccountsNamed(ctx, "Initech")
	named, thereErr := w.direct.AccountsNamed(ctx, "Initech")
	require.NoError(t, err)
	require.NoError(t, thereErr)
	assert.ElementsMatch(t, named, accounts)
	acme := crm.AccountID(sandbox.DemoSeed().Accounts[0].ID)
	for _, when := range []string{"before the walk", "after it"} {
		list, whole, err := w.OpportunitiesOf(ctx, acme)
		require.NoError(t, err)
		all, _, thereErr := w.direct.OpportunitiesOf(ctx, acme)
		require.NoError(t, thereErr)
		var own []crm.Opportunity
		for _, o := range all {
			if o.AccountID == acme {
				own = append(own, o)
			}
		}
		assert.Equal(t, own, list, when)
		assert.True(t, whole, when)
		w.sync(t)
	}
	list, _, err := w.OpportunitiesOf(ctx, acme)
	require.NoError(t, err)
	seen, err := w.Opportunity(ctx, list[0].ID)
	assert.NotZero(t, seen.LastActivityAt)
	seen.Custom = "" // which no list has
	check("one", seen, list[0], err, nil)
	// Activity goes on, and the index with it.
	time.Sleep(2 * time.Millisecond)
	_, _, err = w.direct.UpdateOpportunity(ctx, crm.Update{ID: seen.ID, Fields: []crm.Field{crm.FieldAmount}, Want: values(t, "", "4711")})
	require.NoError(t, err)
	later, err := w.Opportunity(ctx, seen.ID)
	require.NoError(t, err)
	assert.True(t, later.LastActivityAt.After(seen.LastActivityAt))
	list, _, err = w.OpportunitiesOf(ctx, acme)
	require.NoError(t, err)
	assert.Equal(t, later.LastActivityAt, list[0].LastActivityAt)
	company, err := w.Company(ctx, "acme.test", "Acme Corporation")
	require.NoError(t, err)
	assert.Equal(t, list, company.Opportunities)
	assert.Equal(t, stages, company.Stages)
	assert.Equal(t, users, company.Users)
	assert.True(t, company.Whole)
	require.Len(t, company.Accounts, 1)
	rep, err := w.Profile(ctx)
	check("profile", rep, crm.User{ID: jonas, Name: "jonas"}, err, nil)
	assert.NoError(t, w.Health(ctx))
	listing, err := w.Named(ctx, "acme ROLLOUT")
	require.NoError(t, err)
	assert.Len(t, listing.Rows, 2)
	assert.True(t, listing.Whole)
}

func values(t *testing.T, name, amount string) crm.Values {
	v := crm.Values{Name: name, AccountID: crm.AccountID(sandbox.DemoSeed().Accounts[0].ID)}
	require.True(t, v.SetText(crm.FieldAmount, amount))
	return v
}

// Every answer of a create is lost in turn; sent again under its id, it was done
// once.
func TestCreatesOnce(t *testing.T) {
	w := newWorld(t, gateway.ScopeWrite)
	want := values(t, "Through the gateway", "12500.50")
	id := newID()
	var last error
	for range 5 {
		w.lose.Store(1)
		_, _, last = w.CreateOpportunity(t.Context(), want, id)
		assert.Equal(t, crm.Unavailable, crm.KindOf(last), "whatever became of it, it is sent again")
	}
	row, differences, err := w.CreateOpportunity(t.Context(), want, id)
	require.NoError(t, err)
	assert.Empty(t, differences)
	assert.Equal(t, id, row.Tag)
	assert.Equal(t, "12500.5", row.Amount.Text())
	assert.Equal(t, crm.UserID(jonas), row.OwnerID)
	assert.Equal(t, 1, w.made("opportunity.create"))

	// The entry's id in place of a tag.
	again, _, err := w.CreateOpportunity(entry(id), want, "")
	require.NoError(t, err)
	assert.Equal(t, row, again)

	// A second one of the same name: what a listing has shown is no question.
	_, _, err = team.New(w.options).CreateOpportunity(t.Context(), want, newID())
	assert.Equal(t, crm.Conflict, crm.KindOf(err), "nobody has looked: %v", err)
	_, err = w.Named(t.Context(), want.Name)
	require.NoError(t, err)
	_, _, err = w.CreateOpportunity(t.Context(), want, newID())
	assert.NoError(t, err)
	assert.Equal(t, 2, w.made("opportunity.create"))
}

func TestUpdatesOnce(t *testing.T) {
	w := newWorld(t, gateway.ScopeWrite)
	made, _, err := w.CreateOpportunity(t.Context(), values(t, "To change", "1"), newID())
	require.NoError(t, err)
	update := crm.Update{ID: made.ID, Fields: []crm.Field{crm.FieldAmount}, Base: made.Values, Want: values(t, "", "2")}
	id := newID()
	w.lose.Store(1)
	_, _, err = w.UpdateOpportunity(entry(id), update)
	assert.Equal(t, crm.Unavailable, crm.KindOf(err))
	changed, differences, err := w.UpdateOpportunity(entry(id), update)
	require.NoError(t, err)
	assert.Empty(t, differences)
	assert.Equal(t, "2", changed.Amount.Text())
	assert.Equal(t, 1, w.made("opportunity.update"))

	// Over what somebody has changed meanwhile nothing is written.
	_, _, err = w.UpdateOpportunity(entry(newID()), update)
	require.NoError(t, err, "it is so already")
	update.Want = values(t, "", "3")
	_, _, err = w.UpdateOpportunity(entry(newID()), update)
	assert.Equal(t, crm.Conflict, crm.KindOf(err))
	clashes, _ := errors.AsType[outbox.Clashes](err)
	assert.Equal(t, outbox.Clashes{{Field: crm.FieldAmount, Base: "1", Theirs: "2", Ours: "3"}}, clashes)
	// The same entry with what the rep has seen now.
	update.Base = changed.Values
	_, _, err = w.UpdateOpportunity(entry(id), update)
	assert.NoError(t, err)

	_, _, err = w.UpdateOpportunity(context.Background(), update)
	assert.Equal(t, crm.Internal, crm.KindOf(err), "without an id nothing is sent")
	account, err := w.FindOrCreateAccount(t.Context(), crm.NewAccount{Name: "New one", Domain: "new-one.test"})
	require.NoError(t, err)
	second, err := w.FindOrCreateAccount(t.Context(), crm.NewAccount{Name: "New one", Domain: "new-one.test"})
	require.NoError(t, err)
	assert.Equal(t, account, second)
}

// Each refusal as the kind that the outbox and the popup decide by.
func TestErrors(t *testing.T) {
	w := newWorld(t, gateway.ScopeWrite)
	reader := newWorld(t, gateway.ScopeRead)
	fault := func(f sandbox.Fault) func() {
		return func() {
			f.Endpoint, f.Times = "opportunity.create", 1
			w.sandbox.SetFault(f)
		}
	}
	json := "application/json"
	n := 0
	create := func(name string) error {
		n++
		_, _, err := w.CreateOpportunity(t.Context(), values(t, fmt.Sprintf("%s %d", name, n), "1"), newID())
		return err
	}
	for name, c := range map[string]struct {
		before func()
		do     func() error
		kind   crm.Kind
		field  crm.Field
		says   string
	}{
		"a value": {fault(sandbox.Fault{Kind: sandbox.FaultStatus, Status: 422, Body: `{"error":"Amount is bad"}`, ContentType: json}),
			func() error { return create("value") }, crm.Invalid, crm.FieldAmount, "Amount is bad"},
		"not known whether": {fault(sandbox.Fault{Kind: sandbox.FaultReset, AfterCommit: true}), func() error { return create("reset") }, crm.Unavailable, "", "still at it"},
		"the team's key":    {fault(sandbox.Fault{Kind: sandbox.FaultStatus, Status: 401, Body: "no"}), func() error { return create("key") }, crm.Unavailable, "", "team's key"},
		"gone": {nil, func() error {
			_, err := w.Opportunity(t.Context(), "000000000000000000000000")
			return err
		}, crm.NotFound, "", "no such opportunity"},
		"no id": {nil, func() error { _, err := w.Opportunity(t.Context(), "../x"); return err }, crm.Invalid, "", "not known"},
		"a right": {nil, func() error {
			_, _, err := reader.CreateOpportunity(t.Context(), values(t, "x", "1"), newID())
			return err
		}, crm.Forbidden, "", "scope write"},
		"another token": {nil, func() error {
			o := w.options
			o.Token = "dmk_unknown"
			return team.New(o).Health(t.Context())
		}, crm.Unauthorized, "", "not a token"},
		"no token":   {nil, func() error { o := w.options; o.Token = " "; return team.New(o).Health(t.Context()) }, crm.Unauthorized, "", "no token yet"},
		"no address": {nil, func() error { o := w.options; o.Base = "http://example.com"; return team.New(o).Health(t.Context()) }, crm.Invalid, "", "address"},
		"nobody there": {nil, func() error {
			o := w.options
			o.Base = "http://127.0.0.1:1"
			return team.New(o).Health(t.Context())
		}, crm.Unavailable, "", "could not be reached"},
		"somebody else there": {nil, func() error {
			o := w.options
			o.Transport = stranger(`<html>Sign in to the network</html>`)
			return team.New(o).Health(t.Context())
		}, crm.Unavailable, "", "Check its address"},
		"another document": {nil, func() error {
			o := w.options
			o.Transport = stranger(`["x"]`)
			return team.New(o).Health(t.Context())
		}, crm.Unavailable, "", "could not be read"},
	} {
		t.Run(name, func(t *testing.T) {
			if c.before != nil {
				c.before()
			}
			err := c.do()
			assert.Equal(t, c.kind, crm.KindOf(err), "%v", err)
			require.Error(t, err)
			assert.Equal(t, c.field, crm.AsError(err).Field)
			assert.Contains(t, crm.AsError(err).Text(), c.says)
			assert.NotEmpty(t, crm.AsError(err).Op)
		})
	}
	w.sandbox.SetFault(sandbox.Fault{Endpoint: "opportunity.create", Kind: sandbox.FaultStatus, Status: 422, Body: `{"error":"Amount is {1}"}`, Times: 1})
	err := create("parts")
	assert.Equal(t, crm.English(`Apollo refuses the amount. It says: “{0}”. Change it and save again.`), crm.AsError(err).Message, "it can be said in the rep's language")
	assert.Equal(t, []string{"Amount is {1}"}, crm.AsError(err).Parts)
	w.sandbox.SetFault(sandbox.Fault{Endpoint: "opportunity.create", Kind: sandbox.FaultRateLimit, RetryAfter: 90, Times: 1})
	err = create("limit")
	assert.Equal(t, crm.RateLimited, crm.KindOf(err), "%v", err)
	assert.InDelta(t, 95, crm.AsError(err).RetryAfter/time.Second, 15)
}

type stranger string

func (s stranger) Do(context.Context, apollo.Request) (apollo.Response, error) {
	return apollo.Response{Status: 200, Body: []byte(s)}, nil
}

func TestTheTokenIsNotPrinted(t *testing.T) {
	w := newWorld(t, gateway.ScopeWrite)
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%x"} {
		for _, printed := range []any{w.Client, w.options} {
			text := fmt.Sprintf(format, printed)
			assert.NotContains(t, text, w.options.Token, format)
			assert.NotContains(t, strings.ToLower(text), fmt.Sprintf("%x", w.options.Token), format)
		}
	}
}

// reader is popup.Reader.
type reader interface {
	Stages(context.Context) ([]crm.Stage, error)
	Users(context.Context) ([]crm.User, error)
	Profile(context.Context) (crm.User, error)
	AccountsNamed(context.Context, string) ([]crm.Account, error)
	OpportunitiesOf(context.Context, crm.AccountID) (list []crm.Opportunity, whole bool, err error)
	Opportunity(context.Context, crm.OpportunityID) (crm.Opportunity, error)
}

var (
	_ reader        = (*team.Client)(nil)
	_ outbox.Sender = (*team.Client)(nil)
)
