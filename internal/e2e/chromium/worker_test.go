//go:build !js

package chromium_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/e2e/chromium"
)

func within(t *testing.T, limit time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeout(t.Context(), limit)
}

func TestWorker(t *testing.T) {
	ctx := t.Context()
	b := launch(t, chromium.Options{})
	_, popup := openPopup(t, b)
	started := func() (started string) {
		require.NoError(t, popup.Eval(ctx, `chrome.runtime.sendMessage("start")`, &started))
		return started
	}

	first := started()
	assert.Equal(t, first, started(), "a worker that is alive goes on")
	require.NoError(t, b.StopWorker(ctx))
	assert.NotEqual(t, first, started(), "the next message starts it again")
	require.NoError(t, b.StopWorker(ctx))
	require.NoError(t, b.StopWorker(ctx), "stopping what does not run is fine")

	started()
	worker, err := b.Worker(ctx)
	require.NoError(t, err)
	var id string
	require.NoError(t, worker.Eval(ctx, "chrome.runtime.id", &id))
	assert.Equal(t, b.ExtensionID(), id)
	assert.Empty(t, worker.ConsoleErrors())
	worker.Detach()
}

func TestOffline(t *testing.T) {
	ctx := t.Context()
	b := launch(t, chromium.Options{})
	tab, err := b.OpenTab(ctx, "http://www.acme.test/")
	require.NoError(t, err)
	fetched := func() (answer string) {
		require.NoError(t, tab.Eval(ctx, `fetch("/").then(() => "answer", () => "failed").then(end => end + " " + navigator.onLine)`, &answer))
		return answer
	}
	assert.Equal(t, "answer true", fetched())
	require.NoError(t, tab.SetOffline(ctx, true))
	assert.Equal(t, "failed false", fetched())
	require.NoError(t, tab.SetOffline(ctx, false))
	assert.Equal(t, "answer true", fetched())
}

func TestRestart(t *testing.T) {
	ctx := t.Context()
	profile := t.TempDir()
	for _, want := range []string{"none", "kept"} {
		b := launch(t, chromium.Options{UserDataDir: profile})
		page, err := b.OpenPage(ctx, "options.html")
		require.NoError(t, err)
		var was string
		require.NoError(t, page.Eval(ctx, `localStorage.was ?? "none"`, &was))
		assert.Equal(t, want, was)
		require.NoError(t, page.Eval(ctx, `localStorage.was = "kept"`, nil))
		require.NoError(t, b.Close())
	}
}

func TestKill(t *testing.T) {
	ctx := t.Context()
	profile := t.TempDir()
	b := launch(t, chromium.Options{UserDataDir: profile})
	_, popup := openPopup(t, b)
	require.NoError(t, b.Kill())
	<-b.Done()
	assert.Error(t, popup.Eval(ctx, "1", nil), "a dead browser answers with an error, not with a hang")

	_, popup = openPopup(t, launch(t, chromium.Options{UserDataDir: profile}))
	assert.NoError(t, popup.WaitText(ctx, "#url", "acme.test"), "the profile of a killed browser can be used again")
}

func TestNothingLeavesTheMachine(t *testing.T) {
	b := launch(t, chromium.Options{})
	_, err := b.OpenTab(t.Context(), "http://example.com/")
	assert.ErrorContains(t, err, "ERR_NAME_NOT_RESOLVED")
}

func TestDark(t *testing.T) {
	for name, dark := range map[string]bool{"light": false, "dark": true} {
		t.Run(name, func(t *testing.T) {
			_, popup := openPopup(t, launch(t, chromium.Options{Dark: dark}))
			var seen bool
			require.NoError(t, popup.Eval(t.Context(), `matchMedia("(prefers-color-scheme: dark)").matches`, &seen))
			assert.Equal(t, dark, seen)
		})
	}
}

func TestLaunchRefuses(t *testing.T) {
	t.Run("no chromium", func(t *testing.T) {
		t.Setenv("CHROMIUM", "/nowhere/chromium")
		_, err := chromium.Launch(t.Context(), chromium.Options{ExtensionDir: "testdata/extension"})
		assert.ErrorContains(t, err, "/nowhere/chromium")
	})
	t.Run("no manifest", func(t *testing.T) {
		_, err := chromium.Launch(t.Context(), chromium.Options{ExtensionDir: t.TempDir()})
		assert.ErrorContains(t, err, "manifest.json")
	})
}
