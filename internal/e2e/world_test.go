//go:build !js

package e2e_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/e2e/rig"
	"github.com/dealmark/dealmark/internal/sandbox"
)

const (
	key  = "key-of-the-end-to-end-tests"
	acme = "http://www.acme.test/"
)

// world is what one test has for itself: an Apollo of its own and an extension
// without a past that knows its address and its key.
type world struct {
	*rig.Rig
	apollo *rig.Apollo
	t      *testing.T // the test, or the part of it that runs
	whole  *testing.T

	watched int // pages so far
	ctx     context.Context
}

func newWorld(t *testing.T, change ...func(*sandbox.Options)) *world {
	t.Helper()
	shared, err := browser()
	require.NoError(t, err)
	w := newApollo(t, change...)
	w.Rig = shared
	w.reset()
	t.Cleanup(func() {
		w.ctx = context.Background() // the test's own has ended
		w.checkWorker()
	})
	return w
}

// newApollo is a world that has no browser yet.
func newApollo(t *testing.T, change ...func(*sandbox.Options)) *world {
	t.Helper()
	options := sandbox.Options{Keys: []sandbox.Key{rig.Narrow(key)}, Seed: sandbox.DemoSeed(), IDSeed: 1}
	for _, c := range change {
		c(&options)
	}
	apollo, err := rig.ServeApollo(options)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, apollo.Close()) })
	return &world{apollo: apollo, t: t, whole: t, ctx: t.Context()}
}

// run is a part of the test with a name of its own. The world goes on through
// all of them, so the first that fails ends the test.
func (w *world) run(name string, part func(t *testing.T)) {
	w.t.Helper()
	ok := w.whole.Run(name, func(t *testing.T) {
		w.t = t
		defer func() { w.t = w.whole }()
		part(t)
	})
	if !ok {
		w.whole.FailNow()
	}
}

// reset makes the extension forget everything and gives it Apollo's address and
// the key.
func (w *world) reset() {
	w.t.Helper()
	require.NoError(w.t, w.Forget(w.ctx, w.apollo.Base(), key))
}

// connect stores the settings by way of an extension's page.
func (w *world) connect(page *page, key string) {
	w.t.Helper()
	page.eval(`dealmark.saveSettings(` + quote(string(mustJSON(map[string]any{"version": 1, "base": w.apollo.Base(), "key": key, "master": "agreed"}))) + `)`)
}

// checkWorker fails the test for what the worker complained about.
func (w *world) checkWorker() {
	ctx, cancel := context.WithTimeout(w.ctx, 200*time.Millisecond)
	defer cancel()
	worker, err := w.Worker(ctx)
	if err != nil {
		return // none is running
	}
	defer worker.Detach()
	assert.Empty(w.t, rig.Faults(worker), "the worker complained")
}

// open opens a site in a tab of its own, in front.
func (w *world) open(url string) *tab {
	w.t.Helper()
	opened, err := w.OpenTab(w.ctx, url)
	require.NoError(w.t, err)
	return &tab{w.watch(opened.Page), opened}
}

// page opens a page of the extension in a tab.
func (w *world) page(path string) *page {
	w.t.Helper()
	return w.open(w.ExtensionURL(path)).page
}

// popup opens a site and clicks the icon there.
func (w *world) popup(url string) *page {
	w.t.Helper()
	return w.open(url).click()
}

// writes are the changes of a kind that Apollo has stored.
func (w *world) writes(operation string) []sandbox.Entry {
	var stored []sandbox.Entry
	for _, entry := range w.apollo.Log() {
		if entry.Operation == operation && entry.Stored {
			stored = append(stored, entry)
		}
	}
	return stored
}

// requests counts the requests of a kind that Apollo has seen.
func (w *world) requests(operation string) int {
	n := 0
	for _, request := range w.apollo.Requests() {
		if request.Operation == operation {
			n++
		}
	}
	return n
}

// eventually waits for what happens outside of any page.
func (w *world) eventually(what string, holds func() bool) {
	w.t.Helper()
	require.Eventually(w.t, holds, 15*time.Second, 10*time.Millisecond, what)
}

func quote(text string) string { return string(mustJSON(text)) }

func mustJSON(value any) []byte {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return text
}

// Hold is that of the browser, until the test ends at the latest: the next one has
// the same browser.
func (w *world) Hold(ctx context.Context, pattern string) (release func(context.Context) error, err error) {
	release, err = w.Rig.Hold(ctx, pattern)
	if err == nil {
		w.t.Cleanup(func() { _ = release(ctx) }) // by then it may be over, and the browser too
	}
	return release, err
}
