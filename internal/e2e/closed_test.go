//go:build !js

package e2e_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/e2e/rig"
)

var (
	closings = flag.Int("closings", 20, "how often a popup is closed in the middle of a save") // nightly: 900
	kills    = flag.Int("kills", 8, "how often the browser is killed after a save")            // nightly: 100
)

// TestThePopupClosesAtAnyMoment closes popups at random moments after the click
// on Save. What was shown as saved is made, once; what was not, at most once.
func TestThePopupClosesAtAnyMoment(t *testing.T) {
	w := newWorld(t)
	w.apollo.OneRequestAConnection()
	site := w.open(acme)
	random := rand.New(rand.NewPCG(4, 4))
	shown := map[string]bool{}
	for i := range *closings {
		name := fmt.Sprintf("Closed %d", i)
		popup := site.click()
		popup.until(`document.querySelector("#form").dataset.form && document.querySelector("#owner").value`)
		var saved bool
		popup.read(fmt.Sprintf(`new Promise((told) => {
			const name = document.querySelector("#name");
			name.value = %s;
			name.dispatchEvent(new InputEvent("input", { bubbles: true }));
			document.querySelector("#form").requestSubmit();
			setTimeout(() => told([...document.querySelectorAll(".entry-title")].some((e) => e.textContent.includes(name.value) || e.textContent.includes(%[1]s))), %d);
		})`, quote(name), random.IntN(160)), &saved)
		popup.close()
		shown[name] = saved
	}
	popup := site.click()
	popup.known("Acme Corporation")
	w.onceEach(popup, shown)
}

// onceEach waits until nothing is on its way, and compares what was shown as
// saved with what Apollo has.
func (w *world) onceEach(popup *page, shown map[string]bool) {
	w.t.Helper()
	popup.until(`chrome.runtime.sendMessage({ type: "drain" }).then(() => !document.querySelector(".entry:is([data-state=queued], [data-state=sending])"))`)
	made := map[string]int{}
	for _, entry := range w.writes("opportunity.create") {
		made[entry.Request["name"].(string)]++
	}
	saved := 0
	for name, was := range shown {
		if was {
			saved++
			assert.Equal(w.t, 1, made[name], "%s was shown as saved", name)
		} else {
			assert.LessOrEqual(w.t, made[name], 1, "%s was not shown as saved", name)
		}
	}
	w.t.Logf("%d saves, %d shown as saved, %d made", len(shown), saved, len(made))
	assert.NotZero(w.t, saved)
}

// TestTheBrowserIsKilledAfterSaved kills the browser at random moments after
// "Saved" was shown, in one profile.
func TestTheBrowserIsKilledAfterSaved(t *testing.T) {
	clock := &later{}
	w := newApollo(t, clock.option)
	w.apollo.OneRequestAConnection()
	profile := filepath.Join(t.TempDir(), "profile")
	w.launch(profile)
	w.setUpTag()
	random := rand.New(rand.NewPCG(20, 20))
	shown := map[string]bool{}
	for i := range *kills {
		name := fmt.Sprintf("Killed %d", i)
		popup := w.popup(acme)
		popup.until(`document.querySelector("#form").dataset.form && document.querySelector("#owner").value`)
		popup.saveNew(name)
		shown[name] = true
		time.Sleep(time.Duration(random.IntN(120)) * time.Millisecond)
		require.NoError(t, w.Kill())
		w.relaunch(profile)
	}
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	w.settle(popup, clock)
	w.onceEach(popup, shown)
	var waiting string
	popup.read(`chrome.action.getBadgeText({})`, &waiting)
	assert.Empty(t, waiting, "nothing is left to ask")
}

// launch starts a browser for this world alone, and gives the extension its key.
// profile is as for [rig.Options].
func (w *world) launch(profile string) {
	w.t.Helper()
	w.relaunch(profile)
	w.whole.Cleanup(func() { assert.NoError(w.whole, w.Close()) })
	page := w.page("options.html")
	page.until(`document.querySelector("#key-stored").textContent`)
	w.connect(page, key)
	page.close()
}

// relaunch starts a browser in the place of one that was killed.
func (w *world) relaunch(profile string) {
	w.t.Helper()
	started, err := rig.Start(w.ctx, rig.Options{Root: "../..", UserDataDir: profile})
	require.NoError(w.t, err)
	w.Rig = started
}

// TestTwoWindowsSaveAtOnce has two pages of the popup save at the same moment,
// and both wake the worker again and again.
func TestTwoWindowsSaveAtOnce(t *testing.T) {
	w := newWorld(t)
	w.apollo.OneRequestAConnection()
	var windows []*page
	for range 2 {
		window := w.page("popup.html")
		window.fill("#domain", "acme.test")
		window.press("Enter")
		window.known("Acme Corporation")
		windows = append(windows, window)
	}
	both := func(expression func(i int) string) {
		t.Helper()
		var group sync.WaitGroup
		errs := make([]error, len(windows))
		for i, window := range windows {
			group.Go(func() { errs[i] = window.Eval(w.ctx, expression(i)+`.then(() => 1)`, nil) })
		}
		group.Wait()
		for _, err := range errs {
			require.NoError(t, err)
		}
	}
	save := func(form, name string) string {
		return `(async () => {
			const say = (doc) => JSON.stringify({ version: 1, form: ` + form + `, ...doc });
			await dealmark.editField(say({ field: "name", text: ` + quote(name) + ` }));
			await dealmark.createOpportunity(say({})).catch(() => {});
			await Promise.all(Array.from({ length: 10 }, () => chrome.runtime.sendMessage({ type: "drain" })));
		})()`
	}
	const own = `document.querySelector("#form").dataset.form`
	t.Run("each its own", func(t *testing.T) {
		for round := range 5 {
			both(func(i int) string { return save(own, fmt.Sprintf("Window %d, round %d", i, round)) })
		}
		shown := map[string]bool{}
		for round := range 5 {
			for i := range windows {
				shown[fmt.Sprintf("Window %d, round %d", i, round)] = true
			}
		}
		w.onceEach(windows[0], shown)
		assert.Len(t, w.writes("opportunity.create"), 10)
	})
	t.Run("the same form", func(t *testing.T) {
		before := len(w.writes("opportunity.create"))
		windows[0].fill("#name", "The same in both")
		windows[0].until(inArea("drafts", `store.getAll()`) + `.then((all) => all.some((draft) => new TextDecoder().decode(draft).includes("The same in both")))`)
		windows[1].eval(`location.reload()`)
		windows[1].until(`document.querySelector("#domain-form") && !document.querySelector("#domain-form").hidden`)
		windows[1].fill("#domain", "acme.test")
		windows[1].press("Enter")
		windows[1].known("Acme Corporation")
		var forms [2]string
		for i, window := range windows {
			window.read(own, &forms[i])
		}
		require.Equal(t, forms[0], forms[1], "it is one form")
		both(func(int) string { return save(own, "The same in both") })
		assert.Len(t, w.writes("opportunity.create"), before+1)
		assert.Equal(t, before+1, w.requests("opportunity.create"))
	})
}
