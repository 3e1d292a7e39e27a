//go:build !js

package scene

import (
	"fmt"

	"github.com/dealmark/dealmark/internal/sandbox"
)

const passphrase = "nine lives of a cat"

// more are the popup's states with what a team or a rep has set up: custom fields,
// contacts, a passphrase, several workspaces.
var more = []Scene{
	{Page: "popup", Name: "more-fields", Shows: "The team's custom fields, one of each kind.",
		steps: func(r *rep) {
			r.customFields("shown")
			r.atAcme()
			r.click("#more")
			r.seen("#more-fields input")
		}},
	{Page: "popup", Name: "more-fields-missing", Shows: "Saved without the fields that the team asks for.",
		steps: func(r *rep) {
			r.customFields("required")
			r.atAcme()
			r.fill("#name", "Acme anvils")
			r.press("Enter")
			r.seen("#more-fields .error")
		}},
	{Page: "popup", Name: "contacts", Shows: "The account's people, to attach.",
		steps: func(r *rep) { r.contacts() }},
	{Page: "popup", Name: "contacts-chosen", Shows: "Two of them are chosen, one with a role.",
		steps: func(r *rep) {
			r.contacts()
			r.choose(`[aria-label="Rhoda Runner"]`, "Champion")
			r.click(`li:has([aria-label="Wilhelmina Coyote"]) [type=checkbox]`)
			r.until(`document.querySelectorAll("#people-list :checked").length > 2`)
		}},
	{Page: "popup", Name: "contacts-searched", Shows: "An account with many people: they are searched by name.",
		apollo: ManyContacts,
		steps: func(r *rep) {
			r.contacts()
			r.fill("#people-search", "runner")
			r.until(`document.querySelectorAll("#people-list li").length === 1`)
		}},
	{Page: "popup", Name: "contacts-waiting", Shows: "The opportunity is in Apollo, its contacts are not yet.",
		steps: func(r *rep) {
			r.contacts()
			r.choose(`[aria-label="Rhoda Runner"]`, "Champion")
			r.fault(sandbox.Fault{Endpoint: "opportunity.update_roles", Kind: sandbox.FaultStatus, Status: 502})
			r.save("Acme anvils", "done")
			r.seen(entry("queued"))
		}},
	{Page: "popup", Name: "contacts-saved", Shows: "A change, with who is attached already.",
		steps: func(r *rep) {
			r.atAcme()
			r.edit("Acme rollout, phase 2")
			r.click("#people")
			r.until(`document.querySelector("#people-list :checked")`)
		}},
	{Page: "popup", Name: "contacts-none", Shows: "An account without people.",
		apollo: func(o *sandbox.Options) { o.Seed.Contacts = nil; forgetRoles(o) },
		steps: func(r *rep) {
			r.atAcme()
			r.click("#people")
			r.until(`document.querySelector("#people-status").textContent`)
		}},
	{Page: "popup", Name: "locked", Shows: "The key is locked with a passphrase.",
		steps: func(r *rep) {
			r.lock()
			r.at(acme)
			r.seen("#notice")
		}},
	{Page: "popup", Name: "unlocking", Shows: "Another passphrase than the key's.",
		steps: func(r *rep) {
			r.lock()
			r.at(acme)
			r.click("#notice-action")
			r.fill("#passphrase", "another one")
			r.press("Enter")
			r.until(`document.activeElement.id === "passphrase" && document.querySelector("#unlock-say").textContent.length > 14`)
		}},
	{Page: "popup", Name: "workspaces", Shows: "One of two workspaces, named beside the form.",
		steps: func(r *rep) {
			r.workspace("Northwind Europe")
			r.atAcme()
			r.seen("#workspace")
		}},
}

// ManyContacts gives the first account more people than Apollo lists at once.
func ManyContacts(o *sandbox.Options) {
	for i := range 120 {
		o.Seed.Contacts = append(o.Seed.Contacts, sandbox.Contact{First: "Worker", Last: fmt.Sprint("Number ", i+1), Title: "Crew", Account: o.Seed.Accounts[0].ID})
	}
}

// forgetRoles leaves the opportunities without people.
func forgetRoles(o *sandbox.Options) {
	for i := range o.Seed.Opportunities {
		o.Seed.Opportunities[i].Roles = nil
	}
}

// fields has the settings list the team's custom fields.
func (r *rep) fields() {
	r.options()
	r.click("#fields-read")
	r.seen("#fields li select")
	r.seen("#fields-save")
}

// customFields has all of the team's custom fields in the form.
func (r *rep) customFields(use string) {
	r.fields()
	r.does(`document.querySelectorAll("#fields li > select").forEach((select) => {
		select.value = ` + quote(use) + `;
		select.dispatchEvent(new Event("change", { bubbles: true }));
	})`)
	r.does(`(() => { document.querySelector("#fields-say").textContent = ""; })()`)
	r.click("#fields-save")
	r.until(`document.querySelector("#fields-say").textContent`)
}

// contacts unfolds the people of a company.
func (r *rep) contacts() {
	r.atAcme()
	r.click("#people")
	r.seen("#people-list li")
}

// passphrases types one into the settings twice, with the key that it is for.
func (r *rep) passphrases(again string) {
	r.options()
	r.click("#lock summary")
	r.fill("#key", Key)
	r.fill("#new-passphrase", passphrase)
	r.fill("#new-passphrase-again", again)
	r.click("#save")
}

// lock has the key behind a passphrase, and locked, with the settings open.
func (r *rep) lock() {
	r.passphrases(passphrase)
	r.click("#lock-now")
	r.seen("#unlock")
}

// workspace adds one and makes it the current one, with the same Apollo.
func (r *rep) workspace(name string) {
	r.options()
	r.seen("#workspaces-list li")
	r.fill("#workspace-name", name)
	r.press("Enter")
	r.until(`document.querySelector("#workspace-current").textContent === ` + quote(name) + ` && document.querySelector("#key-stored").textContent`)
	r.does(`dealmark.saveSettings(JSON.stringify({ version: 1, key: ` + quote(Key) + `, base: ` + quote(r.apollo.Base()) + `, master: "agreed" }))`)
}
