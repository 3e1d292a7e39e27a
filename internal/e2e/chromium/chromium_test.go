//go:build !js

package chromium_test

import (
	"bytes"
	"fmt"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/e2e/chromium"
)

// launch starts a browser with the small extension of testdata and one site
// that answers for every host under .test.
func launch(t *testing.T, o chromium.Options) *chromium.Browser {
	t.Helper()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "<!doctype html><title>%s</title><h1>Welcome</h1>", r.Host)
	}))
	t.Cleanup(site.Close)
	o.ExtensionDir = "testdata/extension"
	o.Hosts = map[string]string{"*.test": site.Listener.Addr().String()}
	var log bytes.Buffer
	o.Log = &log
	b, err := chromium.Launch(t.Context(), o)
	require.NoError(t, err)
	t.Cleanup(func() {
		assert.NoError(t, b.Close())
		if t.Failed() {
			t.Logf("chromium printed:\n%s", log.String())
		}
	})
	return b
}

func openPopup(t *testing.T, b *chromium.Browser) (*chromium.Tab, *chromium.Page) {
	t.Helper()
	tab, err := b.OpenTab(t.Context(), "http://www.acme.test/about")
	require.NoError(t, err)
	popup, err := tab.ClickIcon(t.Context())
	require.NoError(t, err)
	return tab, popup
}

// One browser serves the steps that do not need one of their own: a start
// takes a second.
func TestPopup(t *testing.T) {
	ctx := t.Context()
	b := launch(t, chromium.Options{})
	tab, popup := openPopup(t, b)

	t.Run("the click grants activeTab", func(t *testing.T) {
		require.NoError(t, popup.WaitText(ctx, "#url", "http://www.acme.test/about"))
	})
	t.Run("type, choose and click are trusted input", func(t *testing.T) {
		require.NoError(t, popup.Type(ctx, "#name", "Grüße 1"))
		require.NoError(t, popup.Type(ctx, "#name", "2"))
		require.NoError(t, popup.Type(ctx, "#stage", "Won"))
		require.NoError(t, popup.Click(ctx, "#save"))
		require.NoError(t, popup.WaitText(ctx, "#saved", "Grüße 12, trusted: true"))
		stage, err := popup.Value(ctx, "#stage")
		require.NoError(t, err)
		assert.Equal(t, "Won", stage)
	})
	t.Run("fill replaces", func(t *testing.T) {
		require.NoError(t, popup.Fill(ctx, "#name", "New"))
		name, err := popup.Value(ctx, "#name")
		require.NoError(t, err)
		assert.Equal(t, "New", name)
	})
	t.Run("keys work without a mouse", func(t *testing.T) {
		require.NoError(t, popup.Type(ctx, "#name", "er"))
		require.NoError(t, popup.Press(ctx, "Tab"))
		require.NoError(t, popup.Press(ctx, "Tab"))
		require.NoError(t, popup.Press(ctx, "Enter"))
		require.NoError(t, popup.WaitText(ctx, "#saved", "Newer"))
		assert.ErrorContains(t, popup.Press(ctx, "Hyper+x"), `there is no modifier "Hyper"`)
		assert.ErrorContains(t, popup.Press(ctx, "Entre"), `there is no key "Entre"`)
	})
	t.Run("a wait that fails shows the page", func(t *testing.T) {
		short, cancel := within(t, 100*time.Millisecond)
		defer cancel()
		err := popup.WaitVisible(short, "#missing")
		assert.ErrorContains(t, err, "#missing")
		assert.ErrorContains(t, err, "Newer, trusted: true")
	})
	t.Run("eval reports an exception", func(t *testing.T) {
		assert.ErrorContains(t, popup.Eval(ctx, "nothing.there", nil), "nothing is not defined")
		var sum int
		require.NoError(t, popup.Eval(ctx, "Promise.resolve(1 + 2)", &sum))
		assert.Equal(t, 3, sum)
	})
	t.Run("a screenshot is the popup at twice its size", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "shots", "popup.png")
		require.NoError(t, popup.Screenshot(ctx, path))
		file, err := os.Open(path)
		require.NoError(t, err)
		defer file.Close()
		picture, err := png.DecodeConfig(file)
		require.NoError(t, err)
		var width, height int
		require.NoError(t, popup.Eval(ctx, "innerWidth", &width))
		require.NoError(t, popup.Eval(ctx, "innerHeight", &height))
		assert.Equal(t, []int{2 * width, 2 * height}, []int{picture.Width, picture.Height})
		assert.Less(t, width, 400, "the popup, not the window")
	})
	t.Run("console errors are kept", func(t *testing.T) {
		assert.Empty(t, popup.ConsoleErrors())
		require.NoError(t, popup.Eval(ctx, `console.error("no", { deal: 1 }); setTimeout(() => { throw new Error("lost") })`, nil))
		require.NoError(t, popup.WaitFor(ctx, "new Promise(done => setTimeout(() => done(true)))"))
		seen := strings.Join(popup.ConsoleErrors(), "\n")
		assert.Contains(t, seen, "no Object")
		assert.Contains(t, seen, "lost")
	})
	t.Run("another tab closes it", func(t *testing.T) {
		_, err := b.OpenTab(ctx, "http://globex.test/")
		require.NoError(t, err)
		<-popup.Closed()
	})
	t.Run("it opens again", func(t *testing.T) {
		require.NoError(t, tab.Activate(ctx))
		popup, err := tab.ClickIcon(ctx)
		require.NoError(t, err)
		name, err := popup.Value(ctx, "#name")
		require.NoError(t, err)
		assert.Empty(t, name, "a fresh document")
		require.NoError(t, popup.Close(ctx))
		<-popup.Closed()
		require.NoError(t, popup.Close(ctx), "closing twice is fine")
	})
}
