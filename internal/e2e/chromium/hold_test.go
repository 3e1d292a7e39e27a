//go:build !js

package chromium_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/e2e/chromium"
)

func TestHold(t *testing.T) {
	ctx := t.Context()
	b := launch(t, chromium.Options{})
	release, err := b.Hold(ctx, "chrome-extension://*/manifest.json")
	require.NoError(t, err)
	_, popup := openPopup(t, b)
	require.NoError(t, popup.Eval(ctx, `(fetch("manifest.json").then(() => globalThis.come = true), 1)`, nil))
	require.NoError(t, popup.Eval(ctx, `fetch("worker.js").then(() => { if (globalThis.come) throw new Error("it was not held") }).then(() => 1)`, nil))
	require.NoError(t, release(ctx))
	require.NoError(t, popup.WaitFor(ctx, "globalThis.come"))
}
