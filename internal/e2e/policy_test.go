//go:build !js

package e2e_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/e2e/companysite"
	"github.com/dealmark/dealmark/internal/e2e/firefox"
	"github.com/dealmark/dealmark/internal/e2e/rig"
	"github.com/dealmark/dealmark/internal/sandbox"
)

// TestWhatAnAdminHasSet gives Firefox a managed storage manifest, as a team's admin
// does, in a home of its own.
// https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Native_manifests#managed_storage_manifests
func TestWhatAnAdminHasSet(t *testing.T) {
	const id, gateway = "dealmark@dealmark.dev", "https://gateway.example"
	home := t.TempDir()
	manifest, err := json.Marshal(map[string]any{"name": id, "description": "of the test", "type": "storage", "data": map[string]any{
		"address": gateway, "addressLocked": true, "passphraseNeeded": true, "oneWorkspace": true, "contact": "Dana in IT",
	}})
	require.NoError(t, err)
	folder := filepath.Join(home, ".mozilla", "managed-storage")
	require.NoError(t, os.MkdirAll(folder, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(folder, id+".json"), manifest, 0o644))

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	site := &http.Server{Handler: companysite.Handler(), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = site.Serve(listener) }()
	t.Cleanup(func() { assert.NoError(t, site.Close()) })
	browser, err := firefox.Launch(t.Context(), firefox.Options{
		ExtensionDir: "../../" + rig.FirefoxDir, ExtensionID: id, Proxy: listener.Addr().String(), Home: home,
	})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, browser.Close()) })
	page, err := browser.Open(t.Context(), browser.ExtensionURL(rig.Welcome))
	require.NoError(t, err)
	welcome := fox{page, t}
	welcome.until(`document.querySelector("#base").readOnly && document.querySelector("#base").value === ` + quote(gateway))
	welcome.see("#lock-note", "wants every key to be locked with a passphrase. Ask: Dana in IT")
	welcome.set("#key", "dmk_token-of-a-rep-1234")
	welcome.click("#connect [type=submit]")
	welcome.see("#say", "locked with a passphrase. Choose one.")
	page, err = browser.Open(t.Context(), browser.ExtensionURL("options.html"))
	require.NoError(t, err)
	options := fox{page, t}
	options.see("#key-stored", "No key is stored.")
	options.until(`document.querySelector("#base").readOnly && document.querySelector("#base").value === ` + quote(gateway))
	options.see("#base-note", "Your team's admin has set this address. It cannot be changed here. Ask: Dana in IT")
	options.see("#workspaces-note", "one workspace. Ask: Dana in IT")
	options.until(`document.querySelector("#workspace-form").hidden`)
	options.set("#key", "dmk_token-of-a-rep-1234")
	require.NoError(t, options.Eval(t.Context(), `document.querySelector("#save").click()`, nil))
	options.see("#say", "wants every key to be locked with a passphrase")
	options.see("#key-stored", "No key is stored.")
}

// buildOfItsOwn is the extension under an id that no other Chromium on the machine
// knows: every one of them reads the folder of policies.
func buildOfItsOwn(t *testing.T) (folder, id string) {
	t.Helper()
	if runtime.GOOS != "linux" || os.Geteuid() != 0 {
		t.Skip("only root on Linux may write Chromium's folder of policies")
	}
	secret, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	public, err := x509.MarshalPKIXPublicKey(&secret.PublicKey)
	require.NoError(t, err)
	folder = copyOfTheBuild(t, map[string]func(string) string{"manifest.json": func(text string) string {
		var manifest map[string]any
		require.NoError(t, json.Unmarshal([]byte(text), &manifest))
		manifest["key"] = base64.StdEncoding.EncodeToString(public)
		return string(mustJSON(manifest))
	}})
	hash := sha256.Sum256(public)
	var letters []byte
	for _, b := range hash[:16] {
		letters = append(letters, 'a'+b>>4, 'a'+b&0xf)
	}
	return folder, string(letters)
}

// readPolicy has Chromium read the folder of policies again: it did before it knew the
// extension. It gives the page for that, and the settings, which have heard of it.
func (w *world) readPolicy() (policies *tab, options *page) {
	w.t.Helper()
	policies, options = w.open("chrome://policy/"), w.page("options.html")
	policies.until(`document.querySelector("policy-app")?.shadowRoot?.querySelector("#reload-policies")`)
	policies.eval(`document.querySelector("policy-app").shadowRoot.querySelector("#reload-policies").click()`)
	options.until(`chrome.storage.managed.get("contact").then(({ contact }) => contact)`)
	return policies, options
}

// TestWhatAnAdminHasSetInChromium gives Chromium a policy for the extension, as a
// team's admin does on Linux. The build has an id of its own, for every Chromium on
// the machine reads the folder.
// https://www.chromium.org/administrators/configuring-policy-for-extensions
func TestWhatAnAdminHasSetInChromium(t *testing.T) {
	w := newApollo(t, func(o *sandbox.Options) {
		o.Keys = append(o.Keys, rig.Narrow("dealmark-policy-key-1234"))
	})
	folder, id := buildOfItsOwn(t)
	setPolicy(t, id, map[string]any{
		"address": w.apollo.Base() + "/", "addressLocked": true, "passphraseNeeded": true, "oneWorkspace": true, "contact": "Dana in IT",
	})
	w.start(rig.Options{Extension: folder})
	require.Equal(t, id, w.ExtensionID())
	policies, options := w.readPolicy()
	options.until(`dealmark.readSettings('{"version":1}').then((settings) => JSON.parse(settings).base === ` + quote(w.apollo.Base()) + `)`) // the worker has heard of it
	policies.close()
	options.close()

	t.Run("the first page knows it", func(t *testing.T) {
		w.t = t
		welcome := w.page(rig.Welcome)
		welcome.until(`document.querySelector("#base").readOnly && document.querySelector("details").open`)
		assert.Equal(t, w.apollo.Base()+"/", welcome.value("#base"))
		welcome.see("#base-note", "Your team's admin has set this address. It cannot be changed here. Ask: Dana in IT")
		welcome.visible("#new-passphrase")
		welcome.see("#lock-note", "wants every key to be locked with a passphrase. Ask: Dana in IT")
		welcome.picture("welcome-policy")
		welcome.fill("#key", "dealmark-policy-key-1234")
		welcome.press("Enter")
		welcome.see("#say.error", "wants every key to be locked with a passphrase. Choose one.")
		assert.Equal(t, "dealmark-policy-key-1234", welcome.value("#key"), "a refusal loses nothing")
		welcome.fill("#new-passphrase", "correct horse battery")
		welcome.fill("#new-passphrase-again", "correct horse battery")
		welcome.press("Enter")
		welcome.see("#say", "Connected. All of it works.")
	})
	t.Run("the settings show it", func(t *testing.T) {
		w.t = t
		options := w.page("options.html")
		options.see("#key-stored", "It ends in …1234")
		options.see("#lock-state", "locked again when the browser ends")
		options.until(`document.querySelector("#base").readOnly && document.querySelector("#base").value === ` + quote(w.apollo.Base()))
		options.see("#workspaces-note", "one workspace. Ask: Dana in IT")
		options.until(`document.querySelector("#workspace-form").hidden`)
	})
	t.Run("no page can write over it", func(t *testing.T) {
		w.t = t
		options := w.page("options.html")
		options.see("#key-stored", "It ends in …1234")
		refused := func(call, says string) {
			t.Helper()
			var answer string
			options.read(`dealmark.`+call+`.then(() => "stored", (error) => error.message)`, &answer)
			assert.Contains(t, answer, says, call)
		}
		say := func(members map[string]any) string {
			members["version"] = 1
			return quote(string(mustJSON(members)))
		}
		refused(`saveSettings(`+say(map[string]any{"base": "http://127.0.0.1:9/else"})+`)`, "has set this address")
		refused(`saveSettings(`+say(map[string]any{"base": ""})+`)`, "has set this address")
		refused(`saveSettings(`+say(map[string]any{"key": "another-key-in-the-clear"})+`)`, "locked with a passphrase")
		refused(`addWorkspace(`+say(map[string]any{"name": "Another"})+`)`, "there is one workspace")
		options.eval(`dealmark.applyPolicy(` + say(map[string]any{"address": "http://127.0.0.1:9/else", "locked": "yes"}) + `)`) // says nothing of its own
		var settings struct{ Base, KeyEnds string }
		options.read(`dealmark.readSettings('{"version":1}').then(JSON.parse)`, &settings)
		assert.Equal(t, w.apollo.Base(), settings.Base)
		assert.Equal(t, "1234", settings.KeyEnds)
	})
	t.Run("and the job is done", func(t *testing.T) {
		w.t = t
		popup := w.popup(acme)
		popup.known("Acme Corporation")
		popup.saveNew("By the admin's address")
		popup.see(done, "Created “By the admin's address”")
	})
	w.t = t
}

// A key that was stored without a passphrase before the admin wanted one is kept, and
// used again once it has one; what was saved waits.
func TestAKeyFromBeforeThePolicy(t *testing.T) {
	folder, id := buildOfItsOwn(t)
	const all = "a-master-key-of-the-whole-team"
	w := newApollo(t, func(o *sandbox.Options) { o.Keys = append(o.Keys, sandbox.Key{Secret: all, Master: true}) })
	w.start(rig.Options{Extension: folder})
	options := w.page("options.html")
	options.see("#key-stored", "No key is stored.")
	w.connect(options, key)
	options.close()
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	popup.close()

	setPolicy(t, id, map[string]any{"passphraseNeeded": true, "masterKeyRefused": true, "contact": "Dana in IT"})
	policies, options := w.readPolicy()
	policies.close()
	options.until(`dealmark.readSettings('{"version":1}').then((settings) => JSON.parse(settings).bare)`)
	options.close()
	before := len(w.apollo.Requests())
	popup = w.popup(acme)
	popup.see("#notice-text", "wants every key to be locked with a passphrase, and yours is not yet")
	popup.see("#notice-action", "Choose a passphrase")
	popup.picture("policy-bare")
	popup.fill("#name", "Anvils")
	popup.press("Enter")
	popup.see("#outbox", "Choose one in Dealmark's settings; what was saved waits for it.")
	assert.Len(t, w.apollo.Requests(), before, "nothing is sent with it")
	popup.close()

	options = w.page("options.html")
	options.see("#lock-state", "It is not used before it is locked")
	options.see("#key-stored", "It ends in …"+key[len(key)-4:])
	options.see("#lock-note", "Ask: Dana in IT")
	options.picture("policy-bare-options")
	options.fill("#new-passphrase", "correct horse battery")
	options.fill("#new-passphrase-again", "correct horse battery")
	options.clickOn("#save")
	options.see("#say", "Saved.")
	options.see("#lock-state", "locked again when the browser ends")
	var stored string
	options.read(`new Promise((done) => indexedDB.open("dealmark").onsuccess = ({ target: { result: db } }) => {
		const all = db.transaction("settings").objectStore("settings").getAll();
		all.onsuccess = () => done(all.result.map((v) => new TextDecoder().decode(v)).join());
	})`, &stored)
	assert.NotContains(t, stored, key)
	assert.Contains(t, stored, "iterations")
	options.close()
	popup = w.popup(acme)
	popup.known("Acme Corporation")
	popup.see(done, "Created “Anvils”")
	assert.Len(t, w.writes("opportunity.create"), 1)

	popup.close()

	// The same admin wants no master key, whatever the rep agrees to.
	options = w.page("options.html")
	options.see("#key-stored", "It ends in")
	options.fill("#key", all)
	options.fill("#new-passphrase", "correct horse battery")
	options.fill("#new-passphrase-again", "correct horse battery")
	options.clickOn("#save")
	options.see("#say.error", "This is a master key, which your team's admin does not want here.")
	options.until(`document.querySelector("#consent").hidden`)
	options.read(`dealmark.readSettings('{"version":1}').then((settings) => JSON.parse(settings).keyEnds)`, &stored)
	assert.Equal(t, key[len(key)-4:], stored, "the key that is stored stays open")
}

// setPolicy writes a policy for every Chromium on this machine, until the test ends.
func setPolicy(t *testing.T, extension string, policy map[string]any) {
	t.Helper()
	made := "" // the first folder that was not there
	folder := "/etc/chromium/policies/managed"
	for at := folder; at != "/"; at = filepath.Dir(at) {
		if _, err := os.Stat(at); err != nil {
			made = at
		}
	}
	require.NoError(t, os.MkdirAll(folder, 0o755))
	file, err := os.CreateTemp(folder, "dealmark-test-*.json")
	require.NoError(t, err)
	t.Cleanup(func() {
		if made != "" {
			assert.NoError(t, os.RemoveAll(made))
		} else {
			assert.NoError(t, os.Remove(file.Name()))
		}
	})
	_, err = file.Write(mustJSON(map[string]any{"3rdparty": map[string]any{"extensions": map[string]any{extension: policy}}}))
	require.NoError(t, err)
	require.NoError(t, file.Chmod(0o644))
	require.NoError(t, file.Close())
}
