//go:build !js

package scene

import (
	"fmt"

	"github.com/dealmark/dealmark/internal/sandbox"
)

// options are the states of the settings.
var options = []Scene{
	{Page: "options", Name: "no-key", Shows: "The settings before anything is set.",
		steps: func(r *rep) {
			r.options()
			r.click("#remove")
			r.until(`document.querySelector("#remove").hidden`)
		}},
	{Page: "options", Name: "stored", Shows: "A key is stored, of which the end is shown.",
		steps: func(r *rep) { r.options() }},
	{Page: "options", Name: "tested", Shows: "The connection works, the team is known, and the key can do everything.",
		apollo: master,
		steps: func(r *rep) {
			r.options()
			r.click("#test")
			r.until(`document.querySelectorAll("#checks li").length > 3 && !document.querySelector("#rep").disabled`)
		}},
	{Page: "options", Name: "tested-narrow", Shows: "The key may do what is needed, and no more.",
		steps: func(r *rep) {
			r.options()
			r.click("#test")
			r.until(`document.querySelectorAll("#checks li").length > 3 && !document.querySelector("#rep").disabled`)
		}},
	{Page: "options", Name: "master-asked", Shows: "A master key is not stored before the rep agrees to it.",
		apollo: master,
		steps: func(r *rep) {
			r.options()
			r.click("#remove")
			r.until(`document.querySelector("#remove").hidden`)
			r.fill("#key", Key)
			r.click("#save")
			r.seen("#consent-given")
			r.seen("#say.error")
		}},
	{Page: "options", Name: "missing-right", Shows: "The test names the right that is missing.",
		apollo: without("deals/api/v1/opportunities/update"),
		steps: func(r *rep) {
			r.options()
			r.click("#test")
			r.seen(`#checks [data-ok="false"]`)
		}},
	{Page: "options", Name: "refused-address", Shows: "An address that would give the key away is refused.",
		steps: func(r *rep) {
			r.options()
			r.fill("#key", "another-key-to-keep")
			r.fill("#base", "http://example.com/api/v1")
			r.click("#save")
			r.seen("#say.error")
		}},
	{Page: "options", Name: "passphrases-differ", Shows: "The passphrase for the key is not the same twice.",
		steps: func(r *rep) {
			r.passphrases(passphrase + "?")
			r.seen("#say.error")
		}},
	{Page: "options", Name: "locked", Shows: "The key is stored with a passphrase, and locked.",
		steps: func(r *rep) { r.lock() }},
	{Page: "options", Name: "workspaces", Shows: "Two workspaces, the second is this page's.",
		steps: func(r *rep) {
			r.workspace("Northwind Europe")
			r.options()
			r.until(`document.querySelectorAll("#workspaces-list li").length === 2`)
		}},
	{Page: "options", Name: "workspace-asked", Shows: "What removing a workspace means, before it is done.",
		steps: func(r *rep) {
			r.workspace("Northwind Europe")
			r.options()
			r.click("#workspaces-list li[aria-current] button")
			r.seen("#workspaces-list .asking")
		}},
	{Page: "options", Name: "fields", Shows: "The team's custom fields, how the form has them, and a default.",
		steps: func(r *rep) {
			r.fields()
			for i, use := range []string{"shown", "required", "shown"} {
				r.does(fmt.Sprintf(`(() => {
					const select = document.querySelectorAll("#fields li > select")[%d];
					select.value = %q;
					select.dispatchEvent(new Event("change", { bubbles: true }));
				})()`, i, use))
			}
			r.click("#fields li:nth-child(3) summary")
			r.fill(`#fields li:nth-child(3) label:nth-child(4) input`, "24")
		}},
	{Page: "options", Name: "tag", Shows: "The field by which nothing is made twice is in use.",
		steps: func(r *rep) {
			r.options()
			r.click("#tag-set-up")
			r.seen("#tag-remove")
		}},
	{Page: "options", Name: "tag-refused", Shows: "The key may not create the field.",
		apollo: without("api/v1/fields/create"),
		steps: func(r *rep) {
			r.options()
			r.click("#tag-set-up")
			r.until(`document.querySelector("#tag-say").textContent.length > 40`)
		}},
	{Page: "options", Name: "exported", Shows: "What waits on this computer is exported.",
		steps: func(r *rep) {
			r.atAcme()
			r.fault(down)
			r.save("Acme anvils", "queued")
			r.options()
			r.click("#export")
			r.until(`document.querySelector("#kept-say").textContent`)
		}},
	{Page: "options", Name: "template", Shows: "A pattern for names, and what it makes.",
		steps: func(r *rep) {
			r.options()
			r.fill("#template", "{account} – {product} – {quarter}")
			r.until(`document.querySelector("#template-example").textContent`)
		}},
	{Page: "options", Name: "template-refused", Shows: "A pattern with a name in braces that nobody knows.",
		steps: func(r *rep) {
			r.options()
			r.fill("#template", "{acount} – {quarter}")
			r.press("Enter")
			r.until(`document.querySelector("#template-example").textContent`)
		}},
	{Page: "options", Name: "alias", Shows: "A page that is another company's than its address says.",
		steps: func(r *rep) {
			r.options()
			r.fill("#alias-add [name=host]", "app.acme-cloud.test")
			r.fill("#alias-add [name=domain]", "acme.test")
			r.press("Enter")
			r.seen("#aliases li")
		}},
	{Page: "options", Name: "alias-refused", Shows: "A company's domain that is none.",
		steps: func(r *rep) {
			r.options()
			r.fill("#alias-add [name=host]", "app.acme-cloud.test")
			r.fill("#alias-add [name=domain]", "acme")
			r.press("Enter")
			r.seen("#aliases-say.error")
		}},
	{Page: "options", Name: "sent", Shows: "What left this browser, and what Apollo still allows.",
		steps: func(r *rep) {
			r.atAcme()
			r.options()
			r.click("#sent-all summary")
			r.seen("#sent-table tr")
		}},
	{Page: "options", Name: "panel", Shows: "Dealmark opens in the side panel.",
		steps: func(r *rep) {
			r.panel()
			r.options()
		}},
	{Page: "options", Name: "demo", Shows: "The settings in the demo.",
		steps: func(r *rep) {
			r.demo()
			r.options()
			r.seen(".band")
		}},
}

// master gives the key all rights there are.
func master(o *sandbox.Options) { o.Keys[0] = sandbox.Key{Secret: Key, Master: true} }
