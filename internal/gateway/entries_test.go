//go:build !js

package gateway_test

import (
	"context"
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/gateway"
	"github.com/dealmark/dealmark/internal/gateway/gatewaytest"
	"github.com/dealmark/dealmark/internal/gateway/sqlite"
	"github.com/dealmark/dealmark/internal/store"
)

// No change of an entry is lost, by however many instances at once.
func TestEntriesChangeOneAfterTheOther(t *testing.T) {
	w := newWorld(t, gatewaytest.Seed())
	second, err := sqlite.Open(w.path)
	require.NoError(t, err)
	defer second.Close()
	stores := []store.Store{
		gateway.Entries(w.gateway(t, nil), "northwind", "a"),
		gateway.Entries(w.gateway(t, func(c *gateway.Config) { c.DB = second }), "northwind", "a"),
	}
	var wait sync.WaitGroup
	for i := range 6 {
		wait.Go(func() {
			for range 20 {
				assert.NoError(t, stores[i%2].Update(context.Background(), []string{"entry/a"}, func(read []store.Record) ([]store.Record, error) {
					n, _ := strconv.Atoi(string(read[0].Value))
					return []store.Record{{Key: "entry/a", Value: []byte(strconv.Itoa(n + 1))}}, nil
				}))
			}
		})
	}
	wait.Wait()
	value, err := store.Get(t.Context(), stores[0], "entry/a")
	require.NoError(t, err)
	assert.Equal(t, "120", string(value))

	require.NoError(t, store.Delete(t.Context(), stores[1], "entry/a"))
	value, err = store.Get(t.Context(), stores[0], "entry/a")
	require.NoError(t, err)
	assert.Nil(t, value)

	// The note: what keeps one back is its own, the rest is everybody's.
	other := gateway.Entries(w.gateway(t, nil), "northwind", "b")
	read := func(s store.Store) string {
		value, err := store.Get(t.Context(), s, "outbox")
		require.NoError(t, err)
		return string(value)
	}
	require.NoError(t, store.Put(t.Context(), other, "outbox", []byte(`{"field":"f"}`)))
	require.NoError(t, store.Put(t.Context(), stores[0], "outbox", []byte(`{"field":"f","until":7}`)))
	assert.Equal(t, `{"field":"f","until":7}`, read(stores[1]))
	assert.Equal(t, `{"field":"f"}`, read(other))
	require.NoError(t, store.Put(t.Context(), stores[0], "outbox", []byte(`{"field":"g"}`)))
	assert.Equal(t, []string{`{"field":"g"}`, `{"field":"g"}`}, []string{read(stores[0]), read(other)})
	assert.Empty(t, read(gateway.Entries(w.gateway(t, nil), "southwind", "b")))
}

// asleep is a transport that stops before a request until it is woken.
type asleep struct {
	apollo.Transport
	path           string
	reached, awake chan struct{}
}

func (a asleep) Do(ctx context.Context, r apollo.Request) (apollo.Response, error) {
	response, err := a.Transport.Do(ctx, r)
	if r.Path == a.path {
		close(a.reached)
		<-a.awake
	}
	return response, err
}

// An instance falls asleep with the lease in its hand, another takes over and
// comes to an end. When the first goes on it sends nothing, and gives the answer.
func TestASleeperDoesNoHarm(t *testing.T) {
	for _, path := range []string{"/typed_custom_fields", "/opportunities/search", "/opportunities"} {
		w := newWorld(t, gatewaytest.Seed())
		sleeper := asleep{w.direct(), path, make(chan struct{}), make(chan struct{})}
		first, second := w.gateway(t, func(c *gateway.Config) { c.Upstream = sleeper }), w.gatewayInside(t)
		id := gatewaytest.NewID()
		answered := make(chan reply)
		go func() { answered <- w.create(t, first, gatewaytest.Write, id, "Slept over") }()
		<-sleeper.reached
		_, err := w.db.Batch(t.Context(), gateway.Statement{SQL: `UPDATE operation SET lease = 0`})
		require.NoError(t, err)
		r := w.create(t, second, gatewaytest.Write, id, "Slept over")
		assert.Contains(t, []int{201, 202}, r.status, "%s: %s", path, r.raw)
		close(sleeper.awake)
		late := <-answered
		assert.Contains(t, []int{201, 202}, late.status, "%s: %s", path, late.raw)
		for range 30 {
			if r = w.create(t, second, gatewaytest.Write, id, "Slept over"); r.status == 201 {
				break
			}
			w.pass(60e9)
		}
		assert.Equal(t, 201, r.status, "%s: %s", path, r.raw)
		assert.Equal(t, 1, made(w.Sandbox, "Slept over"), path)
		assert.Equal(t, r.raw, w.create(t, first, gatewaytest.Write, id, "Slept over").raw)
	}
}
