//go:build !js

package e2e_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// picture leaves a picture of the page in each theme, where PICTURES asks for it.
func (p *page) picture(name string) {
	p.w.t.Helper()
	if os.Getenv("PICTURES") == "" {
		return
	}
	for theme, dark := range map[string]bool{"light": false, "dark": true} {
		require.NoError(p.w.t, p.SetDark(p.w.ctx, dark))
		require.NoError(p.w.t, p.Screenshot(p.w.ctx, "../../build/e2e/"+name+"-"+theme+".png"))
	}
	require.NoError(p.w.t, p.SetDark(p.w.ctx, false))
}

// The pattern for names, from the settings to what Apollo stores.
func TestNamesByAPattern(t *testing.T) {
	w := newWorld(t)
	options := w.page("options.html")
	w.run("the settings show what it makes, and refuse what is none", func(t *testing.T) {
		options.see("#template-example", "Names look like: Acme")
		options.fill("#template", "{account} – {produkt}")
		options.see("#template-example.error", "{produkt} is no placeholder. These are: {account}")
		options.picture("template-refused")
		options.clickOn("#template-save")
		options.see("#template-example.error", "{produkt} is no placeholder")
		options.fill("#template", "{account} – {product} – {quarter}")
		options.see("#template-example", "Names look like: Acme – … – Q")
		options.press("Enter")
		options.see("#template-example", "Saved. Names look like: Acme – … – Q")
		options.picture("template-saved")
		options.close()
	})
	popup := w.popup(acme)
	w.run("the cursor waits where the rep's word goes", func(t *testing.T) {
		popup.known("Acme Corporation")
		popup.until(`document.activeElement.id === "name" && document.activeElement.value.startsWith("Acme Corporation –  – Q")`)
		popup.until(`document.activeElement.selectionStart === "Acme Corporation – ".length && document.activeElement.selectionEnd === document.activeElement.selectionStart`)
		popup.picture("template-gap")
		popup.keys("Suite")
		popup.until(`document.querySelector("#name").value.startsWith("Acme Corporation – Suite – Q")`)
		popup.until(`document.querySelector("#line").hidden`)
		popup.press("Enter")
		popup.see(done, "Created “Acme Corporation – Suite – Q")
	})
	w.run("in the next form too", func(t *testing.T) {
		popup.until(`document.activeElement.id === "name" && document.activeElement.selectionStart === "Acme Corporation – ".length && document.activeElement.selectionEnd === document.activeElement.selectionStart`)
		popup.fill("#amount", "5k")
		popup.press("Enter")
		popup.see(done, "Created “Acme Corporation – Q")
		created := w.writes("opportunity.create")
		require.Len(t, created, 2)
		assert.NotContains(t, created[1].Request["name"], " –  – ")
	})
	popup.close()
	options = w.page("options.html")
	options.until(`document.querySelector("#template").value === "{account} – {product} – {quarter}"`)
}
