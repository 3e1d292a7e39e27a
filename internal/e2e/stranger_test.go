//go:build !js

package e2e_test

import (
	"io/fs"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/e2e/rig"
)

// known are the words that the worker understands from the extension's own pages.
const known = `["drain", "fill", "pause", "resume", "choose", "unlocked", "here"]`

// forged are messages with these, and such as would reach into its objects.
const forged = known + `.concat(["constructor", "__proto__", "prototype", "toString", "hasOwnProperty", "valueOf", "", "DRAIN", "drain ", "drain\\0", "lock", "start", null, 7, true, { type: "drain" }, ["drain"], { toString: () => "drain" }])
	.map((type) => ({ type, version: 1 })).concat([null, undefined, 7, "drain", ["drain"], "fill", { version: 1 }, JSON.parse('{"__proto__":{"type":"drain"}}')])`

// TestAnotherExtensionIsNotHeard has another extension send every message that the
// worker knows, and open a port.
func TestAnotherExtensionIsNotHeard(t *testing.T) {
	w := newApollo(t)
	w.launch("")
	stranger, err := w.LoadOther(t.Context(), "testdata/stranger")
	require.NoError(t, err)
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	popup.drain()
	seen := len(w.apollo.Requests())
	page := w.open("chrome-extension://" + stranger + "/page.html")
	var heard []string
	page.read(`Promise.all((`+forged+`).map((message) =>
		chrome.runtime.sendMessage(`+quote(w.ExtensionID())+`, message).then((answer) => JSON.stringify(answer ?? null), (error) => error.message)))`, &heard)
	assert.Len(t, heard, 33)
	for _, answer := range heard {
		assert.Regexp(t, "Could not establish connection|Error in invocation", answer)
	}
	var port string
	page.read(`new Promise((told) => {
		const port = chrome.runtime.connect(`+quote(w.ExtensionID())+`);
		port.onDisconnect.addListener(() => told(chrome.runtime.lastError?.message ?? "closed"));
		port.postMessage({ type: "drain" });
	})`, &port)
	assert.Contains(t, port, "Could not establish connection")
	assert.Len(t, w.apollo.Requests(), seen, "nothing was asked of Apollo")
}

// TestTheWorkerAnswersOnlyWhatItKnows sends such messages from the extension's own
// page.
func TestTheWorkerAnswersOnlyWhatItKnows(t *testing.T) {
	w := newWorld(t)
	options := w.page("options.html")
	var answers []string
	options.read(`Promise.all((`+forged+`).map((message) => Promise.race([
		chrome.runtime.sendMessage(message).then((answer) => JSON.stringify(answer ?? null), (error) => error.message),
		new Promise((told) => setTimeout(told, 2000, "no answer"))])))`, &answers)
	require.Len(t, answers, 33)
	for i, answer := range answers {
		if i < 7 {
			assert.Equal(t, `{"version":1}`, answer, "it is known")
		} else {
			assert.NotContains(t, answer, "version", "message %d", i)
		}
	}
	var polluted bool
	options.read(`({}).type !== undefined || ({}).version !== undefined`, &polluted)
	assert.False(t, polluted)
}

// TestForgedSendersAreNotHeard has the worker's own decision on each message by
// each sender that is none of the extension's pages, and by those that are.
func TestForgedSendersAreNotHeard(t *testing.T) {
	w := newWorld(t)
	options := w.page("options.html")
	var outcome struct {
		Accepted []string
		Forgers  int
		Messages int
		Heard    map[string][]string
		Kinds    []string
	}
	options.read(`import("./heard.js").then(({ heard, kinds }) => {
		const id = chrome.runtime.id, home = chrome.runtime.getURL(""), origin = home.slice(0, -1);
		const other = "abcdefghijklmnopabcdefghijklmnop", web = "https://www.acme.test/";
		const own = {
			popup: { id, url: home + "popup.html", origin },
			"side panel": { id, url: home + "popup.html?panel", origin },
			"options in a tab": { id, url: home + "options.html", origin, frameId: 0, documentLifecycle: "active", tab: { id: 7, url: home + "options.html" } },
			"a tab whose address is not told": { id, url: home + "pipeline.html", origin, frameId: 0, tab: { id: 7 } },
			"a browser that tells no origin": { id, url: home + "welcome.html", envType: "addon_child" },
		};
		const forgers = {
			nothing: {},
			"no id": { url: home + "popup.html", origin },
			"an empty id": { id: "", url: home + "popup.html", origin },
			"another extension": { id: other, url: "chrome-extension://" + other + "/page.html", origin: "chrome-extension://" + other },
			"another extension with our address": { id: other, url: home + "popup.html", origin },
			"our id in a list": { id: [id], url: home + "popup.html", origin },
			"our id in upper case": { id: id.toUpperCase(), url: home + "popup.html", origin },
			"a web page": { url: web, origin: "https://www.acme.test" },
			"a content script": { id, url: web, origin: "https://www.acme.test", frameId: 0, tab: { id: 7, url: web } },
			"a content script that says another address": { id, url: home + "popup.html", origin: "https://www.acme.test", frameId: 0, tab: { id: 7, url: web } },
			"a content script without an origin": { id, url: home + "popup.html", frameId: 0, tab: { id: 7, url: web } },
			"a frame of ours in a web page": { id, url: home + "popup.html", origin, frameId: 3, tab: { id: 7, url: web } },
			"a frame of ours in a page of ours": { id, url: home + "popup.html", origin, frameId: 3, tab: { id: 7, url: home + "options.html" } },
			"a sandboxed frame": { id, url: home + "popup.html", origin: "null", frameId: 3, tab: { id: 7, url: web } },
			"no address": { id, origin },
			"an empty address": { id, url: "", origin },
			"an address that is none": { id, url: { startsWith: () => true }, origin },
			"addresses": { id, url: [home + "popup.html"], origin },
			"about:blank": { id, url: "about:blank", origin: "null" },
			"a blob of ours": { id, url: "blob:" + home + "1", origin },
			"our address inside another": { id, url: web + "?" + home + "popup.html", origin: "https://www.acme.test" },
			"our address as a user": { id, url: home.slice(0, -1) + "@evil.example/", origin: "https://evil.example" },
			"a host that begins like us": { id, url: origin + ".evil.example/popup.html", origin: origin + ".evil.example" },
			"an origin that begins like us": { id, url: home + "popup.html", origin: origin + ".evil.example" },
			"an origin that ends like us": { id, url: home + "popup.html", origin: "https://evil.example/" + origin },
			"our address in upper case": { id, url: home.toUpperCase() + "popup.html", origin },
			"our id in another scheme": { id, url: "https://" + id + "/popup.html", origin: "https://" + id },
			"a program of this computer": { id, url: home + "popup.html", origin, nativeApplication: "com.evil" },
			"an address under __proto__": { id, origin, ["__proto__"]: { url: home + "popup.html", tab: { url: web } } },
		};
		const messages = `+forged+`;
		const outcome = { Accepted: [], Forgers: Object.keys(forgers).length, Messages: messages.length, Heard: {}, Kinds: kinds };
		for (const [name, sender] of Object.entries(forgers)) {
			for (const [i, message] of messages.entries()) {
				let asked;
				try { asked = heard(message, sender); } catch (error) { asked = error; }
				if (asked) outcome.Accepted.push(name + ": message " + i);
			}
		}
		for (const [name, sender] of Object.entries(own)) {
			outcome.Heard[name] = messages.map((message) => heard(message, sender)?.type ?? "").filter(Boolean);
		}
		return outcome;
	})`, &outcome)
	assert.GreaterOrEqual(t, outcome.Forgers, 12)
	assert.Equal(t, 33, outcome.Messages)
	assert.Empty(t, outcome.Accepted)
	require.Len(t, outcome.Heard, 5)
	require.JSONEq(t, known, string(mustJSON(outcome.Kinds)), "a new word is tried as well")
	for name, types := range outcome.Heard {
		assert.Equal(t, outcome.Kinds, types, name)
	}
}

// TestNoFileOfThePackageIsThereForPages has a site load every file that is shipped
// in each way that a page can.
func TestNoFileOfThePackageIsThereForPages(t *testing.T) {
	w := newWorld(t)
	site := w.open(acme)
	site.until(`document.readyState === "complete"`)
	files := 0
	root := filepath.Join("../..", rig.ExtensionDir)
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		files++
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		var loaded []string
		site.read(`(async () => {
			const url = `+quote(w.ExtensionURL(filepath.ToSlash(name)))+`, loaded = [];
			const element = (tag, address) => new Promise((told) => {
				const e = document.createElement(tag);
				e.onload = () => told(loaded.push(tag));
				e.onerror = told;
				e[address] = url;
				if (tag === "link") e.rel = "stylesheet";
				document.head.append(e);
				setTimeout(told, 300);
			});
			await fetch(url).then(() => loaded.push("fetch"), () => {});
			await fetch(url, { mode: "no-cors" }).then(() => loaded.push("no-cors"), () => {});
			await Promise.all([element("img", "src"), element("script", "src"), element("link", "href")]);
			return loaded;
		})()`, &loaded)
		assert.Empty(t, loaded, name)
		return nil
	})
	require.NoError(t, err)
	assert.Greater(t, files, 20)
	site.eval(`new Promise((told) => {
		const frame = document.createElement("iframe");
		frame.onload = told;
		frame.src = ` + quote(w.ExtensionURL("popup.html")) + `;
		document.body.append(frame);
		setTimeout(told, 2000);
	})`)
	framed, err := w.Framed(w.ctx, w.ExtensionURL(""))
	require.NoError(t, err)
	assert.False(t, framed)
}
