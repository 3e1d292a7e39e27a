package popup_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/popup"
	"github.com/dealmark/dealmark/internal/site"
)

// atOnce reads a company as a team's gateway does, from the same Apollo.
type atOnce struct {
	*reader
	w     *world
	whole bool
}

func (a atOnce) Company(ctx context.Context, domain crm.Domain, name string) (all crm.Company, err error) {
	if err := a.call("company " + string(domain) + " " + name); err != nil {
		return all, err
	}
	all.Whole = a.whole
	if all.Stages, err = a.w.client.Stages(ctx); err != nil {
		return all, err
	}
	if all.Users, err = a.w.client.Users(ctx); err != nil {
		return all, err
	}
	found, err := a.w.client.AccountsNamed(ctx, domain.Label())
	for _, account := range found {
		if account.Domain != domain {
			continue
		}
		all.Accounts = append(all.Accounts, account)
		list, _, err := a.w.client.OpportunitiesOf(ctx, account.ID)
		if err != nil {
			return all, err
		}
		all.Opportunities = append(all.Opportunities, list...)
	}
	return all, err
}

// through gives a story that reads by way of a gateway.
func (w *world) through(t *testing.T, page site.Page, whole bool) *popup.Story {
	t.Helper()
	s := w.storyWith(atOnce{w.reader, w, whole})
	require.NoError(t, s.Open(t.Context(), page, nil))
	s.Read(t.Context(), false)
	return s
}

func TestACompanyAtOnce(t *testing.T) {
	t.Run("looks as from Apollo itself", func(t *testing.T) {
		w := newWorld()
		w.through(t, acmePage, true)
		w.golden(t, "company_in_apollo")
		assert.Equal(t, []string{"company acme.test Acme Corp", "profile"}, w.reader.asked())
	})
	t.Run("is asked once a moment, and who the rep is once an hour", func(t *testing.T) {
		w := newWorld()
		w.through(t, acmePage, true)
		w.reader.asked()
		for _, step := range []struct {
			after time.Duration
			asks  []string
		}{
			{10 * time.Second, nil},
			{time.Minute, []string{"company acme.test Acme Corp"}},
			{2 * time.Hour, []string{"company acme.test Acme Corp", "profile"}},
		} {
			w.clock.advance(step.after)
			w.through(t, acmePage, true)
			assert.Equal(t, step.asks, w.reader.asked(), step.after)
		}
	})
	t.Run("is not there", func(t *testing.T) {
		w := newWorld()
		w.through(t, freshPage, true)
		assert.Equal(t, popup.NotInApollo, w.now().Company.Status)
		w.reader.asked()
		w.through(t, freshPage, true)
		assert.Empty(t, w.reader.asked(), "that there is nothing is known, too")
	})
	t.Run("some may be missing", func(t *testing.T) {
		w := newWorld()
		w.through(t, acmePage, false)
		assert.Contains(t, w.now().List.Status, "Some may be missing.")
	})
	t.Run("the gateway is away", func(t *testing.T) {
		w := newWorld()
		w.through(t, acmePage, true)
		w.clock.advance(time.Hour)
		w.reader.answer("", errOffline)
		w.through(t, acmePage, true)
		require.NotNil(t, w.now().Notice)
		assert.NotEmpty(t, w.now().List.Rows, "what is known is shown")
	})
}

// silent is a gateway whose index was filled before it kept activity.
type silent struct{ atOnce }

func (a silent) Company(ctx context.Context, domain crm.Domain, name string) (crm.Company, error) {
	all, err := a.atOnce.Company(ctx, domain, name)
	for i := range all.Opportunities {
		all.Opportunities[i].LastActivityAt = time.Time{}
	}
	return all, err
}

// When an opportunity was made is no activity.
func TestNoActivityIsShownThatNobodyKnows(t *testing.T) {
	w := newWorld()
	s := w.storyWith(silent{atOnce{w.reader, w, true}})
	require.NoError(t, s.Open(t.Context(), initechPage, nil))
	s.Read(t.Context(), false)
	rows := w.screen.now().Choice.Rows
	require.Len(t, rows, 2)
	for _, row := range rows {
		assert.Contains(t, row.Detail, "2 open")
		assert.NotContains(t, row.Detail, "activity")
	}
}
