//go:build !js

package e2e_test

import (
	_ "embed"
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

// TestAccessibility has axe-core look at every state of every page, in both
// themes.
func TestAccessibility(t *testing.T) {
	checker, err := axe.New("../../" + axe.Source)
	require.NoError(t, err)
	shared, err := browser()
	require.NoError(t, err)
	inEachScene(t, shared, func(t *testing.T, page *chromium.Page) {
		for theme, dark := range map[string]bool{"light": false, "dark": true} {
			require.NoError(t, page.SetDark(t.Context(), dark))
			broken, kept, err := checker.Check(t.Context(), page)
			require.NoError(t, err)
			assert.Greater(t, kept, 10, "axe-core has looked")
			for _, violation := range broken {
				assert.Fail(t, violation.String(), "%s, %s", t.Name(), theme)
			}
		}
		everythingInReach(t, page)
	})
}

// TestAtTwiceTheSize has the browser's zoom at 200 %, which leaves the popup 400
// by 300 pixels: nothing is wider, and everything can be scrolled to.
func TestAtTwiceTheSize(t *testing.T) {
	own, err := rig.Start(t.Context(), rig.Options{Root: "../.."})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, own.Close()) })
	require.NoError(t, own.SetZoom(t.Context(), 2))
	inEachScene(t, own, func(t *testing.T, page *chromium.Page) {
		var ratio float64
		require.NoError(t, page.Eval(t.Context(), `devicePixelRatio`, &ratio))
		require.Equal(t, 4.0, ratio, "two device pixels to a pixel, twice")
		everythingInReach(t, page)
	})
}

// inEachScene looks at every state of every page.
func inEachScene(t *testing.T, in *rig.Rig, look func(t *testing.T, page *chromium.Page)) {
	scenes := scene.All()
	require.GreaterOrEqual(t, len(scenes), 25, "states of pages")
	begun, looked := 0, 0
	for i, s := range scenes {
		t.Run(s.ID(), func(t *testing.T) {
			begun++
			page, end, err := s.Play(t.Context(), in)
			// The test's own context ends before what it has opened does.
			t.Cleanup(func() { assert.NoError(t, end()) })
			require.NoError(t, err)
			look(t, page)
			looked++
			t.Logf("state %d of %d: %s", i+1, len(scenes), s.Shows)
		})
	}
	assert.Equal(t, begun, looked, "each state that was come to was looked at")
	t.Logf("%d states were looked at", looked)
}

func everythingInReach(t *testing.T, page *chromium.Page) {
	var wrong []string
	require.NoError(t, page.Eval(t.Context(), reach, &wrong))
	assert.Empty(t, wrong)
}
