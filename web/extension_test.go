//go:build !js

package main_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/e2e/rig"
	"github.com/dealmark/dealmark/internal/gateway/gatewaytest"
)

// TestTheExtensionByWayOfTheWorker does a rep's job in a real Chromium, through the
// Worker in workerd: the extension of the development build, with a token.
func TestTheExtensionByWayOfTheWorker(t *testing.T) {
	ctx := t.Context()
	browser, err := rig.Start(ctx, rig.Options{Root: ".."})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, browser.Close()) })
	w := newWorldFor(t, browser.ExtensionID(), "gateway")
	w.renew(t)
	options, err := browser.Connect(ctx, w.URL, w.Token(gatewaytest.Write))
	require.NoError(t, err)
	require.NoError(t, options.WaitText(ctx, "#say", "All of it works."))

	site, err := browser.OpenTab(ctx, "http://www.acme.test/")
	require.NoError(t, err)
	popup, err := site.ClickIcon(ctx)
	require.NoError(t, err)
	require.NoError(t, rig.Do(
		func() error { return popup.WaitText(ctx, "#company-status", "In Apollo") },
		func() error { return popup.WaitText(ctx, "#rows", "Acme rollout, phase 2") },
		func() error { return popup.WaitFor(ctx, `document.querySelector("#owner").value`) },
		func() error { return popup.Fill(ctx, "#name", "By way of the Worker") },
		func() error { return popup.Press(ctx, "Enter") },
		func() error {
			return popup.WaitText(ctx, `.entry[data-state="done"]`, "Created “By way of the Worker”")
		},
	))
	made := 0
	for _, entry := range w.Sandbox.Log() {
		if entry.Stored && entry.Operation == "opportunity.create" {
			made++
			assert.Equal(t, "By way of the Worker", entry.Request["name"])
			assert.NotEmpty(t, entry.Fields["typed_custom_fields"])
		}
	}
	assert.Equal(t, 1, made)
	assert.Empty(t, rig.Faults(popup))
}
