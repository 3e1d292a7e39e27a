//go:build !js

package e2e_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/e2e/rig"
)

// copyOfTheBuild is the development build in a folder of its own, changed: change
// gets each named file's text.
func copyOfTheBuild(t *testing.T, change map[string]func(string) string) string {
	t.Helper()
	return copyOf(t, rig.ExtensionDir, change)
}

// copyOf is the same of any build.
func copyOf(t *testing.T, build string, change map[string]func(string) string) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "extension")
	require.NoError(t, os.CopyFS(folder, os.DirFS("../../"+build)))
	for pattern, of := range change {
		paths, err := filepath.Glob(filepath.Join(folder, pattern))
		require.NoError(t, err)
		require.NotEmpty(t, paths, pattern)
		for _, path := range paths {
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			changed := of(string(text))
			require.NotEqual(t, string(text), changed, "it is changed")
			require.NoError(t, os.WriteFile(path, []byte(changed), 0o644))
		}
	}
	return folder
}

// profileWith is a new profile that has one file already.
func profileWith(t *testing.T, name, text string) string {
	t.Helper()
	profile := filepath.Join(t.TempDir(), "profile")
	require.NoError(t, os.MkdirAll(filepath.Join(profile, "Default"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(profile, "Default", name), []byte(text), 0o600))
	return profile
}

// start starts a browser for this world alone.
func (w *world) start(o rig.Options) {
	w.t.Helper()
	o.Root = "../.."
	started, err := rig.Start(w.ctx, o)
	require.NoError(w.t, err)
	w.Rig = started
	w.whole.Cleanup(func() { assert.NoError(w.whole, started.Close()) })
}

// TestTheWorkerNeverStarts has a worker that fails before it listens: what is saved
// is kept, it is said that nobody sends it, and it is sent when there is a worker.
func TestTheWorkerNeverStarts(t *testing.T) {
	clock := &later{}
	w := newApollo(t, clock.option)
	const broken = "throw new Error('broken on purpose');\n"
	folder := copyOfTheBuild(t, map[string]func(string) string{"worker.js": func(text string) string { return broken + text }})
	w.start(rig.Options{Extension: folder, Welcome: true})
	extensions := w.open("chrome://extensions/") // where a folder may load itself again
	extensions.eval(`chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true })`)
	extensions.close()
	options := w.page("options.html")
	options.until(`document.querySelector("#key-stored").textContent`)
	w.connect(options, key)
	options.close()

	site := w.open(acme)
	popup := site.click()
	popup.known("Acme Corporation")
	popup.until(`document.querySelector("#unsent").hidden`) // nothing waits
	popup.saveNew("Saved without a worker")
	popup.see("#unsent-text", "the browser does not start Dealmark's background program")
	popup.visible("#unsent")
	popup.see("#unsent-text", "What is saved stays on this computer.")
	popup.see(entry("queued"), "Saved without a worker")
	popup.close()

	popup = site.click() // and it is said again to who comes back
	popup.visible("#unsent")
	popup.picture("unsent")
	popup.clickOn(`#unsent [data-action="export"]`)
	exported, err := w.FindPage(w.ctx, w.ExtensionURL("options.html#saved"))
	require.NoError(t, err)
	saved := w.watch(exported)
	saved.see("#kept", "1 not done yet")
	assert.Empty(t, w.writes("opportunity.create"))

	text, err := os.ReadFile(filepath.Join(folder, "worker.js"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(folder, "worker.js"), text[len(broken):], 0o644))
	popup = site.click()
	popup.visible("#unsent")
	popup.clickOn(`#unsent [data-action="restart"]`)
	<-popup.Closed()
	worker, err := w.Worker(w.ctx) // the extension is there again
	require.NoError(t, err)
	worker.Detach()
	popup = site.click()
	w.settle(popup, clock) // a new start looks for whatever was not over before it sends it
	w.answerAll(popup)
	w.onceEach(popup, map[string]bool{"Saved without a worker": true})
	popup.until(`document.querySelector("#unsent").hidden`)
}

// TestTheWorkersProgramFails has a worker that listens, and a program that no
// browser can run.
func TestTheWorkersProgramFails(t *testing.T) {
	w := newApollo(t)
	w.start(rig.Options{Extension: copyOfTheBuild(t, map[string]func(string) string{
		"worker.js": func(text string) string {
			return text + "\nWebAssembly.instantiateStreaming = () => Promise.reject(new Error('refused on purpose'));\n"
		},
	})})
	options := w.page("options.html")
	options.until(`document.querySelector("#key-stored").textContent`)
	w.connect(options, key)
	options.close()
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	popup.saveNew("Saved without a sender")
	popup.see("#unsent-text", "refused on purpose")
	popup.visible("#unsent")
	popup.see("#unsent-text", "What is saved stays on this computer.")
}

// TestStorageIsRefused opens the popup where IndexedDB cannot be opened at all: it
// says so at once and at a save, and the text outlives the popup.
func TestStorageIsRefused(t *testing.T) {
	w := newApollo(t)
	w.start(rig.Options{UserDataDir: profileWith(t, "IndexedDB", "not a folder")})
	site := w.open(acme)
	for range 2 { // the second time it is there
		popup := site.click()
		popup.see("#stopped-text", "The browser's storage cannot be opened, so nothing could be kept.")
		popup.see("#stopped-text", "What you typed is kept")
		if popup.value("#name") == "" {
			popup.fill("#name", "Typed without storage")
			popup.press("Enter")
			popup.see("#say", "Not saved: the reason stands above.")
			popup.picture("refused")
		}
		assert.Equal(t, "Typed without storage", popup.value("#name"))
		assert.Empty(t, popup.text("#outbox"), "nothing is shown as saved")
		popup.close()
	}
}

// TestStorageThrows has a page that is refused what it could keep, at once and not by
// an event: that is said, and whether the text outlives the popup.
func TestStorageThrows(t *testing.T) {
	const refuse = `const refuse = () => { throw new DOMException("refused on purpose", "SecurityError"); };`
	for name, c := range map[string]struct{ script, says, and string }{
		"the database": {refuse + `IDBFactory.prototype.open = refuse;`, "The browser's storage cannot be opened", "What you typed is kept"},
		"all of it": {
			refuse + `IDBFactory.prototype.open = refuse; for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(globalThis, name, { get: refuse, configurable: true });`,
			"does not let Dealmark read what it has stored", "copy it before you close this",
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newApollo(t)
			refusing := func(text string) string { return "{" + c.script + "}\n" + text }
			w.start(rig.Options{Extension: copyOfTheBuild(t, map[string]func(string) string{"popup.js": refusing})})
			popup := w.popup(acme)
			popup.see("#stopped-text", c.says)
			popup.see("#stopped-text", c.and)
			popup.fill("#name", "Typed without storage")
			popup.press("Enter")
			popup.see("#say", "Not saved: the reason stands above.")
			assert.Equal(t, "Typed without storage", popup.value("#name"))
		})
	}
}
