//go:build !js

package e2e_test

import (
	_ "embed"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/e2e/axe"
	"github.com/dealmark/dealmark/internal/e2e/chromium"
	"github.com/dealmark/dealmark/internal/e2e/rig"
	"github.com/dealmark/dealmark/internal/e2e/scene"
)

//go:embed testdata/reach.js
var reach string

//go:embed testdata/grid.js
var grid string

// Every state of every page is walked through once, in two halves that can run
// side by side.

func TestThePopupInEveryState(t *testing.T) {
	inEachScene(t, func(s scene.Scene) bool { return s.Page == "popup" })
}

func TestThePagesInEveryState(t *testing.T) {
	inEachScene(t, func(s scene.Scene) bool { return s.Page != "popup" })
}

// inEachScene has axe-core look at states of pages in both themes, which differ in
// their colors alone. Then the
// browser's zoom is at 200 %, which leaves the popup 400 by 300 pixels: nothing is
// wider, and everything can be scrolled to, as before at 100 %. Every page is on its
// grid.
func inEachScene(t *testing.T, chosen func(scene.Scene) bool) {
	checker, err := axe.New("../../" + axe.Source)
	require.NoError(t, err)
	in, err := rig.Start(t.Context(), rig.Options{Root: "../.."})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, in.Close()) })
	zoom, err := in.OpenZoom(t.Context())
	require.NoError(t, err)
	look := func(t *testing.T, s scene.Scene, page *chromium.Page) {
		for theme, c := range map[string]struct {
			dark  bool
			rules axe.Rules
			kept  int // at the least
		}{"light": {false, axe.All, 10}, "dark": {true, axe.Colors, 1}} {
			require.NoError(t, page.SetDark(t.Context(), c.dark))
			broken, kept, err := checker.Check(t.Context(), page, c.rules)
			require.NoError(t, err)
			assert.GreaterOrEqual(t, kept, c.kept, "axe-core has looked")
			for _, violation := range broken {
				assert.Fail(t, violation.String(), "%s, %s", t.Name(), theme)
			}
		}
		onTheGrid(t, page)
		for _, factor := range []float64{1, 2} {
			require.NoError(t, s.Size(t.Context(), page, zoom, factor))
			everythingInReach(t, page, factor)
		}
		require.NoError(t, s.Size(t.Context(), page, zoom, 1))
	}
	scenes := slices.DeleteFunc(scene.All(), func(s scene.Scene) bool { return !chosen(s) })
	require.GreaterOrEqual(t, len(scenes), 25, "states of pages")
	begun, looked := 0, 0
	for i, s := range scenes {
		t.Run(s.ID(), func(t *testing.T) {
			begun++
			page, end, err := s.Play(t.Context(), in)
			// The test's own context ends before what it has opened does.
			t.Cleanup(func() { assert.NoError(t, end()) })
			require.NoError(t, err)
			look(t, s, page)
			looked++
			t.Logf("state %d of %d: %s", i+1, len(scenes), s.Shows)
		})
	}
	assert.Equal(t, begun, looked, "each state that was come to was looked at")
	t.Logf("%d states were looked at", looked)
}

// onTheGrid sees a page's rows and controls on a grid of 4 px.
func onTheGrid(t *testing.T, page *chromium.Page) {
	var wrong []string
	require.NoError(t, page.Eval(t.Context(), grid, &wrong))
	assert.Empty(t, wrong, "off the grid")
}

// TestAPopupAtTwiceTheSize holds what scene.Size says of one.
func TestAPopupAtTwiceTheSize(t *testing.T) {
	w := newWorld(t)
	zoom, err := w.OpenZoom(w.ctx)
	require.NoError(t, err)
	require.NoError(t, zoom.Set(w.ctx, 2))
	defer func() { assert.NoError(t, zoom.Close(w.ctx)) }()
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	var size []float64
	popup.read(`[devicePixelRatio, innerWidth, innerHeight]`, &size)
	assert.Equal(t, []float64{4, 400, 300}, size)
	everythingInReach(t, popup.Page, 2)
}

func everythingInReach(t *testing.T, page *chromium.Page, zoom float64) {
	var wrong []string
	require.NoError(t, page.Eval(t.Context(), reach, &wrong))
	assert.Empty(t, wrong, "at %g00 %%", zoom)
}
