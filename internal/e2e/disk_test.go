//go:build !js

package e2e_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/e2e/rig"
	"github.com/dealmark/dealmark/internal/sandbox"
)

// A key that was typed and not saved is nowhere on the disk when the browser is
// killed, not in what it keeps to restore the session either. One that was saved
// is in the extension's IndexedDB and nowhere else.
func TestTheKeyOnTheDisk(t *testing.T) {
	const typed, saved, control = "canary-typed-5b1f09e7c3", "canary-saved-90ad66f21b", "Control 7f3e2a"
	w := newApollo(t, func(o *sandbox.Options) { o.Keys = append(o.Keys, rig.Narrow(saved)) })
	profile := filepath.Join(t.TempDir(), "profile")
	w.launch(profile)
	options := w.page("options.html")
	options.see("#key-stored", "A key is stored")
	options.fill("#key", saved)
	options.clickOn("#save")
	options.see("#key-stored", "It ends in …"+saved[len(saved)-4:])
	options.fill("#key", typed)
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	popup.fill("#name", control) // kept on purpose
	time.Sleep(5 * time.Second)  // the browser writes down its session some seconds later
	require.NoError(t, w.Kill())

	assert.NotEmpty(t, filesWith(t, profile, control), "what is kept is found, so what is not found is not kept")
	assert.Empty(t, filesWith(t, profile, typed))
	stored := filesWith(t, profile, saved)
	assert.NotEmpty(t, stored)
	for _, file := range stored {
		assert.Contains(t, file, string(filepath.Separator)+"IndexedDB"+string(filepath.Separator))
	}
}

// TestALockedKeyIsNowhereOnTheDisk saves a key behind a passphrase, works with it,
// and kills the browser. The next one knows the company from the index, keeps what
// is saved, and sends it when the passphrase is entered.
func TestALockedKeyIsNowhereOnTheDisk(t *testing.T) {
	const locked, passphrase, control = "canary-locked-4d27ab90ce", "correct horse battery", "Control 81c0d5"
	w := newApollo(t, func(o *sandbox.Options) { o.Keys = append(o.Keys, rig.Narrow(locked)) })
	profile := filepath.Join(t.TempDir(), "profile")
	w.launch(profile)
	options := w.page("options.html")
	options.see("#key-stored", "A key is stored")
	options.visible("#workspaces-list li")
	options.clickOn("#lock summary")
	options.visible("#new-passphrase")
	options.fill("#key", locked)
	options.fill("#new-passphrase", passphrase)
	options.fill("#new-passphrase-again", passphrase+"?")
	options.clickOn("#save")
	options.see("#say.error", "not the same")
	assert.Equal(t, locked, options.value("#key"), "a refusal loses nothing")
	options.fill("#new-passphrase-again", passphrase)
	options.clickOn("#save")
	options.see("#say", "Saved.")
	options.see("#key-stored", "It ends in …90ce")
	options.see("#lock-state", "locked again when the browser ends")
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	popup.saveNew("While it is open")
	popup.see(done, "Created “While it is open”")
	popup.fill("#name", control)
	time.Sleep(5 * time.Second)
	require.NoError(t, w.Kill())
	assert.NotEmpty(t, filesWith(t, profile, control))
	for _, secret := range []string{locked, passphrase, base64.StdEncoding.EncodeToString([]byte(locked))} {
		assert.Empty(t, filesWith(t, profile, secret))
	}

	w.relaunch(profile)
	popup = w.popup(acme)
	popup.see("#notice", "The key is locked.")
	popup.see("#company-status", "In Apollo")
	popup.see("#rows", "Acme rollout, phase 2")
	popup.saveNew("While it is locked")
	popup.see(entry("blocked"), "While it is locked")
	popup.clickOn("#notice-action")
	popup.fill("#passphrase", "another one")
	popup.press("Enter")
	popup.see("#unlock-say", "not the passphrase")
	require.NoError(t, popup.Screenshot(w.ctx, "../../build/e2e/locked-popup.png"))
	popup.fill("#passphrase", passphrase)
	popup.press("Enter")
	popup.see(done, "Created “While it is locked”")
	popup.until(`document.querySelector("#notice").hidden`)
	assert.Len(t, w.writes("opportunity.create"), 2)

	options = w.page("options.html")
	options.see("#key-stored", "It ends in …90ce")
	require.NoError(t, options.Screenshot(w.ctx, "../../build/e2e/locked-options.png"))
	options.clickOn("#lock-now")
	options.visible("#unlock")
	options.see("#key-stored", "A key is stored, and it is locked.")
	popup = w.popup(acme)
	popup.see("#notice", "The key is locked.")
}

// filesWith are the files below a folder that hold a text, in UTF-8 or UTF-16.
func filesWith(t *testing.T, folder, text string) (found []string) {
	t.Helper()
	var wide []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		wide = append(wide, byte(unit), byte(unit>>8))
	}
	sessions := 0
	require.NoError(t, filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil || !d.Type().IsRegular():
			return err
		}
		content, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if bytes.Contains(content, []byte(text)) || bytes.Contains(content, wide) {
			found = append(found, path)
		}
		if strings.Contains(path, "Sessions") {
			sessions++
		}
		return err
	}))
	assert.NotZero(t, sessions, "the browser wrote its session down")
	return found
}
