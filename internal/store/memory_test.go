package store_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/store"
	"github.com/dealmark/dealmark/internal/store/storetest"
)

func TestMemory(t *testing.T) {
	storetest.Run(t, func() store.Store { return &store.Memory{} })
}

func TestMemoryFailsOnRequest(t *testing.T) {
	full := errors.New("the disk is full")
	var asked []string
	m := &store.Memory{}
	require.NoError(t, store.Put(t.Context(), m, "a", []byte("1")))
	m.Fail = func(operation string) error { asked = append(asked, operation); return full }

	_, err := m.Read(t.Context(), "a")
	assert.ErrorIs(t, err, full)
	_, err = m.List(t.Context(), "")
	assert.ErrorIs(t, err, full)
	assert.ErrorIs(t, store.Put(t.Context(), m, "a", []byte("2")), full)
	assert.ErrorIs(t, store.Delete(t.Context(), m, "a"), full)
	_, err = store.Get(t.Context(), m, "a")
	assert.ErrorIs(t, err, full)
	assert.Equal(t, []string{"read", "list", "update", "update", "read"}, asked)

	m.Fail = nil
	value, err := store.Get(context.Background(), m, "a")
	require.NoError(t, err)
	assert.Equal(t, "1", string(value), "a failed operation changes nothing")
}
