package apollo_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/sandbox"
)

// theAcme finds the account of that domain, and its opportunities.
func theAcme(t *testing.T, c *apollo.Client) (crm.Account, []apollo.Record) {
	t.Helper()
	accounts := rowsOf(t, c.ListAccounts(apollo.AccountQuery{Name: "acme", Domain: "acme.test"}))
	require.Len(t, accounts, 1)
	deals := rowsOf(t, c.ListRecords(apollo.OpportunityFilter{AccountID: accounts[0].ID}))
	require.NotEmpty(t, deals)
	return accounts[0], deals
}

func rowsOf[T any](t *testing.T, list *apollo.List[T]) []T {
	t.Helper()
	var rows []T
	for row, err := range list.Rows(context.Background()) {
		require.NoError(t, err)
		rows = append(rows, row)
	}
	return rows
}

// TestSandboxPeople finds the people of a company, gives one a part in an
// opportunity, and takes it away again.
func TestSandboxPeople(t *testing.T) {
	dialects(t, func(t *testing.T, s *sandbox.Server, c *apollo.Client) {
		ctx := context.Background()
		acme, deals := theAcme(t, c)
		people := rowsOf(t, c.ListContactsOf(acme))
		require.NotEmpty(t, people)
		for _, p := range people {
			assert.Equal(t, acme.ID, p.AccountID)
			seen, err := c.Contact(ctx, p.ID)
			require.NoError(t, err)
			assert.Equal(t, p, seen)
		}
		assert.Greater(t, len(rowsOf(t, c.ListContacts(""))), len(people))

		types, err := c.RoleTypes(ctx)
		require.NoError(t, err)
		require.GreaterOrEqual(t, len(types), 2)
		deal, person := deals[0].ID, people[0].ID
		role := func(kind apollo.RoleType) []apollo.Role {
			return []apollo.Role{{ContactID: person, Primary: true, Types: []apollo.RoleType{{ID: kind.ID, Name: kind.Name, Primary: true}}}}
		}
		stored, differences, err := c.SetRoles(ctx, deal, role(types[1]))
		require.NoError(t, err)
		assert.Empty(t, differences)
		require.Len(t, stored, 1)
		assert.Equal(t, person, stored[0].ContactID)

		of, err := c.OpportunitiesOfContact(ctx, person)
		require.NoError(t, err)
		var ids []crm.OpportunityID
		for _, o := range of {
			ids = append(ids, o.ID)
			assert.NotEmpty(t, o.Roles)
		}
		assert.Contains(t, ids, deal)

		// Apollo answers 200 and stores nothing.
		require.NoError(t, s.AddFault(sandbox.Fault{Kind: sandbox.FaultDrop, Endpoint: apollo.OpRoleUpdate}))
		stored, differences, err = c.SetRoles(ctx, deal, role(types[0]))
		require.NoError(t, err)
		require.Len(t, differences, 1)
		assert.Equal(t, person, differences[0].ContactID)
		assert.Len(t, stored, 1, "what was stored before")

		// And the same with the answer lost after all was done.
		s.ClearFaults()
		require.NoError(t, s.AddFault(sandbox.Fault{Kind: sandbox.FaultStatus, Status: 502, AfterCommit: true, Endpoint: apollo.OpRoleUpdate}))
		_, differences, err = c.SetRoles(ctx, deal, nil)
		require.NoError(t, err, "the second look found them stored")
		assert.Empty(t, differences)
		s.ClearFaults()
		require.NoError(t, s.AddFault(sandbox.Fault{Kind: sandbox.FaultStatus, Status: 502, Endpoint: apollo.OpRoleUpdate}))
		_, differences, err = c.SetRoles(ctx, deal, role(types[0]))
		assert.Equal(t, crm.Uncertain, crm.KindOf(err))
		assert.Len(t, differences, 1)
	})
}

func TestSandboxOneAccount(t *testing.T) {
	dialects(t, func(t *testing.T, _ *sandbox.Server, c *apollo.Client) {
		ctx := context.Background()
		acme, _ := theAcme(t, c)
		seen, err := c.Account(ctx, acme.ID)
		require.NoError(t, err)
		assert.Equal(t, acme, seen)

		want := acme
		want.Name, want.Domain = "Acme renamed", "acme-renamed.test"
		changed, differences, err := c.UpdateAccount(ctx, acme, want)
		require.NoError(t, err)
		assert.Empty(t, differences)
		assert.Equal(t, want, changed)
		found, err := c.FindOrCreateAccount(ctx, crm.NewAccount{Name: "Whatever", Domain: "acme-renamed.test"})
		require.NoError(t, err)
		assert.Equal(t, acme.ID, found.ID, "found by its domain")

		_, err = c.Account(ctx, dealID)
		assert.Equal(t, crm.NotFound, crm.KindOf(err))
		want.OwnerID = "not an id"
		_, _, err = c.UpdateAccount(ctx, acme, want)
		e := requireError(t, err)
		assert.Equal(t, crm.Invalid, e.Kind)
		assert.Equal(t, crm.FieldOwner, e.Field)
	})
}

func TestSandboxSettings(t *testing.T) {
	dialects(t, func(t *testing.T, _ *sandbox.Server, c *apollo.Client) {
		ctx := context.Background()
		pipelines, err := c.Pipelines(ctx)
		require.NoError(t, err)
		require.NotEmpty(t, pipelines)
		assert.True(t, pipelines[0].Default)
		one, err := c.Pipeline(ctx, pipelines[0].ID)
		require.NoError(t, err)
		assert.Equal(t, pipelines[0], one)

		stages, err := c.Stages(ctx)
		require.NoError(t, err)
		named := 0
		for _, record := range rowsOf(t, c.ListRecords(apollo.OpportunityFilter{})) {
			assert.Empty(t, record.StageName, "Apollo names no stage")
			if record.NameStage(stages); record.StageName != "" {
				named++
			}
			assert.Equal(t, record.StageID != "", record.StageName != "")
		}
		assert.Positive(t, named)

		fields, err := c.Fields(ctx, "custom")
		require.NoError(t, err)
		require.NotEmpty(t, fields)
		typed, err := c.CustomFields(ctx)
		require.NoError(t, err)
		ids, options := map[apollo.FieldID]bool{}, 0
		for _, f := range typed {
			ids[f.ID] = true
			options += len(f.Options)
		}
		assert.Positive(t, options, "a picklist has options")
		for _, f := range fields {
			assert.True(t, ids[f.ID], "%s has an id without its prefix", f.ID)
		}
		made, differences, err := c.CreateField(ctx, apollo.NewField{Of: "opportunity", Label: "Region", Type: "string", MaxLength: 50})
		require.NoError(t, err)
		assert.Empty(t, differences)
		assert.Equal(t, "Region", made.Label)

		usage, err := c.Usage(ctx)
		require.NoError(t, err)
		for _, u := range usage {
			assert.NotEmpty(t, u.Endpoint)
			assert.NotEmpty(t, u.Action)
		}
		users, err := c.Users(ctx)
		require.NoError(t, err)
		assert.ElementsMatch(t, users, rowsOf(t, c.ListUsers()))
	})
}

// TestSandboxLists reads 1,000 opportunities in both ways to ask, and says what
// becomes of a list that grows meanwhile and of one that the budget cuts short.
func TestSandboxLists(t *testing.T) {
	ctx := context.Background()
	limits := sandbox.Limits{Minute: 10, Hour: 100, Day: 1000}
	now := noon
	s := sandbox.New(sandbox.Options{
		Keys: []sandbox.Key{{Secret: canary, Master: true}}, Clock: func() time.Time { return now },
		Seed: sandbox.DemoSeed().WithOpportunities(1000), Limits: &limits,
	})
	c := clientAt(through(s), func() time.Time { return now })
	for _, get := range []bool{false, true} {
		list := c.ListOpportunities(apollo.OpportunityFilter{Get: get})
		seen := map[crm.OpportunityID]bool{}
		for !list.Cursor().Done {
			for o, err := range list.Rows(ctx) {
				if err != nil {
					require.ErrorIs(t, err, apollo.ErrBudget)
					now = now.Add(requireError(t, err).RetryAfter)
					break
				}
				assert.False(t, seen[o.ID], "twice")
				seen[o.ID] = true
			}
		}
		assert.Len(t, seen, 1000)
	}
	for _, request := range s.Requests() {
		assert.NotEqual(t, 429, request.Status, "nothing is sent that would be refused")
	}

	now = now.Add(24 * time.Hour)
	list := c.ListOpportunities(apollo.OpportunityFilter{})
	for range list.Pages(ctx) {
		break
	}
	_, _, err := c.CreateOpportunity(ctx, crm.Values{Name: "Meanwhile"})
	require.NoError(t, err)
	_, err = gathered(list.Rows(ctx))
	assert.ErrorIs(t, err, apollo.ErrChanged)
}
