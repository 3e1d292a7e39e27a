package store_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/store"
	"github.com/dealmark/dealmark/internal/store/storetest"
)

// TestWithin has every space do what a store does, in an area that is full of
// others' records.
func TestWithin(t *testing.T) {
	for _, space := range []string{"", "b", "bb"} {
		t.Run("space "+space, func(t *testing.T) {
			storetest.Run(t, func() store.Store {
				area := &store.Memory{}
				for _, other := range []string{"", "a", "b", "bb", "c"} {
					if other != space {
						for _, key := range []string{"a", "b", "entry/1", "@a", "z"} {
							if other == "" && key == "@a" {
								continue // no key of the root begins so
							}
							require.NoError(t, store.Put(t.Context(), store.Within(area, other), key, []byte("of "+other)))
						}
					}
				}
				return store.Within(area, space)
			})
		})
	}
}

func TestSpaceOf(t *testing.T) {
	for key, space := range map[string]string{"settings": "", "entry/@a/x": "", "@w1/settings": "w1", "@w1/@w2/x": "w1", "@w1": "w1", "": ""} {
		assert.Equal(t, space, store.SpaceOf(key), key)
	}
}
