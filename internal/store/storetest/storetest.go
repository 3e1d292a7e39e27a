// Package storetest holds what is expected of every [store.Store], as tests
// that an implementation runs on itself.
//
// It knows only what can be observed through the interface. It does not know
// how durable an area is, nor what happens when its medium fails.
package storetest

import (
	"bytes"
	"context"
	"errors"
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/store"
)

// Run tests the stores that open gives; each must be empty and the test's own.
func Run(t *testing.T, open func() store.Store) {
	for _, expectation := range []struct {
		name string
		test func(*testing.T, store.Store)
	}{
		{"an unknown key reads as nil", unknownKey},
		{"a read keeps the order of keys", readOrder},
		{"a write replaces", replace},
		{"an empty value is a record", emptyValue},
		{"a large value is kept whole", largeValue},
		{"nil deletes", nilDeletes},
		{"a list is sorted and has the prefix", list},
		{"values are copied", copied},
		{"an update reads what it names", updateReads},
		{"an update writes any keys", updateWrites},
		{"an update's error writes nothing", updateFails},
		{"an update's panic writes nothing", updatePanics},
		{"a cancelled context does nothing", cancelled},
		{"updates do not interleave", noInterleaving},
		{"an update is seen whole or not at all", atomic},
	} {
		t.Run(expectation.name, func(t *testing.T) { expectation.test(t, open()) })
	}
}

func unknownKey(t *testing.T, s store.Store) {
	value, err := store.Get(t.Context(), s, "nobody")
	require.NoError(t, err)
	assert.Nil(t, value)
	none, err := s.Read(t.Context())
	require.NoError(t, err)
	assert.Empty(t, none, "a read of no keys")
}

func readOrder(t *testing.T, s store.Store) {
	fill(t, s, "a", "b", "c")
	read, err := s.Read(t.Context(), "c", "nobody", "a", "c")
	require.NoError(t, err)
	assert.Equal(t, []store.Record{
		{Key: "c", Value: []byte("value of c")}, {Key: "nobody"},
		{Key: "a", Value: []byte("value of a")}, {Key: "c", Value: []byte("value of c")},
	}, read)
}

func replace(t *testing.T, s store.Store) {
	fill(t, s, "a")
	require.NoError(t, store.Put(t.Context(), s, "a", []byte("another")))
	wantRecords(t, s, "a=another")
}

func emptyValue(t *testing.T, s store.Store) {
	require.NoError(t, store.Put(t.Context(), s, "a", []byte{}))
	value, err := store.Get(t.Context(), s, "a")
	require.NoError(t, err)
	assert.NotNil(t, value)
	wantRecords(t, s, "a=")
}

func largeValue(t *testing.T, s store.Store) {
	large := bytes.Repeat([]byte("\x00\xffdealmark"), 200_000)
	require.NoError(t, store.Put(t.Context(), s, "large", large))
	value, err := store.Get(t.Context(), s, "large")
	require.NoError(t, err)
	assert.True(t, bytes.Equal(large, value))
}

func nilDeletes(t *testing.T, s store.Store) {
	fill(t, s, "a", "b", "c", "d")
	require.NoError(t, store.Put(t.Context(), s, "a", nil))
	require.NoError(t, store.Delete(t.Context(), s, "c", "nobody", "d"))
	wantRecords(t, s, "b=value of b")
	value, err := store.Get(t.Context(), s, "c")
	require.NoError(t, err)
	assert.Nil(t, value)
}

func list(t *testing.T, s store.Store) {
	fill(t, s, "b/2", "a", "b/10", "b", "b/", "c", "B/1", "b/é", "b0")
	for _, c := range []struct {
		prefix string
		keys   []string
	}{
		{"", []string{"B/1", "a", "b", "b/", "b/10", "b/2", "b/é", "b0", "c"}},
		{"b/", []string{"b/", "b/10", "b/2", "b/é"}},
		{"b/1", []string{"b/10"}},
		{"b/2", []string{"b/2"}},
		{"b/é", []string{"b/é"}},
		{"nobody", nil},
	} {
		records, err := s.List(t.Context(), c.prefix)
		require.NoError(t, err)
		var keys []string
		for _, record := range records {
			keys = append(keys, record.Key)
			assert.Equal(t, "value of "+record.Key, string(record.Value))
		}
		assert.Equal(t, c.keys, keys, "with prefix %q", c.prefix)
	}
}

func copied(t *testing.T, s store.Store) {
	value := []byte("mine")
	require.NoError(t, store.Put(t.Context(), s, "a", value))
	value[0] = 'X'
	read, err := store.Get(t.Context(), s, "a")
	require.NoError(t, err)
	require.Equal(t, "mine", string(read), "the writer's slice was changed after the write")
	read[0] = 'Y'
	listed, err := s.List(t.Context(), "")
	require.NoError(t, err)
	listed[0].Value[0] = 'Z'
	require.NoError(t, s.Update(t.Context(), []string{"a"}, func(read []store.Record) ([]store.Record, error) {
		read[0].Value[0] = 'W'
		return nil, nil
	}))
	wantRecords(t, s, "a=mine")
}

func updateReads(t *testing.T, s store.Store) {
	fill(t, s, "a", "b")
	var seen []store.Record
	require.NoError(t, s.Update(t.Context(), []string{"b", "nobody", "a"}, func(read []store.Record) ([]store.Record, error) {
		seen = read
		return nil, nil
	}))
	assert.Equal(t, []store.Record{
		{Key: "b", Value: []byte("value of b")}, {Key: "nobody"}, {Key: "a", Value: []byte("value of a")},
	}, seen)
	wantRecords(t, s, "a=value of a", "b=value of b")
}

func updateWrites(t *testing.T, s store.Store) {
	fill(t, s, "a", "b")
	require.NoError(t, s.Update(t.Context(), []string{"a"}, func([]store.Record) ([]store.Record, error) {
		return []store.Record{{Key: "new", Value: []byte("n")}, {Key: "b"}, {Key: "a", Value: []byte("1")}}, nil
	}))
	wantRecords(t, s, "a=1", "new=n")
}

func updateFails(t *testing.T, s store.Store) {
	fill(t, s, "a")
	mine := errors.New("mine")
	err := s.Update(t.Context(), []string{"a"}, func([]store.Record) ([]store.Record, error) {
		return []store.Record{{Key: "a"}, {Key: "b", Value: []byte("b")}}, mine
	})
	assert.ErrorIs(t, err, mine)
	wantRecords(t, s, "a=value of a")
}

func updatePanics(t *testing.T, s store.Store) {
	fill(t, s, "a")
	assert.PanicsWithValue(t, "mine", func() {
		_ = s.Update(t.Context(), []string{"a"}, func([]store.Record) ([]store.Record, error) { panic("mine") })
	})
	wantRecords(t, s, "a=value of a")
	require.NoError(t, store.Put(t.Context(), s, "a", []byte("after")), "the area must still be usable")
	wantRecords(t, s, "a=after")
}

func cancelled(t *testing.T, s store.Store) {
	fill(t, s, "a")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := s.Read(ctx, "a")
	assert.ErrorIs(t, err, context.Canceled)
	_, err = s.List(ctx, "")
	assert.ErrorIs(t, err, context.Canceled)
	assert.ErrorIs(t, store.Put(ctx, s, "a", []byte("late")), context.Canceled)
	wantRecords(t, s, "a=value of a")
}

func noInterleaving(t *testing.T, s store.Store) {
	const writers, each = 8, 25
	var group sync.WaitGroup
	for range writers {
		group.Go(func() {
			for range each {
				assert.NoError(t, s.Update(t.Context(), []string{"count"}, func(read []store.Record) ([]store.Record, error) {
					n, _ := strconv.Atoi(string(read[0].Value))
					return []store.Record{{Key: "count", Value: []byte(strconv.Itoa(n + 1))}}, nil
				}))
			}
		})
	}
	group.Wait()
	wantRecords(t, s, "count="+strconv.Itoa(writers*each))
}

func atomic(t *testing.T, s store.Store) {
	var group sync.WaitGroup
	group.Go(func() {
		for n := range 50 {
			value := []byte(strconv.Itoa(n))
			assert.NoError(t, s.Update(t.Context(), nil, func([]store.Record) ([]store.Record, error) {
				return []store.Record{{Key: "left", Value: value}, {Key: "right", Value: value}}, nil
			}))
		}
	})
	group.Go(func() {
		for range 50 {
			read, err := s.Read(t.Context(), "left", "right")
			if assert.NoError(t, err) {
				assert.Equal(t, string(read[0].Value), string(read[1].Value), "one half was seen without the other")
			}
			all, err := s.List(t.Context(), "")
			if assert.NoError(t, err) && len(all) > 0 && assert.Len(t, all, 2) {
				assert.Equal(t, string(all[0].Value), string(all[1].Value), "one half was seen without the other")
			}
		}
	})
	group.Wait()
}

func fill(t *testing.T, s store.Store, keys ...string) {
	t.Helper()
	for _, key := range keys {
		require.NoError(t, store.Put(t.Context(), s, key, []byte("value of "+key)))
	}
}

func wantRecords(t *testing.T, s store.Store, want ...string) {
	t.Helper()
	records, err := s.List(t.Context(), "")
	require.NoError(t, err)
	var have []string
	for _, record := range records {
		have = append(have, record.Key+"="+string(record.Value))
	}
	assert.Equal(t, want, have)
}
