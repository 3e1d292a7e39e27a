//go:build !js

package e2e_test

import (
	"bytes"
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

	"github.com/dealmark/dealmark/internal/sandbox"
)

// A key that was typed and not saved is nowhere on the disk when the browser is
// killed, not in what it keeps to restore the session either. One that was saved
// is in the extension's IndexedDB and nowhere else.
func TestTheKeyOnTheDisk(t *testing.T) {
	const typed, saved, control = "canary-typed-5b1f09e7c3", "canary-saved-90ad66f21b", "Control 7f3e2a"
	w := newApollo(t, func(o *sandbox.Options) { o.Keys = append(o.Keys, sandbox.Key{Secret: saved, Master: true}) })
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
