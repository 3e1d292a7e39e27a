//go:build !js

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPercentile(t *testing.T) {
	for name, c := range map[string]struct {
		sorted      []float64
		median, p95 float64
	}{
		"one":            {[]float64{7}, 7, 7},
		"an even number": {[]float64{1, 2, 3, 4}, 2, 4},
		"an odd number":  {[]float64{1, 2, 9}, 2, 9},
		"twenty":         {[]float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 90}, 10, 19},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.median, percentile(c.sorted, 50))
			assert.Equal(t, c.p95, percentile(c.sorted, 95))
		})
	}
}

func TestReport(t *testing.T) {
	r := report{Machine: Machine{Cores: 2, Chromium: "156.0.1.2", Go: "go1.26", Load: "0.25"}}
	r.add("opened again", samples{
		product: {
			{"start": 40, "core": 90, "form": 130, "paint": 140},
			{"start": 50, "core": 180, "form": 310.25, "paint": 320},
			{"start": 41, "core": 101, "form": 141, "paint": 150},
		},
		empty: {
			{"start": 39, "core": 79, "paint": 130},
			{"start": 39, "core": 69, "paint": 120},
			{"start": 39, "core": 89, "paint": 125},
		},
	})
	r.add("new browser", samples{
		product: {{"start": 100, "core": 200, "form": 300, "paint": 400}},
		empty:   {{"start": 100, "core": 180, "paint": 400}},
	})
	r.add("never opened", samples{})
	r.Save = Figure{"save to saved", 20, 45.5}
	var out bytes.Buffer
	require.NoError(t, r.print(&out))
	assert.Equal(t, strings.TrimLeft(`
The popup, in ms: median (95th percentile). 2 cores, Chromium 156.0.1.2, go1.26, load 0.25 before.

                              opened again    new browser
first script to core ready     60.0 (130.0)   100.0 (100.0)
  an empty Go program there    40.0 (50.0)     80.0 (80.0)
  the core over it             1.50 times      1.25 times
first script to form filled   100.0 (260.3)   200.0 (200.0)
document to first script       41.0 (50.0)    100.0 (100.0)
document to first paint       150.0 (320.0)   400.0 (400.0)
document to form filled       141.0 (310.3)   300.0 (300.0)
opens                             3               1

From the key that saves to “Saved”, on the disk and with its copy: 20.0 (45.5)
`, "\n"), out.String())
}

func TestWithEmpty(t *testing.T) {
	built, folder := t.TempDir(), filepath.Join(t.TempDir(), "extension")
	for name, content := range map[string]string{"manifest.json": "{}", "popup.html": "<!doctype html>", "core.wasm": "\x00asm: the core"} {
		require.NoError(t, os.WriteFile(filepath.Join(built, name), []byte(content), 0o644))
	}
	require.NoError(t, withEmpty(t.Context(), built, folder))
	read := func(name string) string {
		content, err := os.ReadFile(filepath.Join(folder, name))
		require.NoError(t, err)
		return string(content)
	}
	assert.Equal(t, "\x00asm: the core", read("core.wasm"), "the product stays what was built")
	assert.Equal(t, read("popup.html"), read("empty/popup.html"))
	assert.Equal(t, "\x00asm", read("empty/core.wasm")[:4])
}

func TestWithoutBuild(t *testing.T) {
	err := withEmpty(t.Context(), filepath.Join(t.TempDir(), "build"), t.TempDir())
	assert.ErrorIs(t, err, os.ErrNotExist)
	assert.ErrorContains(t, err, `run "make build" first`)
}

func TestArguments(t *testing.T) {
	for args, want := range map[string]string{"-opens 0": "give 1 or more", "-opens 3 twice": `unexpected argument "twice"`} {
		err := run(t.Context(), strings.Fields(args), &bytes.Buffer{}, &bytes.Buffer{})
		assert.ErrorContains(t, err, want)
	}
}
