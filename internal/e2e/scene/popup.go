//go:build !js

package scene

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/dealmark/dealmark/internal/sandbox"
)

// popup are the popup's states but for what was saved.
var popup = []Scene{
	{Page: "popup", Name: "starting", Shows: "The form takes typing before the core is there.",
		steps: func(r *rep) {
			r.hold("core.wasm")
			r.visit(acme)
			r.popup()
			r.until(`document.activeElement.id === "name"`)
		}},
	{Page: "popup", Name: "too-early", Shows: "Enter before the core is there: one moment.",
		steps: func(r *rep) {
			r.hold("core.wasm")
			r.visit(acme)
			r.popup()
			r.fill("#name", "Typed early")
			r.press("Enter")
			r.until(`document.querySelector("#say").textContent`)
		}},
	{Page: "popup", Name: "looking", Shows: "Apollo takes its time, and the header says so.",
		steps: func(r *rep) {
			r.fault(sandbox.Fault{Endpoint: "account.search", Kind: sandbox.FaultDelay, Delay: long})
			r.visit(acme)
			r.popup()
			r.until(`document.querySelector("#form").dataset.form`)
		}},
	{Page: "popup", Name: "known", Shows: "A company in Apollo with its opportunities.",
		steps: func(r *rep) { r.atAcme() }},
	{Page: "popup", Name: "several", Shows: "Two accounts with one domain: which of them is it?",
		steps: func(r *rep) {
			r.at("http://initech.test/")
			r.seen("#companies li")
		}},
	{Page: "popup", Name: "several-chosen", Shows: "One of two accounts is chosen, and another can be.",
		steps: func(r *rep) {
			r.at("http://initech.test/")
			r.until(`/\d\d/.test(document.querySelector("#companies").textContent)`) // the days since the last activity
			r.click("#companies .row")
			r.seen("#rows li")
			r.click("#company-change")
			r.seen("#companies [aria-current]")
		}},
	{Page: "popup", Name: "several-links", Shows: "A network's page that may be about one of two companies.",
		steps: func(r *rep) {
			r.at("http://de.linkedin.com/")
			r.seen("#companies li")
		}},
	{Page: "popup", Name: "company-found", Shows: "Another company is looked for by its name.",
		steps: func(r *rep) {
			r.at("http://app.acme-cloud.test/")
			r.click("#company-change")
			r.fill("#domain", "a")
			r.press("Enter")
			r.until(`!document.querySelector("#choice-text").textContent && document.activeElement.matches("#companies .row")`)
		}},
	{Page: "popup", Name: "company-for-now", Shows: "On a page without a company an account without a domain is chosen, for this opening.",
		steps: func(r *rep) {
			r.at("chrome://version/")
			r.fill("#domain", "stark")
			r.press("Enter")
			r.until(`document.activeElement.matches("#companies .row")`)
			r.press("Enter")
			r.seen("#rows li")
			r.click("#company-change")
			r.seen("#forget-alias")
		}},
	{Page: "popup", Name: "company-remembered", Shows: "The page is another company's, and that can be taken back.",
		steps: func(r *rep) {
			r.at("http://app.acme-cloud.test/")
			r.click("#company-change")
			r.fill("#domain", "acme.test")
			r.press("Enter")
			r.seen("#rows li")
			r.click("#company-change")
			r.seen("#forget-alias")
		}},
	{Page: "popup", Name: "saved-by-key", Shows: "Saved with the keyboard: O opens it.",
		steps: func(r *rep) {
			r.atAcme()
			r.fill("#name", "Anvils")
			r.press("Control+Enter")
			r.reads("#outbox [data-state=done]", "Anvils")
		}},
	{Page: "popup", Name: "new-company", Shows: "A company that is not in Apollo yet.",
		steps: func(r *rep) { r.at("http://fresh.test/") }},
	{Page: "popup", Name: "unicode-company", Shows: "A domain with letters beyond ASCII, both ways of writing it.",
		steps: func(r *rep) { r.at("http://xn--bckerei-mller-bfb28a.test/") }},
	{Page: "popup", Name: "mixed-scripts", Shows: "A domain in Cyrillic that looks like a Latin one is shown as it is encoded.",
		steps: func(r *rep) { r.at("http://xn--80ak6aa92e.test/") }},
	{Page: "popup", Name: "no-opportunities", Shows: "A company in Apollo without opportunities.",
		apollo: func(o *sandbox.Options) { o.Seed.Opportunities = o.Seed.Opportunities[4:] },
		steps: func(r *rep) {
			r.at(acme)
			r.reads("#list-status", "Acme Corporation")
		}},
	{Page: "popup", Name: "many", Shows: "A company with sixty opportunities.",
		apollo: func(o *sandbox.Options) {
			for i := range 56 {
				more := o.Seed.Opportunities[i%4]
				more.ID, more.Name = "", fmt.Sprintf("%s, %d", more.Name, i+2)
				o.Seed.Opportunities = append(o.Seed.Opportunities, more)
			}
		},
		steps: func(r *rep) { r.atAcme() }},
	{Page: "popup", Name: "long-names", Shows: "Names and amounts as long as they may be.",
		apollo: func(o *sandbox.Options) {
			o.Seed.Accounts[0].Name = "Acme Corporation of New Jersey, Makers of Rockets, Anvils and Giant Springs since 1949"
			o.Seed.Users[0].Last = "Whitfield-Featherstonehaugh of the Northern Territories"
			o.Seed.Stages[3].Name = "Negotiate with procurement, legal and the works council"
			o.Seed.Opportunities[0].Name = "Framework agreement for rockets, anvils and giant springs in all regions, phase 2"
			o.Seed.Opportunities[0].Amount = "987654321012.34"
			o.Seed.Opportunities[1].Name = strings.Repeat("Donaudampfschifffahrt", 6)
		},
		steps: func(r *rep) {
			r.atAcme()
			r.click(".row")
			r.until(`document.querySelector("#form").dataset.editing`)
		}},
	{Page: "popup", Name: "hostile", Shows: "A site whose name is markup and turns the direction of writing.",
		steps: func(r *rep) { r.at("http://hostile.test/") }},
	{Page: "popup", Name: "no-page", Shows: "A tab of the browser itself is nobody's company.",
		steps: func(r *rep) { r.at("chrome://version/") }},
	{Page: "popup", Name: "no-company", Shows: "An address that is a number, and a domain that is none.",
		steps: func(r *rep) {
			r.at("http://" + r.rig.SiteAddr() + "/")
			r.fill("#domain", "not a domain")
			r.press("Enter")
			r.until(`document.querySelector("#choice-text").textContent`)
		}},
	{Page: "popup", Name: "no-key", Shows: "There is no key yet.",
		steps: func(r *rep) {
			r.options()
			r.click("#remove")
			r.until(`document.querySelector("#remove").hidden`)
			r.at(acme)
		}},
	{Page: "popup", Name: "wrong-key", Shows: "Apollo does not accept the key.",
		apollo: func(o *sandbox.Options) { o.Keys[0].Secret = "another" },
		steps:  func(r *rep) { r.at(acme) }},
	{Page: "popup", Name: "missing-right", Shows: "The key lacks a right, which is named.",
		apollo: without("api/v1/accounts/search"),
		steps:  func(r *rep) { r.at(acme) }},
	{Page: "popup", Name: "limited", Shows: "The team's requests are used up.",
		steps: func(r *rep) {
			r.fault(sandbox.Fault{Endpoint: "account.search", Kind: sandbox.FaultRateLimit, RetryAfter: 120})
			r.at(acme)
		}},
	{Page: "popup", Name: "down", Shows: "Apollo is down, and nothing is known of the company.",
		steps: func(r *rep) {
			r.fault(sandbox.Fault{Kind: sandbox.FaultStatus, Status: http.StatusBadGateway})
			r.at(acme)
		}},
	{Page: "popup", Name: "offline-known", Shows: "No network: the company as this computer knows it.",
		steps: func(r *rep) {
			r.atAcme()
			r.offline()
			r.edit("Acme training days")
			r.seen("#notice")
		}},
	{Page: "popup", Name: "understood", Shows: "What was understood of an amount and a date.",
		steps: func(r *rep) {
			r.atAcme()
			r.fill("#name", "Anvils for the canyon")
			r.fill("#amount", "1.2m")
			r.fill("#close_date", "end of quarter")
			r.press("Tab")
			r.until(`document.querySelector("#close_date-understood").textContent`)
		}},
	{Page: "popup", Name: "line", Shows: "One line, and what it says of other fields.",
		steps: func(r *rep) {
			r.atAcme()
			r.fill("#name", "Acme canyon 25k propose end of Q3 @jonas")
			r.seen("#line")
		}},
	{Page: "popup", Name: "line-taken", Shows: "The line's parts in their fields.",
		steps: func(r *rep) {
			r.atAcme()
			r.fill("#name", "Acme canyon 25k propose end of Q3 @jonas")
			r.seen("#line")
			r.press("ArrowDown")
			r.until(`document.querySelector("#amount").value`)
		}},
	{Page: "popup", Name: "errors", Shows: "An amount and a date that cannot be read.",
		steps: func(r *rep) {
			r.atAcme()
			r.fill("#amount", "a lot")
			r.fill("#close_date", "someday")
			r.press("Tab", "Control+Enter")
			r.seen("#amount-error")
			r.seen("#close_date-error")
		}},
	{Page: "popup", Name: "similar", Shows: "An open opportunity of about that name is there already.",
		steps: func(r *rep) {
			r.atAcme()
			r.fill("#name", "Training days")
			r.seen("#similar")
		}},
	{Page: "popup", Name: "editing", Shows: "An opportunity in the form.",
		steps: func(r *rep) {
			r.atAcme()
			r.edit("Acme training days")
		}},
	{Page: "popup", Name: "edited", Shows: "Two of its fields changed, and not saved.",
		steps: func(r *rep) {
			r.atAcme()
			r.edit("Acme training days")
			r.fill("#amount", "7,500.50")
			r.choose("#stage", "Propose")
			r.seen("#discard")
		}},
	{Page: "popup", Name: "draft", Shows: "Opened again: what was typed is there.",
		steps: func(r *rep) {
			r.atAcme()
			r.fill("#name", "Half a thought")
			r.fill("#amount", "25k")
			r.seen("#discard")
			r.again()
			r.until(`document.querySelector("#amount").value === "25k"`)
		}},
	{Page: "popup", Name: "form-discarded", Shows: "The form is discarded, and can be put back.",
		steps: func(r *rep) {
			r.atAcme()
			r.fill("#amount", "25k")
			r.click("#discard")
			r.seen("#put-back")
		}},
	{Page: "popup", Name: "no-room", Shows: "The browser has no room to save: nothing is lost.",
		steps: func(r *rep) {
			r.atAcme()
			r.does(`(() => {
				const put = IDBObjectStore.prototype.put;
				IDBObjectStore.prototype.put = function (...args) {
					if (this.name !== "outbox") return put.apply(this, args);
					throw new DOMException("no room", "QuotaExceededError");
				};
			})()`)
			r.fill("#name", "Does not fit")
			r.press("Enter")
			r.until(`document.querySelector("#form-text").textContent`)
		}},
	{Page: "popup", Name: "unsent", Shows: "The browser starts no worker: what is saved is kept, and nobody sends it.",
		steps: func(r *rep) {
			r.atAcme()
			r.does(`void (chrome.runtime.sendMessage = () => Promise.reject(new Error("nobody is there")))`)
			r.save("Acme anvils", "queued")
			r.seen("#unsent")
		}},
	{Page: "popup", Name: "storage-refused", Shows: "The browser's storage cannot be opened: what was typed is kept beside it.",
		steps: func(r *rep) {
			r.options()
			r.laterDatabase()
			r.visit(acme)
			r.popup()
			r.seen("#stopped")
		}},
	{Page: "popup", Name: "stopped", Shows: "The core has stopped: what was typed is kept.",
		steps: func(r *rep) {
			r.atAcme()
			r.does(`(() => { Object.defineProperty(document.querySelector("#amount-understood"), "textContent", { set() { throw new Error("broken on purpose") } }) })()`)
			r.fill("#amount", "33k")
			r.seen("#stopped")
		}},
	{Page: "popup", Name: "demo", Shows: "The demo, marked as one.",
		steps: func(r *rep) {
			r.demo()
			r.at("http://www.umbrella.test/")
			r.seen("#rows li")
		}},
	{Page: "popup", Name: "demo-new-company", Shows: "The demo's second company, with the first opportunity saved.",
		steps: func(r *rep) {
			r.demo()
			r.at("http://www.wayne.test/")
			r.save("Cave lighting", "done")
		}},
}

// laterDatabase puts the database of a later version in the place of ours, until the
// end: this version cannot open it.
func (r *rep) laterDatabase() {
	const remove = `new Promise((done, failed) => {
		const asked = indexedDB.deleteDatabase("dealmark");
		asked.onsuccess = done;
		asked.onerror = failed;
	})`
	options := r.page
	r.does(remove + `.then(() => new Promise((done) => (indexedDB.open("dealmark", 99).onsuccess = ({ target }) => done(target.result.close()))))`)
	r.after = append(r.after, func() error { return options.Eval(context.WithoutCancel(r.ctx), remove+".then(() => 1)", nil) })
}

// hold keeps a file of the package from the pages until the end.
func (r *rep) hold(file string) {
	r.try(func() error {
		release, err := r.rig.Hold(r.ctx, "chrome-extension://*/"+file)
		if err == nil {
			r.after = append(r.after, func() error { return release(context.WithoutCancel(r.ctx)) })
		}
		return err
	})
}

// without gives the key every right but one.
func without(right string) func(*sandbox.Options) {
	return func(o *sandbox.Options) {
		o.Keys[0].Scopes = nil
		for _, scope := range sandbox.Scopes() {
			if scope != right {
				o.Keys[0].Scopes = append(o.Keys[0].Scopes, scope)
			}
		}
	}
}
