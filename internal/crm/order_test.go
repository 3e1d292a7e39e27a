package crm_test

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/dealmark/dealmark/internal/crm"
)

func TestSortOpportunities(t *testing.T) {
	o := func(id, name, closes string, closed bool) crm.Opportunity {
		v := crm.Values{Name: name}
		require.True(t, v.SetText(crm.FieldCloseDate, closes))
		return crm.Opportunity{ID: crm.OpportunityID(id), Values: v, Closed: closed}
	}
	want := []crm.Opportunity{
		o("7", "soon", "2026-10-06", false),
		o("6", "a later one", "2026-12-31", false),
		o("1", "later", "2026-12-31", false),
		o("5", "later", "2026-12-31", false),
		o("4", "no date", "", false),
		o("3", "long closed", "2020-01-01", true),
		o("2", "closed", "2026-10-06", true),
		o("0", "closed without date", "", true),
	}
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.Permutation(want).Draw(t, "list")
		crm.SortOpportunities(list)
		require.Equal(t, want, list)
	})
}

func TestSortAgainstPackageSlices(t *testing.T) {
	type item struct{ key, place int }
	byKey := func(a, b item) int { return cmp.Compare(a.key, b.key) }
	rapid.Check(t, func(t *rapid.T) {
		var list []item
		for i, key := range rapid.SliceOf(rapid.IntRange(0, 9)).Draw(t, "keys") {
			list = append(list, item{key, i})
		}
		want := slices.Clone(list)
		slices.SortStableFunc(want, byKey)
		crm.Sort(list, byKey)
		require.Equal(t, want, list)
	})
}

func TestStages(t *testing.T) {
	lead := crm.Stage{ID: "1", Name: "Lead", Order: 1}
	offer := crm.Stage{ID: "2", Name: "Offer", Order: 2}
	second := crm.Stage{ID: "3", Name: "Lead of another pipeline", Order: 2}
	won := crm.Stage{ID: "4", Name: "Won", Order: 9, Closed: true, Won: true}
	lost := crm.Stage{ID: "5", Name: "Lost", Order: 0, Closed: true}

	stages := []crm.Stage{won, offer, second, lead, lost}
	crm.SortStages(stages)
	assert.Equal(t, []crm.Stage{lost, lead, offer, second, won}, stages, "equals stay in their order")

	first, ok := crm.FirstOpen(stages)
	assert.True(t, ok)
	assert.Equal(t, lead, first, "a closed stage is no beginning, wherever it stands")
	_, ok = crm.FirstOpen([]crm.Stage{lost, won})
	assert.False(t, ok)
	_, ok = crm.FirstOpen(nil)
	assert.False(t, ok)

	found, ok := crm.StageByID(stages, "4")
	assert.True(t, ok)
	assert.Equal(t, won, found)
	_, ok = crm.StageByID(stages, "")
	assert.False(t, ok)
}

func TestUserByID(t *testing.T) {
	users := []crm.User{{ID: "1", Name: "Jo"}, {ID: "2", Name: "Kim"}}
	kim, ok := crm.UserByID(users, "2")
	assert.True(t, ok)
	assert.Equal(t, users[1], kim)
	none, ok := crm.UserByID(users, "3")
	assert.False(t, ok)
	assert.Zero(t, none)
}
