//go:build !js

package e2e_test

import (
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
			for (const type of ["drain", "fill", "pause", "resume", "choose", "unlocked", "start", "__proto__", "constructor", "toString", ["drain"], null, 1, {}]) {
				for (const message of [{ type }, type, { type, url: chrome.runtime.getURL("popup.html"), id: chrome.runtime.id, origin: chrome.runtime.getURL("") }]) {
					seen.Tried++;
					await chrome.runtime.sendMessage(message).then((answer) => answer && seen.Accepted.push(JSON.stringify(message)), () => {});
				}
			}
			return seen;
		} });
		return answer.result;
	})()`, &seen)
	assert.Equal(t, 42, seen.Tried)
	assert.Empty(t, seen.Accepted)
	assert.Empty(t, seen.Stored)
	assert.Empty(t, seen.Databases)
}

// The browser itself refuses to make markup of a text, should the code ever try.
func TestTheBrowserRefusesMarkup(t *testing.T) {
	w := newWorld(t)
	for name, open := range map[string]func() *page{
		"popup":   func() *page { return w.popup(acme) },
		"options": func() *page { return w.page("options.html") },
	} {
		p := open()
		p.expects = "TrustedHTML"
		var came string
		p.read(`(() => {
			try {
				document.createElement("p").innerHTML = "<b>bold</b>";
				return "markup";
			} catch (error) {
				return error.name;
			}
		})()`, &came)
		assert.Equal(t, "TypeError", came, name)
		p.close()
	}
}
