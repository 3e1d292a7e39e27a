//go:build !js

package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
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

var update = flag.Bool("update", false, "write the golden file anew")

func TestReport(t *testing.T) {
	r := report{Machine: Machine{Cores: 2, Chromium: "156.0.1.2", Go: "go1.26", Load: "0.25"}}
	programs := []program{product, plain, empty}
	r.add(State{Name: again, Delay: 150}, programs, samples{
		product: {
			{"start": 40, "core": 90, "load": 92, "listens": 95, "company": 120, "form": 130, "painted": 145, "paint": 100},
			{"start": 50, "core": 180, "listens": 195, "company": 300, "form": 310.25, "painted": 330, "paint": 320},
			{"start": 41, "core": 101, "listens": 110, "company": 130, "form": 141, "painted": 160, "paint": 105},
		},
		plain: {{"start": 40, "listens": 90, "company": 100, "form": 101, "painted": 110, "paint": 99}},
		empty: {{"start": 39, "core": 79, "paint": 130}, {"start": 39, "core": 69, "paint": 120}, {"start": 39, "core": 89, "paint": 125}},
	})
	r.add(State{Name: unknown}, programs, samples{})
	r.add(State{Name: fresh, Again: 2}, append(programs, beside), samples{
		product: {{"start": 100, "core": 200, "paint": 400}},
		empty:   {{"start": 100, "core": 180, "paint": 400}},
		beside:  {{"start": 100, "core": 190, "paint": 390}},
	})
	r.Save = Figure{20, 45.5}
	var out bytes.Buffer
	require.NoError(t, r.print(&out))
	if *update {
		require.NoError(t, os.WriteFile("testdata/report.golden", out.Bytes(), 0o644))
	}
	want, err := os.ReadFile("testdata/report.golden")
	require.NoError(t, err)
	assert.Equal(t, string(want), out.String())
}

// The plain popup is the product's page with other scripts; all others keep theirs.
func TestInstrument(t *testing.T) {
	page, err := os.ReadFile("../../../extension/popup.html")
	require.NoError(t, err)
	for _, p := range []program{product, plain, empty} {
		folder := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(folder, "popup.html"), page, 0o644))
		require.NoError(t, instrument(folder, p, "http://127.0.0.1:1/"))
		instrumented, err := os.ReadFile(filepath.Join(folder, "popup.html"))
		require.NoError(t, err)
		text := string(instrumented)
		first := strings.Index(text, "<script")
		assert.Equal(t, first, strings.Index(text, `<script src="marks.js">`), "the marks come first")
		assert.Equal(t, p == plain, strings.Contains(text, `src="plain.js"`), p.name)
		assert.Equal(t, p != plain, strings.Contains(text, `src="popup.js"`), p.name)
	}
}

// What the browser did wrong is tried once more; what the program did is not.
func TestOpenedAgain(t *testing.T) {
	for name, c := range map[string]struct {
		fails  []error
		opened int
		again  int
		ok     bool
	}{
		"nothing fails":             {nil, 1, 0, true},
		"the browser fails":         {[]error{fmt.Errorf("%w: no popup", errBrowser)}, 2, 1, true},
		"the browser fails twice":   {[]error{errBrowser, errBrowser}, 2, 1, false},
		"the program shows nothing": {[]error{errors.New("missing still")}, 1, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			b := &bench{plan: plan{opens: 1}, progress: io.Discard}
			opened := 0
			all, again, err := b.rounds(t.Context(), []program{product}, func(program) (sample, error) {
				opened++
				if opened <= len(c.fails) {
					return nil, c.fails[opened-1]
				}
				return sample{"core": 1}, nil
			})
			assert.Equal(t, c.opened, opened)
			assert.Equal(t, c.again, again)
			assert.Equal(t, c.ok, err == nil)
			assert.Equal(t, c.ok, len(all[product]) == 1)
		})
	}
}

func TestWithoutBuild(t *testing.T) {
	t.Chdir(t.TempDir())
	err := assemble(t.Context(), "", "extension", "http://127.0.0.1:1/")
	assert.ErrorIs(t, err, os.ErrNotExist)
	assert.ErrorContains(t, err, `run "make build" first`)
}

func TestArguments(t *testing.T) {
	for args, want := range map[string]string{
		"-opens 0":        "give 1 or more",
		"-opens 3 twice":  `unexpected argument "twice"`,
		"-delays soon":    "invalid duration",
		"-states shining": `"shining" is none of opened again, unknown company`,
	} {
		err := run(t.Context(), strings.Fields(args), &bytes.Buffer{}, &bytes.Buffer{})
		assert.ErrorContains(t, err, want)
	}
}
