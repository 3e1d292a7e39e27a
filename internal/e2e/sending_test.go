//go:build !js

package e2e_test

import (
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/e2e/chromium"
	"github.com/dealmark/dealmark/internal/sandbox"
)

// entry is the selector of a saved entry in a state.
func entry(state string) string { return `.entry[data-state="` + state + `"]` }

// saveNew fills in a name and saves.
func (p *page) saveNew(name string) {
	p.w.t.Helper()
	p.fill("#name", name)
	p.press("Enter")
	p.see(".entry", "Create “"+name+"”")
}

// worker attaches to the worker, which stays alive meanwhile; a message wakes it
// where it is stopped.
func (w *world) worker(from *page) *chromium.Page {
	w.t.Helper()
	from.eval(`chrome.runtime.sendMessage({ type: "drain" })`)
	worker, err := w.Worker(w.ctx)
	require.NoError(w.t, err)
	return worker
}

// drain has the worker send what is due, and waits until it has.
func (p *page) drain() {
	p.w.t.Helper()
	p.eval(`chrome.runtime.sendMessage({ type: "drain" })`)
}

func TestOffline(t *testing.T) {
	w := newWorld(t)
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	worker := w.worker(popup)
	defer worker.Detach()
	require.NoError(t, popup.SetOffline(w.ctx, true))
	require.NoError(t, worker.SetOffline(w.ctx, true))
	seen := len(w.apollo.Requests())

	popup.change("Acme training days") // what is known is there to work on
	popup.see("#notice", "Apollo could not be reached. Check the connection.")
	popup.fill("#amount", "6500")
	popup.press("Enter")
	popup.see(entry("queued"), "Change “Acme training days”")
	popup.see(entry("queued"), "Saved on this computer")
	popup.see(entry("queued"), "Apollo could not be reached.")
	assert.Len(t, w.apollo.Requests(), seen, "nothing can have got through")

	require.NoError(t, popup.SetOffline(w.ctx, false))
	require.NoError(t, worker.SetOffline(w.ctx, false))
	popup.clickOn(entry("queued") + ` [data-action="retry"]`)
	popup.see(done, "Changed “Acme training days”")
	popup.until(`document.querySelector("#notice").hidden`) // what got through shows that nothing stands in the way
	require.Len(t, w.writes("opportunity.update"), 1)
	assert.Equal(t, map[string]any{"amount": "6500"}, w.writes("opportunity.update")[0].Request)
}

func TestRefusedByApollo(t *testing.T) {
	w := newWorld(t)
	site := w.open(acme)
	popup := site.click()
	popup.known("Acme Corporation")
	w.apollo.SetFault(sandbox.Fault{
		Endpoint: "opportunity.create", Kind: sandbox.FaultStatus, Status: http.StatusUnprocessableEntity, Times: 1,
		ContentType: "application/json", Body: `{"error":"Amount is too large"}`,
	})
	popup.fill("#amount", "99,000,000")
	popup.saveNew("Too much")
	popup.see(entry("refused"), "Apollo refuses the amount")
	popup.see(entry("refused"), "Amount is too large")
	popup.see(entry("refused"), "Edit")

	popup.close()
	popup = site.click()
	popup.see(entry("refused"), "Apollo refuses the amount")
	popup.clickOn(entry("refused") + ` [data-action="edit"]`)
	popup.until(`document.querySelector("#name").value === "Too much"`)
	popup.see("#amount-error", "Amount is too large")
	popup.until(`!document.querySelector(".entry")`)
	popup.fill("#amount", "99,000")
	popup.press("Enter")
	popup.see(done, "Created “Too much”")
	created := w.writes("opportunity.create")
	require.Len(t, created, 1)
	assert.Equal(t, "99000", created[0].Request["amount"])
}

// TestAnOutcomeThatNobodyKnows is without the field for tags: nothing is sent
// again, and the rep is asked with what was found.
func TestAnOutcomeThatNobodyKnows(t *testing.T) {
	for name, c := range map[string]struct {
		committed bool
		action    string
		made      int
	}{
		"it is there":                 {true, "settle", 1},
		"it is not there: send again": {false, "resend", 1},
		"discard":                     {true, "discard", 1},
	} {
		t.Run(name, func(t *testing.T) {
			clock := &later{}
			w := newWorld(t, clock.option)
			site := w.open(acme)
			popup := site.click()
			popup.known("Acme Corporation")
			w.apollo.OneRequestAConnection()
			w.apollo.SetFault(sandbox.Fault{Endpoint: "opportunity.create", Kind: sandbox.FaultReset, AfterCommit: c.committed, Times: 1})
			popup.saveNew("Perhaps")
			popup.see(entry("uncertain"), "Apollo may have it or not.")

			for range 2 { // whatever wakes the worker, nothing is sent again
				require.NoError(t, w.StopWorker(w.ctx))
				popup.drain()
				popup.drain()
			}
			w.settle(popup, clock)
			popup.close()
			popup = site.click()
			popup.see(entry("asking"), "could not find out")
			assert.Equal(t, c.committed, strings.Contains(popup.text(entry("asking")), "Open in Apollo"), "what was found")
			assert.Equal(t, 1, w.requests("opportunity.create"))
			if os.Getenv("PICTURES") != "" {
				require.NoError(t, popup.Screenshot(w.ctx, "../../build/e2e/entry-unconfirmed.png"))
			}

			popup.clickOn(entry("asking") + ` [data-action="` + c.action + `"]`)
			if c.action == "discard" {
				popup.see(entry("discarded"), "Apollo may have it all the same.")
			} else {
				popup.see(done, "Created “Perhaps”")
			}
			popup.drain()
			assert.Len(t, w.writes("opportunity.create"), c.made)
		})
	}
}

func TestTheTagFindsOutByItself(t *testing.T) {
	for name, committed := range map[string]bool{"Apollo has it": true, "Apollo does not have it": false} {
		t.Run(name, func(t *testing.T) {
			clock := &later{}
			w := newWorld(t, clock.option)
			w.setUpTag()
			popup := w.popup(acme)
			popup.known("Acme Corporation")
			popup.saveNew("Proves the tag")
			popup.see(done, "Created “Proves the tag”")
			w.apollo.OneRequestAConnection()
			w.apollo.SetFault(sandbox.Fault{Endpoint: "opportunity.create", Kind: sandbox.FaultReset, AfterCommit: committed, Times: 1})
			popup.saveNew("Perhaps")
			popup.see(entry("uncertain"), "Apollo may have it or not.")
			w.settle(popup, clock)
			popup.see(done, "Created “Perhaps”")
			assert.Len(t, w.writes("opportunity.create"), 2)
		})
	}
}

func TestADiscardIsTakenBack(t *testing.T) {
	w := newWorld(t)
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	w.apollo.SetFault(sandbox.Fault{Endpoint: "opportunity.search", Kind: sandbox.FaultStatus, Status: http.StatusBadGateway})
	popup.saveNew("Perhaps not")
	popup.clickOn(entry("queued") + ` [data-action="discard"]`)
	popup.see(entry("discarded"), "It is not sent.")
	popup.until(`chrome.action.getBadgeText({}).then((text) => text === "")`)
	w.apollo.ClearFaults()
	popup.drain()
	assert.Empty(t, w.writes("opportunity.create"))
	popup.clickOn(entry("discarded") + ` [data-action="restore"]`)
	popup.see(done, "Created “Perhaps not”")
	assert.Len(t, w.writes("opportunity.create"), 1)
}

func TestSomebodyElseChangedIt(t *testing.T) {
	for name, through := range map[string]bool{"Apollo": false, "a gateway": true} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			if through {
				w.behindGateway(time.Now)
			}
			popup := w.popup(acme)
			popup.known("Acme Corporation")
			popup.change("Acme training days")
			popup.fill("#amount", "7000")
			w.change("Acme training days", `{"amount":"6500"}`)
			popup.press("Enter")
			popup.see(entry("asking"), "Somebody changed this opportunity since you saw it.")
			for _, value := range []string{"6,000", "6,500", "7,000"} {
				popup.see(entry("asking")+" .conflicts", value)
			}
			assert.Len(t, w.writes("opportunity.update"), 1, "the colleague's")
			popup.clickOn(entry("asking") + ` [data-action="resend"]`)
			popup.see(done, "Changed “Acme training days”")
			require.Len(t, w.writes("opportunity.update"), 2)
			assert.Equal(t, map[string]any{"amount": "7000"}, w.writes("opportunity.update")[1].Request)
		})
	}
}

// change changes an opportunity as a colleague does.
func (w *world) change(name, body string) {
	w.t.Helper()
	for _, o := range sandbox.DemoSeed().Opportunities {
		if o.Name != name {
			continue
		}
		request, err := http.NewRequestWithContext(w.ctx, http.MethodPatch, w.apollo.Base()+"/opportunities/"+o.ID, strings.NewReader(body))
		require.NoError(w.t, err)
		request.Header.Set("x-api-key", key)
		request.Header.Set("content-type", "application/json")
		answer, err := http.DefaultClient.Do(request)
		require.NoError(w.t, err)
		require.NoError(w.t, answer.Body.Close())
		require.Equal(w.t, http.StatusOK, answer.StatusCode)
		return
	}
	require.Fail(w.t, "no such opportunity", name)
}

func TestTheWorkerStopsBetweenSavingAndSending(t *testing.T) {
	w := newWorld(t)
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	w.deafen(popup)
	popup.saveNew("Saved before the end")
	require.NoError(t, w.StopWorker(w.ctx))
	assert.Empty(t, w.writes("opportunity.create"))
	popup.until(`chrome.alarms.get("drain").then((alarm) => alarm && alarm.scheduledTime < Date.now() + 60_000)`) // wakes it if nothing else does
	popup.drain()
	popup.see(done, "Created “Saved before the end”")
	popup.drain()
	assert.Len(t, w.writes("opportunity.create"), 1)
}

// deafen keeps the popup's messages from the worker, as if it died at the very
// moment.
func (w *world) deafen(popup *page) {
	popup.eval(`(() => {
		const send = chrome.runtime.sendMessage.bind(chrome.runtime);
		let deaf = 1;
		chrome.runtime.sendMessage = (message) => (message.type === "drain" && deaf-- > 0 ? new Promise(() => {}) : send(message));
	})()`)
}

func TestTheWorkerStopsWhileItSends(t *testing.T) {
	w := newWorld(t)
	site := w.open(acme)
	popup := site.click()
	popup.known("Acme Corporation")
	w.apollo.SetFault(sandbox.Fault{Endpoint: "opportunity.create", Kind: sandbox.FaultStatus, Status: 200, AfterCommit: true, Delay: sandbox.Duration(time.Minute), Times: 1})
	popup.saveNew("Half sent")
	w.eventually("it is stored", func() bool { return len(w.writes("opportunity.create")) == 1 })
	require.NoError(t, w.StopWorker(w.ctx))
	popup.drain()
	popup.see(entry("uncertain"), "Create “Half sent”")
	popup.drain()
	assert.Equal(t, 1, w.requests("opportunity.create"))
}

func TestWhatWaitsIsSentWithoutAnybody(t *testing.T) {
	w := newWorld(t)
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	w.apollo.SetFault(sandbox.Fault{Endpoint: "opportunity.search", Kind: sandbox.FaultStatus, Status: http.StatusBadGateway})
	popup.saveNew("Sent by the alarm")
	popup.see(entry("queued"), "502")
	popup.until(`chrome.action.getBadgeText({}).then((text) => text === "1")`)
	popup.close()
	require.NoError(t, w.StopWorker(w.ctx))
	w.apollo.ClearFaults()
	w.eventually("the alarm wakes the worker", func() bool { return len(w.writes("opportunity.create")) == 1 })
}

func TestThePopupClosesRightAfterSaving(t *testing.T) {
	w := newWorld(t)
	site := w.open(acme)
	popup := site.click()
	popup.known("Acme Corporation")
	popup.saveNew("Gone at once")
	popup.close()
	w.eventually("it arrives", func() bool { return len(w.writes("opportunity.create")) == 1 })

	popup = site.click()
	popup.see(done, "Created “Gone at once”")
	popup.drain()
	assert.Len(t, w.writes("opportunity.create"), 1)
}

func TestADoubleClickMakesOne(t *testing.T) {
	w := newWorld(t)
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	popup.fill("#name", "Once")
	popup.eval(`(() => { const submit = document.querySelector("#submit"); submit.click(); submit.click(); submit.form.requestSubmit(); })()`)
	popup.see(done, "Created “Once”")
	popup.drain()
	assert.Len(t, w.writes("opportunity.create"), 1)
	assert.Equal(t, 1, w.requests("opportunity.create"))
}

func TestThePopupItselfWritesNothingToApollo(t *testing.T) {
	w := newWorld(t)
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	popup.change("Acme training days")
	popup.eval(`(() => { chrome.runtime.sendMessage = () => new Promise(() => {}); })()`) // the worker hears nothing
	require.NoError(t, w.StopWorker(w.ctx))
	popup.fill("#amount", "1")
	popup.press("Enter")
	popup.see(entry("queued"), "Change “Acme training days”")
	popup.saveNew("Not by the popup")
	popup.eval(`dealmark.listOpportunities('{"version":1}')`)
	popup.eval(`dealmark.refresh('{"version":1}')`)
	for _, request := range w.apollo.Requests() {
		read := request.Method == http.MethodGet || strings.HasSuffix(request.Operation, ".search")
		assert.True(t, read, "the popup sent %s %s", request.Method, request.Path)
	}
	assert.NotEmpty(t, w.apollo.Requests())
}

func TestNoRequestBeforeTheClick(t *testing.T) {
	w := newWorld(t)
	site := w.open(acme)
	site.until(`document.readyState === "complete"`)
	another := w.open("http://globex.test/")
	require.NoError(t, another.tab.Navigate(w.ctx, "http://www.acme.test/products"))
	require.NoError(t, site.tab.Activate(w.ctx))
	assert.Empty(t, w.apollo.Requests())
	var scripts int
	site.read(`document.querySelectorAll("script, [id*=dealmark]").length`, &scripts)
	assert.Zero(t, scripts, "the page is as it was")

	site.click().known("Acme Corporation")
	assert.NotEmpty(t, w.apollo.Requests(), "the click is what asks")
}
