package outbox_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/store"
)

// What an entry holds of custom fields is what a later popup and the worker read,
// kinds and all; a blank one that is to be cleared is in Fields.
func TestCustomFieldsAreInTheRecord(t *testing.T) {
	months := crm.CustomField(crm.CustomNumber, "5c10000000000000000000a1")
	topics := crm.CustomField(crm.CustomChoices, "5c10000000000000000000a2")
	base, want := crm.Values{Name: "Acme"}, crm.Values{Name: "Acme"}
	require.True(t, base.SetText(months, "24"))
	require.True(t, want.SetText(months, ""))
	require.True(t, want.SetText(topics, "5c14000000000000000000b1,5c14000000000000000000b2"))
	update := crm.Update{ID: "64f0a1b2c3d4e5f600000001", Fields: []crm.Field{months, topics}, Base: base, Want: want}
	for name, command := range map[string]crm.Command{"create": crm.Create{Values: want}, "update": update} {
		t.Run(name, func(t *testing.T) {
			b := outbox.New(outbox.Ports{Primary: &store.Memory{}, Clock: func() time.Time { return time.Unix(1790000000, 0) }, Rand: func() uint64 { return 0 }}, outbox.DefaultPolicy())
			_, err := b.Append(t.Context(), "form-1", command)
			require.NoError(t, err)
			e, err := b.Find(t.Context(), "form-1")
			require.NoError(t, err)
			got := e.Command
			switch got := got.(type) {
			case crm.Create:
				assert.Empty(t, got.Diff(want))
			case crm.Update:
				assert.Equal(t, update.Fields, got.Fields)
				assert.Empty(t, got.Want.Diff(want))
				assert.Empty(t, got.Base.Diff(base))
			}
			_, err = b.Append(t.Context(), "form-1", command)
			assert.NoError(t, err, "the same command again is the same entry")
		})
	}
}
