//go:build !js

package e2e_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// setUpTag has the options page set the team's field for tags up.
func (w *world) setUpTag() {
	w.t.Helper()
	options := w.page("options.html")
	options.see("#tag-state", "The field is not in use.")
	options.clickOn("#tag-set-up")
	options.see("#tag-say", "The field was added to Apollo.")
	options.close()
}

// TestTheWorkerIsKilledAtEachStepOfASend stops the worker at every named step
// between a save and its end, and expects one opportunity, whatever the step.
func TestTheWorkerIsKilledAtEachStepOfASend(t *testing.T) {
	clock := &later{}
	w := newWorld(t, clock.option)
	w.apollo.OneRequestAConnection()
	w.setUpTag()
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	popup.saveNew("Proves the tag")
	popup.see(done, "Created “Proves the tag”")

	worker := w.withPoints(popup)
	popup.saveNew("Nobody is killed")
	popup.see(done, "Created “Nobody is killed”")
	popup.drain()
	var steps []string
	require.NoError(t, worker.Eval(w.ctx, `[...new Set(points.passed)]`, &steps))
	worker.Detach()
	t.Log(steps)
	require.GreaterOrEqual(t, len(steps), 15)
	for _, step := range []string{
		"with the lock drain", "after POST /opportunities/search", "before storing sending", "after storing sending",
		"after the copy of sending", "before POST /opportunities", "after POST /opportunities", "before storing done", "after storing done",
	} {
		require.Contains(t, steps, step)
	}
	for _, step := range steps {
		w.run(step, func(t *testing.T) {
			name := "Killed " + step
			worker := w.withPoints(popup)
			require.NoError(t, worker.Eval(w.ctx, `points.stopAt = `+quote(step)+`; 1`, nil))
			popup.saveNew(name)
			require.NoError(t, worker.WaitFor(w.ctx, `points.stopped`))
			require.NoError(t, w.StopWorker(w.ctx))
			popup.drain()
			w.settle(popup, clock)
			popup.see(done, "Created “"+name+"”")
			made := 0
			for _, entry := range w.writes("opportunity.create") {
				if entry.Request["name"] == name {
					made++
				}
			}
			assert.Equal(t, 1, made)
		})
	}
}
