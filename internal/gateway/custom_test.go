//go:build !js

package gateway_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/gateway/gatewaytest"
)

// A field that an admin has just made can be put into the form, and written.
func TestANewFieldIsThereSoon(t *testing.T) {
	w := newWorld(t, gatewaytest.Seed())
	g := w.gateway(t, nil)
	ask := func(path string) reply { return w.ask(t, g, gatewaytest.Read, "GET", path, "", "") }
	require.Equal(t, 200, ask("/v1/fields").status)
	require.Equal(t, 200, ask("/v1/stages").status)
	made, _, err := apollo.New(apollo.Options{Base: w.config.Teams[0].Base, Key: gatewaytest.Key, Transport: apollo.HTTP{}, Clock: w.clock}).
		CreateField(t.Context(), apollo.NewField{Of: "opportunity", Label: "Brand new", Type: "string"})
	require.NoError(t, err)
	assert.NotContains(t, ask("/v1/fields").raw, "Brand new", "one answer serves many reps")
	w.now.Add(int64(2 * time.Minute))
	assert.Contains(t, ask("/v1/fields").raw, "Brand new")
	stages := requested(w.Sandbox, "stage.list")
	ask("/v1/stages")
	assert.Equal(t, stages, requested(w.Sandbox, "stage.list"), "the others are kept for an hour")
	field := "custom.text." + string(made.ID)
	id := gatewaytest.NewID()
	r := w.ask(t, g, gatewaytest.Write, "POST", "/v1/opportunities", id, `{"name":"With it","`+field+`":"x"}`)
	require.Equal(t, 201, r.status, r.raw)
}
