//go:build !js

package e2e_test

import (
	"encoding/json"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/e2e/companysite"
	"github.com/dealmark/dealmark/internal/e2e/firefox"
	"github.com/dealmark/dealmark/internal/e2e/rig"
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
	page, err := browser.Open(t.Context(), browser.ExtensionURL("options.html"))
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
