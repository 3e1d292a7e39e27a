//go:build !js

package main

import (
	"bytes"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const folder = "../../../extension/icons"

// What is committed is what is drawn: the same pixels, whatever a later encoder
// makes of them, and no other file.
func TestTheIconsAreWhatIsDrawn(t *testing.T) {
	files, err := draw()
	require.NoError(t, err)
	there, err := os.ReadDir(folder)
	require.NoError(t, err)
	for _, entry := range there {
		assert.Contains(t, files, entry.Name(), "nobody draws it")
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join(folder, name))
		require.NoError(t, err, `run "go generate ./internal/cmd/icons"`)
		if filepath.Ext(name) != ".png" {
			assert.Equal(t, string(want), string(got), name)
			continue
		}
		wanted, err := png.Decode(bytes.NewReader(want))
		require.NoError(t, err)
		found, err := png.Decode(bytes.NewReader(got))
		require.NoError(t, err)
		assert.Equal(t, wanted, found, "%s", name)
	}
}

// A mark is seen on the bars that it stands on, and its tick on the mark: 3:1, as
// WCAG asks of graphics.
func TestTheIconsAreSeen(t *testing.T) {
	grey := func(c uint8) color.NRGBA { return color.NRGBA{c, c, c, 255} }
	light, dark := []color.NRGBA{grey(0xff), {0xf1, 0xf3, 0xf4, 255}, {0xf9, 0xf9, 0xfb, 255}}, []color.NRGBA{grey(0x3c), {0x29, 0x2a, 0x2d, 255}, {0x2b, 0x2a, 0x33, 255}}
	for name, c := range map[string]struct {
		paint paint
		bars  []color.NRGBA
	}{
		"everywhere": {everywhere, append(light, dark...)},
		"on light":   {onLight, light},
		"on dark":    {onDark, dark},
	} {
		assert.GreaterOrEqual(t, contrast(c.paint.body, c.paint.tick), 3.0, "%s: the tick", name)
		for _, bar := range c.bars {
			assert.GreaterOrEqual(t, contrast(c.paint.body, bar), 3.0, "%s on %v", name, bar)
		}
	}
}

// contrast is WCAG's ratio, from 1 to 21.
func contrast(a, b color.NRGBA) float64 {
	light := func(c color.NRGBA) float64 {
		linear := func(v uint8) float64 {
			s := float64(v) / 255
			if s <= 0.04045 {
				return s / 12.92
			}
			return math.Pow((s+0.055)/1.055, 2.4)
		}
		return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
	}
	la, lb := light(a), light(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// The edges of the bookmark fall on whole pixels where the bars show it.
func TestTheEdgesAreSharp(t *testing.T) {
	for _, size := range []int{16, 32, 48, 128} {
		p := picture(size, everywhere)
		for _, x := range []int{size/8 - 1, size / 8, size - size/8 - 1, size - size/8} {
			alpha := p.NRGBAAt(x, size/2).A
			assert.True(t, alpha == 0 || alpha == 255, "%d px: column %d is %d", size, x, alpha)
		}
	}
}
