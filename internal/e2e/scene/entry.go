//go:build !js

package scene

import (
	"net/http"
	"time"

	"github.com/dealmark/dealmark/internal/sandbox"
)

const long = sandbox.Duration(time.Minute)

var (
	down   = sandbox.Fault{Endpoint: "opportunity.search", Kind: sandbox.FaultStatus, Status: http.StatusBadGateway}
	silent = sandbox.Fault{Endpoint: "opportunity.create", Kind: sandbox.FaultReset, Times: 1}
)

// entries are the popup with something saved.
var entries = []Scene{
	{Page: "popup", Name: "sending", Shows: "Saved, and on its way to Apollo.",
		steps: func(r *rep) {
			r.atAcme()
			r.fault(sandbox.Fault{Endpoint: "opportunity.create", Kind: sandbox.FaultDelay, Delay: long})
			r.save("Acme anvils", "queued") // the popup hears of it when it has come back
		}},
	{Page: "popup", Name: "waiting", Shows: "Saved on this computer, and tried again.",
		steps: func(r *rep) {
			r.atAcme()
			r.fault(down)
			r.save("Acme anvils", "queued")
			r.seen(entry("queued") + " [data-action=retry]")
		}},
	{Page: "popup", Name: "waiting-offline", Shows: "Saved without a network.",
		steps: func(r *rep) {
			r.atAcme()
			r.offline()
			r.save("Acme anvils", "queued")
			r.seen(entry("queued") + " [data-action=retry]")
		}},
	{Page: "popup", Name: "waiting-limited", Shows: "It waits for the next hour's requests.",
		steps: func(r *rep) {
			r.atAcme()
			r.fault(sandbox.Fault{Endpoint: "opportunity.search", Kind: sandbox.FaultRateLimit, RetryAfter: 1200})
			r.save("Acme anvils", "queued")
			r.seen(entry("queued") + " [data-action=retry]")
		}},
	{Page: "popup", Name: "blocked", Shows: "Saved, but the key may not create.",
		apollo: without("deals/api/v1/opportunities/create"),
		steps: func(r *rep) {
			r.atAcme()
			r.save("Acme anvils", "blocked")
		}},
	{Page: "popup", Name: "refused", Shows: "Apollo refuses a value.",
		steps: func(r *rep) {
			r.atAcme()
			r.fault(refusal)
			r.save("Acme anvils", "refused")
		}},
	{Page: "popup", Name: "refused-in-form", Shows: "A refused one back in the form, with Apollo's words at the field.",
		steps: func(r *rep) {
			r.atAcme()
			r.fault(refusal)
			r.fill("#amount", "99,000,000")
			r.save("Acme anvils", "refused")
			r.click(entry("refused") + " [data-action=edit]")
			r.seen("#amount-error")
		}},
	{Page: "popup", Name: "uncertain", Shows: "The answer is lost: Apollo may have it or not.",
		steps: func(r *rep) {
			r.atAcme()
			r.apollo.OneRequestAConnection()
			r.fault(silent)
			r.save("Acme anvils", "uncertain")
		}},
	{Page: "popup", Name: "exists", Shows: "One of that name is there: is it the same?",
		steps: func(r *rep) {
			r.atAcme()
			r.request(http.MethodPost, "/opportunities", `{"name":"Acme anvils","account_id":"65f000050000000000000001"}`)
			r.save("Acme anvils", "asking")
		}},
	{Page: "popup", Name: "conflict", Shows: "Somebody else changed the same field.",
		steps: func(r *rep) {
			r.atAcme()
			r.edit("Acme training days")
			r.fill("#amount", "7000")
			r.colleague("Acme training days", `{"amount":"6500"}`)
			r.press("Control+Enter")
			r.seen(entry("asking"))
		}},
	{Page: "popup", Name: "conflict-fields", Shows: "Somebody else changed two fields: each is chosen.",
		steps: func(r *rep) {
			r.atAcme()
			r.edit("Acme training days")
			r.fill("#amount", "7000")
			r.fill("#close_date", "2031-06-30")
			r.colleague("Acme training days", `{"amount":"6500","closed_date":"2031-07-31"}`)
			r.press("Control+Enter")
			r.seen(entry("asking") + " .conflicts input")
		}},
	{Page: "popup", Name: "created", Shows: "It is in Apollo.",
		steps: func(r *rep) {
			r.atAcme()
			r.save("Acme anvils", "done")
			r.reads("#rows", "Acme anvils")
		}},
	{Page: "popup", Name: "changed", Shows: "A change is in Apollo, and can be undone.",
		steps: func(r *rep) {
			r.atAcme()
			r.edit("Acme training days")
			r.fill("#amount", "7000")
			r.press("Control+Enter")
			r.seen(entry("done") + " [data-action=undo]")
		}},
	{Page: "popup", Name: "undone", Shows: "The change is undone.",
		steps: func(r *rep) {
			r.atAcme()
			r.edit("Acme training days")
			r.fill("#amount", "7000")
			r.press("Control+Enter")
			r.click(entry("done") + " [data-action=undo]")
			r.until(`document.querySelectorAll('.entry[data-state="done"]').length === 2 || !document.querySelector("[data-action=undo]")`)
		}},
	{Page: "popup", Name: "differs", Shows: "Apollo left a value blank.",
		steps: func(r *rep) {
			r.atAcme()
			r.fault(sandbox.Fault{Endpoint: "opportunity.create", Kind: sandbox.FaultIgnore, Fields: []string{"amount"}})
			r.fill("#amount", "5000")
			r.save("Acme anvils", "done")
		}},
	{Page: "popup", Name: "discarded", Shows: "Not sent, and it can be taken back.",
		steps: func(r *rep) {
			r.atAcme()
			r.fault(down)
			r.save("Acme anvils", "queued")
			r.click(entry("queued") + " [data-action=discard]")
			r.seen(entry("discarded"))
		}},
	{Page: "popup", Name: "damaged", Shows: "An entry that cannot be read, shown for what it is.",
		steps: func(r *rep) {
			r.atAcme()
			r.does(`new Promise((done) => indexedDB.open("dealmark").onsuccess = ({ target: { result: db } }) => {
				const change = db.transaction("outbox", "readwrite");
				change.objectStore("outbox").put(new Uint8Array([123]), "entry/damaged");
				change.oncomplete = () => done(db.close());
			})`)
			r.again()
			r.seen(entry("damaged"))
		}},
	{Page: "popup", Name: "many-saved", Shows: "Four that wait, and the form all the same.",
		steps: func(r *rep) {
			r.atAcme()
			r.fault(down)
			for _, name := range []string{"Acme anvils", "Acme rockets", "Acme giant springs", "Acme training for the new canyon crew in autumn"} {
				r.fill("#name", name)
				r.press("Enter")
				r.reads("#outbox", name)
				r.until(`document.activeElement.id === "name"`)
			}
			r.drain()
		}},
}

var refusal = sandbox.Fault{
	Endpoint: "opportunity.create", Kind: sandbox.FaultStatus, Status: http.StatusUnprocessableEntity,
	ContentType: "application/json", Body: `{"error":"Amount is too large"}`,
}
