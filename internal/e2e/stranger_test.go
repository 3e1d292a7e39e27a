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

// forged are messages that the worker understands from its own pages, and such as
// would reach into its objects.
const forged = `["drain", "fill", "constructor", "__proto__", "toString", "hasOwnProperty", "", null, 7, { type: "drain" }]
	.map((type) => ({ type, version: 1 })).concat([null, 7, "drain", ["drain"]])`

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
	assert.Len(t, heard, 14)
	for _, answer := range heard {
		assert.Contains(t, answer, "Could not establish connection")
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
	known := 0
	for _, answer := range answers {
		if answer == `{"version":1}` {
			known++
		}
	}
	assert.Equal(t, 2, known, "drain and fill: %q", answers)
	var polluted bool
	options.read(`({}).type !== undefined || ({}).version !== undefined`, &polluted)
	assert.False(t, polluted)
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
	var framed string
	site.read(`new Promise((told) => {
		const frame = document.createElement("iframe");
		frame.src = `+quote(w.ExtensionURL("popup.html"))+`;
		document.body.append(frame);
		setTimeout(() => { try { told(String(frame.contentDocument?.URL)); } catch (error) { told("blocked"); } }, 500);
	})`, &framed)
	assert.NotContains(t, framed, w.ExtensionID())
}
