package store_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/store"
)

func TestAhead(t *testing.T) {
	area := &store.Memory{}
	for _, key := range []string{"a", "b", "@w/a"} {
		require.NoError(t, store.Put(t.Context(), area, key, []byte("of "+key)))
	}
	listed, err := area.List(t.Context(), "")
	require.NoError(t, err)
	ahead := store.Ahead(area, listed)
	reads := 0
	area.Fail = func(operation string) error {
		if operation == "read" {
			reads++
		}
		return nil
	}
	for _, space := range []string{"", "w", "nobody"} {
		want, err := store.Within(area, space).Read(t.Context(), "b", "a", "none", "a")
		require.NoError(t, err)
		got, err := store.Within(ahead, space).Read(t.Context(), "b", "a", "none", "a")
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
	assert.Equal(t, 3, reads, "what is ahead reads nothing")
	require.NoError(t, store.Put(t.Context(), ahead, "c", []byte("later")))
	value, err := store.Get(t.Context(), area, "c")
	require.NoError(t, err)
	assert.Equal(t, "later", string(value))
}
