//go:build !js

package e2e_test

import (
	_ "embed"
	"sync/atomic"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/e2e/chromium"
	"github.com/dealmark/dealmark/internal/sandbox"
)

//go:embed testdata/points.js
var points string

// later is Apollo's clock in a test that does not wait: put forward together with
// the worker's.
type later struct{ ahead atomic.Int64 }

func (l *later) option(o *sandbox.Options) { o.Clock = l.now }

func (l *later) now() time.Time { return time.Now().Add(time.Duration(l.ahead.Load())) }

// withPoints is the worker with names for its steps.
func (w *world) withPoints(from *page) *chromium.Page {
	w.t.Helper()
	worker := w.worker(from)
	require.NoError(w.t, worker.Eval(w.ctx, points+`; 1`, nil))
	return worker
}

// settle lets hours pass in a moment: the worker drains at each of some times,
// until nothing is on its way any more.
func (w *world) settle(from *page, clock *later) {
	w.t.Helper()
	worker := w.withPoints(from)
	defer worker.Detach()
	for range 8 {
		clock.ahead.Add(int64(17 * time.Minute))
		require.NoError(w.t, worker.Eval(w.ctx, `points.ahead = `+number(time.Duration(clock.ahead.Load()).Milliseconds())+`; 1`, nil))
		from.drain()
		var waiting int
		from.read(`document.querySelectorAll(".entry:is([data-state=queued], [data-state=sending], [data-state=uncertain])").length`, &waiting)
		if waiting == 0 {
			return
		}
	}
}

// number is n in JavaScript.
func number(n int64) string { return string(mustJSON(n)) }
