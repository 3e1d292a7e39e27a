//go:build !js

package team_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/gateway"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/dealmark/dealmark/internal/store"
	"github.com/dealmark/dealmark/internal/team"
)

// What the form may have is what it may have with a key of Apollo.
func TestCustomFields(t *testing.T) {
	w := newWorld(t, gateway.ScopeWrite)
	fields, others, err := w.OpportunityFields(t.Context())
	require.NoError(t, err)
	direct, directOthers, err := w.direct.OpportunityFields(t.Context())
	require.NoError(t, err)
	assert.Equal(t, direct, fields)
	assert.Equal(t, directOthers, others)
	require.GreaterOrEqual(t, len(fields), 5)

	texts := map[crm.CustomKind]string{
		crm.CustomText: "PO-1", crm.CustomNumber: "12.5", crm.CustomDate: "2027-03-31", crm.CustomBool: "true", crm.CustomChoice: fields[1].Options[1].ID,
	}
	want := values(t, "With custom fields", "1")
	for _, f := range fields {
		kind, _, _ := f.Field.Custom()
		require.True(t, want.SetText(f.Field, texts[kind]), kind)
	}
	made, differences, err := w.CreateOpportunity(t.Context(), want, newID())
	require.NoError(t, err)
	assert.Empty(t, differences)
	seen, err := w.Opportunity(t.Context(), made.ID)
	require.NoError(t, err)
	there, err := w.direct.Opportunity(t.Context(), made.ID)
	require.NoError(t, err)
	for _, f := range fields {
		kind, _, _ := f.Field.Custom()
		assert.Equal(t, texts[kind], seen.Text(f.Field), kind)
		assert.Equal(t, there.Text(f.Field), seen.Text(f.Field), kind)
	}

	field := fields[0].Field
	update := crm.Update{ID: made.ID, Fields: []crm.Field{field}, Base: seen.Values, Want: crm.Values{}}
	_, _, err = w.UpdateOpportunity(entry(newID()), update)
	require.NoError(t, err)
	seen, err = w.Opportunity(t.Context(), made.ID)
	require.NoError(t, err)
	assert.True(t, seen.Custom.Has(field), "a blank one is known to be blank")
	assert.Empty(t, seen.Text(field))

	unknown := crm.CustomField(crm.CustomText, "000000000000000000000001")
	want = values(t, "Another team's", "1")
	want.SetText(unknown, "x")
	_, _, err = w.CreateOpportunity(t.Context(), want, newID())
	assert.Equal(t, crm.Invalid, crm.KindOf(err))
	assert.Equal(t, unknown, crm.AsError(err).Field)
}

// Contacts over the outbox, as the popup saves them: after what they are attached
// to, while answers get lost.
func TestContacts(t *testing.T) {
	w := newWorld(t, gateway.ScopeWrite)
	w.options.Entry = outbox.EntryID
	w.Client = team.New(w.options)
	w.sync(t)
	acme := sandbox.DemoSeed().Accounts[0]
	account := crm.Account{ID: crm.AccountID(acme.ID), Name: acme.Name}
	contacts, whole, err := w.ContactsOf(t.Context(), account, "")
	require.NoError(t, err)
	direct, directWhole, err := w.direct.ContactsOf(t.Context(), account, "")
	require.NoError(t, err)
	for i := range direct {
		direct[i].Email = "" // which a rep does not choose by
	}
	assert.Equal(t, direct, contacts)
	assert.Equal(t, directWhole, whole)
	types, err := w.RoleTypes(t.Context())
	require.NoError(t, err)
	directTypes, err := w.direct.RoleTypes(t.Context())
	require.NoError(t, err)
	assert.Equal(t, directTypes, types)
	_, _, err = w.ContactsOf(t.Context(), crm.Account{ID: "000000000000000000000001", Name: "Nobody's"}, "")
	assert.Equal(t, crm.NotFound, crm.KindOf(err))

	now := time.Now()
	policy := outbox.DefaultPolicy()
	policy.Idempotent = true
	box := outbox.New(outbox.Ports{Primary: &store.Memory{}, Clock: func() time.Time { return now }, Rand: func() uint64 { return 1 }, Boot: "b"}, policy)
	id, after := newID(), newID()
	_, err = box.Append(t.Context(), id, crm.Create{Values: values(t, "With people", "1")})
	require.NoError(t, err)
	both := string(contacts[1].ID) + ":" + string(types[1].ID) + "," + string(contacts[0].ID)
	attach := crm.Update{Fields: []crm.Field{crm.FieldContacts}, Base: crm.Values{Name: "With people"}, Want: crm.Values{Name: "With people"}}
	require.True(t, attach.Want.SetText(crm.FieldContacts, both))
	_, err = box.AppendAfter(t.Context(), after, id, attach)
	require.NoError(t, err)
	for round := range 40 {
		w.lose.Store(0)
		if round < 9 { // then all is well again, as it is in the end
			w.lose.Store(int32(round % 4))
		}
		_, err = box.Drain(t.Context(), w)
		require.NoError(t, err)
		now = now.Add(time.Minute)
	}
	done, err := box.Find(t.Context(), after)
	require.NoError(t, err)
	require.Equal(t, outbox.Done, done.State, "%+v", done.Failure)
	assert.Empty(t, done.Differences)
	there, err := w.direct.Opportunity(t.Context(), done.Opportunity)
	require.NoError(t, err)
	assert.Equal(t, both, there.Text(crm.FieldContacts))
	seen, err := w.Opportunity(t.Context(), done.Opportunity)
	require.NoError(t, err)
	assert.Equal(t, both, seen.Text(crm.FieldContacts))
	assert.Equal(t, 1, w.made("opportunity.create"))
	assert.Equal(t, 1, w.made("opportunity.update_roles"), "attached once")
}

// Where the gateway cannot ask Apollo nobody knows custom fields: no change of one
// is taken for a clash, nor for done; the gateway compares.
func TestUnknownCustomFieldsAreNoClash(t *testing.T) {
	w := newWorld(t, gateway.ScopeWrite)
	w.options.Entry = outbox.EntryID
	w.Client = team.New(w.options)
	fields, _, err := w.OpportunityFields(t.Context())
	require.NoError(t, err)
	field := fields[0].Field
	want := values(t, "Not asked", "1")
	want.SetText(field, "PO-1")
	made, _, err := w.CreateOpportunity(t.Context(), want, newID())
	require.NoError(t, err)
	seen, err := w.Opportunity(t.Context(), made.ID)
	require.NoError(t, err)

	policy := outbox.DefaultPolicy()
	policy.Idempotent = true
	now := time.Now()
	box := outbox.New(outbox.Ports{Primary: &store.Memory{}, Clock: func() time.Time { return now }, Rand: func() uint64 { return 1 }, Boot: "b"}, policy)
	for name, text := range map[string]string{"changed": "PO-2", "cleared": ""} {
		w.sandbox.SetFault(sandbox.Fault{Endpoint: "opportunity.view", Kind: sandbox.FaultStatus, Status: 503, Times: 1})
		there, err := w.Opportunity(t.Context(), made.ID)
		require.NoError(t, err)
		assert.Equal(t, crm.CustomUnknown, there.Custom, name)

		w.sandbox.SetFault(sandbox.Fault{Endpoint: "opportunity.view", Kind: sandbox.FaultStatus, Status: 503, Times: 1})
		update := crm.Update{ID: made.ID, Fields: []crm.Field{field}, Base: seen.Values, Want: crm.Values{}}
		update.Want.SetText(field, text)
		id := newID()
		_, err = box.Append(t.Context(), id, update)
		require.NoError(t, err)
		_, err = box.Drain(t.Context(), w)
		require.NoError(t, err)
		done, err := box.Find(t.Context(), id)
		require.NoError(t, err)
		require.Equal(t, outbox.Done, done.State, "%s: %+v", name, done.Failure)
		seen, err = w.Opportunity(t.Context(), made.ID)
		require.NoError(t, err)
		assert.Equal(t, text, seen.Text(field), name)
	}
}
