//go:build !js

package e2e_test

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/sandbox"
)

//go:embed testdata/prototypes.js
var prototypes string

// inherited are names that every object of JavaScript has or heeds.
var inherited = []string{"__proto__", "constructor", "prototype", "toString", "valueOf", "hasOwnProperty", "__defineGetter__", "toJSON", "then"}

// pollution is a document with members of these names, at each of which some
// program could reach into a prototype.
const pollution = `{"__proto__":{"polluted":1,"url":"x","type":"drain"},"constructor":{"prototype":{"polluted":1}},"prototype":{"polluted":1},"toString":"x","hasOwnProperty":1,"toJSON":null,"then":{},"x":{"__proto__":{"__proto__":{"polluted":1}}}}`

// polluted gives a document with such members in each of its objects.
func polluted(t *testing.T, document []byte) []byte {
	t.Helper()
	var more map[string]any
	require.NoError(t, json.Unmarshal([]byte(pollution), &more))
	var within func(any)
	within = func(value any) {
		switch v := value.(type) {
		case map[string]any:
			for _, inner := range v {
				within(inner)
			}
			maps.Copy(v, more)
		case []any:
			for _, inner := range v {
				within(inner)
			}
		}
	}
	decoder := json.NewDecoder(bytes.NewReader(document))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil {
		return document // no JSON
	}
	within(value)
	changed, err := json.Marshal(value)
	require.NoError(t, err)
	return changed
}

// Texts and members that are called like what every object has change no object,
// whichever way they come: from Apollo, in a file, in a message, from storage.
func TestNamesOfPrototypesAreNames(t *testing.T) {
	w := newWorld(t, func(o *sandbox.Options) {
		for i, name := range append(inherited, pollution) {
			o.Seed.Opportunities = append(o.Seed.Opportunities, sandbox.Opportunity{
				Name: name, Account: o.Seed.Accounts[0].ID, Stage: o.Seed.Stages[0].ID, Owner: o.Seed.Users[0].ID, Amount: "1",
			})
			o.Seed.Stages[i%len(o.Seed.Stages)].Name = name
			o.Seed.Users[i%len(o.Seed.Users)].Last = name
			o.Seed.Fields[i%len(o.Seed.Fields)].Label = name
			o.Seed.Contacts[i%len(o.Seed.Contacts)].Last = name
		}
	})
	answers := 0
	w.answers(func(body []byte) []byte { answers++; return polluted(t, body) })
	var untouched string
	w.page("manifest.json").read(prototypes, &untouched) // none of our code runs there
	unchanged := func(p *page) {
		t.Helper()
		var now string
		p.read(prototypes, &now)
		assert.Equal(t, untouched, now)
	}

	options := w.page("options.html")
	w.run("in the settings and in a file", func(t *testing.T) {
		options.clickOn("#test")
		options.see("#say", "All of it works.")
		options.clickOn("#fields-read")
		options.until(`document.querySelectorAll("#fields li").length > 4`)
		options.eval(`(() => {
			for (const use of document.querySelectorAll("#fields li > select")) {
				use.value = "shown";
				use.dispatchEvent(new Event("change"));
			}
		})()`)
		options.clickOn("#fields-save")
		options.see("#fields-say", "Saved.")
		for _, file := range []string{
			pollution, `{"aliases":` + pollution + `}`, `{"version":1,"aliases":[` + pollution + `]}`,
			`{"version":1,"__proto__":{"polluted":1},"aliases":[{"__proto__":{"polluted":1},"host":"b.example","domain":"acme.test","constructor":{"prototype":{"polluted":1}}}]}`,
			`{"version":1,"aliases":[{"host":"__proto__","domain":"constructor"}]}`,
			`{"version":1,"aliases":[{"host":"b.example","domain":"acme.test"}]}`, // a good one
		} {
			options.eval(`(() => {
				const given = new DataTransfer();
				given.items.add(new File([` + quote(file) + `], "aliases.json"));
				const input = document.querySelector("#aliases-file");
				document.querySelector("#aliases-say").textContent = "";
				input.files = given.files;
				input.dispatchEvent(new Event("change"));
			})()`)
			options.until(`document.querySelector("#aliases-say").textContent`)
			options.until(`document.querySelector("#aliases-say").matches(".error") === ` + fmt.Sprint(!strings.Contains(file, "b.example") || strings.Contains(file, "__proto__")))
		}
		for _, name := range inherited {
			options.fill(`#alias-add [name=host]`, name)
			options.fill(`#alias-add [name=domain]`, name)
			options.press("Enter")
			options.fill("#workspace-name", name)
		}
		options.until(`document.querySelector("#aliases li input")?.value === "b.example"`)
		unchanged(options)
	})
	site := w.open(acme)
	popup := site.click()
	w.run("in what Apollo answers", func(t *testing.T) {
		popup.known("Acme Corporation")
		popup.eval(`(() => document.querySelector("#people").click())()`)
		popup.until(`document.querySelector("#people-list li")`)
		for _, name := range append(inherited, pollution) {
			popup.eval(`[...document.querySelectorAll(".row")].find((e) => e.querySelector(".row-name").textContent === ` + quote(name) + `).click()`)
			popup.see("#form-heading", name)
			assert.Equal(t, name, popup.value("#name"))
		}
		popup.fill("#amount", "7")
		popup.press("Enter")
		popup.see(done, "Changed")
		popup.see("#form-heading", "New opportunity")
		popup.saveNew("__proto__ constructor")
		popup.see(done, "Created “__proto__ constructor”")
		unchanged(popup)
		popup.until(kept + `.then((all) => "shown/www.acme.test" in all)`)
	})
	w.run("in messages and documents", func(t *testing.T) {
		for _, document := range []string{`{"version":1,` + pollution[1:], pollution, `{"version":1,"__proto__":{"polluted":1},"form":"x"}`} {
			popup.eval(fmt.Sprintf(`Promise.allSettled(Object.values(dealmark).map((f) => f(%s)))`, quote(document)))
		}
		popup.eval(`Promise.allSettled([` + pollution + `, ` + quote(pollution) + `, "__proto__"].flatMap((x) => [
			chrome.runtime.sendMessage(x), chrome.runtime.sendMessage({ ...x, type: "drain", workspace: x, place: x }), chrome.runtime.sendMessage({ type: x })]))`)
		popup.eval(`(() => { new BroadcastChannel("dealmark").postMessage(JSON.parse(` + quote(pollution) + `)); })()`)
		worker := w.worker(popup)
		defer worker.Detach()
		var now string
		require.NoError(t, worker.Eval(w.ctx, prototypes, &now))
		assert.Equal(t, untouched, now)
		unchanged(popup)
	})
	w.run("from storage", func(t *testing.T) {
		popup.eval(`(async () => {
			const bad = JSON.parse(` + quote(pollution) + `), text = ` + quote(pollution) + `;
			for (const key of ["typed acme.test ", "early www.acme.test", "ahead", "workspace-x", "__proto__"]) localStorage.setItem(key, text);
			sessionStorage.setItem("typed", text);
			for (const area of ["local", "session"]) for (const name of [...Object.keys(bad), "entry/x", "key@__proto__"]) {
				await chrome.storage[area].set(Object.defineProperty({}, name, { value: bad, enumerable: true }));
			}
		})()`)
		popup.eval(kept + `.then(({ "shown/www.acme.test": { status, parts } }) => void (globalThis.polluted = new TextEncoder().encode(JSON.stringify({
			...JSON.parse(` + quote(pollution) + `), status, parts: { ...parts, constructor: parts.name, toString: parts.name, ["__proto__"]: parts.name } }))))`)
		popup.store("index", "shown/www.acme.test", `polluted`)
		popup.store("drafts", "draft/acme.test/__proto__", `new TextEncoder().encode(`+quote(pollution)+`)`)
		popup.store("drafts", "__proto__", `new TextEncoder().encode(`+quote(pollution)+`)`)
		popup.close()
		popup = site.click()
		popup.known("Acme Corporation")
		popup.until(`document.querySelector("#form").dataset.form`)
		assert.Equal(t, "Acme Corporation", popup.value("#name"), "what is no text was not typed")
		popup.saveNew("Whatever storage holds")
		popup.see(done, "Created “Whatever storage holds”")
		unchanged(popup)
		again := w.page("options.html")
		again.see("#key-stored", "A key is stored")
		again.clickOn("#sent-all summary")
		again.until(`document.querySelector("#sent-table table")`)
		unchanged(again)
		pipeline := w.page("pipeline.html")
		pipeline.settled()
		pipeline.clickOn("#as-board")
		pipeline.until(`document.querySelectorAll("#board .card").length > 10`)
		unchanged(pipeline)
	})
	assert.Greater(t, answers, 20)
}
