//go:build !js

package e2e_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestAPrivateWindowLeavesNothing has a rep try all that there is to bring Dealmark
// into a private window. It is not there, so nothing of the window is stored.
func TestAPrivateWindowLeavesNothing(t *testing.T) {
	w := newApollo(t)
	w.launch("")
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	popup.drain()
	popup.close()
	before := w.stored()
	require.NotEmpty(t, before)
	seen := len(w.apollo.Requests())

	extensions := w.open("chrome://extensions/")
	var offered struct{ IsEnabled, IsActive bool }
	incognito := `chrome.developerPrivate.getExtensionInfo(` + quote(w.ExtensionID()) + `).then(({ incognitoAccess }) => incognitoAccess)`
	extensions.read(incognito, &offered)
	assert.False(t, offered.IsEnabled, "the browser offers no switch for it")
	extensions.eval(`chrome.developerPrivate.updateExtensionConfiguration({ extensionId: ` + quote(w.ExtensionID()) + `, incognitoAccess: true })`)
	time.Sleep(time.Second) // allowed, it would be loaded again

	tab, err := w.OpenPrivateTab(t.Context(), "http://www.globex.test/")
	require.NoError(t, err)
	require.NoError(t, tab.WaitText(t.Context(), "body", "Globex"))
	options := w.page("options.html")
	var windows []string
	options.read(`chrome.tabs.query({}).then((tabs) => tabs.filter(({ incognito, url }) => incognito || url?.includes("globex")).map(({ url }) => url ?? ""))`, &windows)
	assert.Empty(t, windows, "it knows of no private tab")
	var allowed bool
	options.read(`chrome.extension.isAllowedIncognitoAccess()`, &allowed)
	assert.False(t, allowed)
	assert.Len(t, w.apollo.Requests(), seen)
	assert.Equal(t, before, w.stored())
	require.NoError(t, tab.Close(t.Context()))
}
