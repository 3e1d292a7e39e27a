//go:build !js

package e2e_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/sandbox"
)

// A field of which several options can be chosen, from the settings to what Apollo
// stores.
func TestChoices(t *testing.T) {
	const field = "65f0000c0000000000000077"
	option := map[string]string{"Anvils": "65f0000d0000000000000073", "Rockets": "65f0000d0000000000000071", "Magnets": "65f0000d0000000000000072"}
	w := newWorld(t, func(o *sandbox.Options) {
		products := sandbox.Field{ID: field, Label: "Products", Modality: "opportunity", Type: "multi_picklist"}
		for _, name := range []string{"Anvils", "Rockets", "Magnets"} {
			products.Options = append(products.Options, sandbox.Option{ID: option[name], Name: name})
		}
		o.Seed.Fields = append(o.Seed.Fields, products)
	})
	options := w.page("options.html")
	options.clickOn("#fields-read")
	options.see("#fields", "Several choices")
	options.choose(`select[aria-label^="Products:"]`, "Required")
	options.clickOn("#fields-save")
	options.see("#fields-say", "Saved. The form has Products.")
	options.close()
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	box := func(name string) string { return `#more-fields [value="` + option[name] + `"]` }
	checked := func(names ...string) {
		t.Helper()
		popup.until(`document.querySelectorAll("#more-fields :checked").length === ` + strconv.Itoa(len(names)))
		for _, name := range names {
			popup.until(`document.querySelector(` + quote(box(name)) + `).checked`)
		}
	}
	w.run("none is chosen where one is asked for", func(t *testing.T) {
		popup.keys("Catalogue")
		popup.press("Enter")
		popup.see("#more-fields .error", "Your team asks for this")
		assert.Empty(t, w.writes("opportunity.create"))
	})
	w.run("two are chosen, and outlive the popup", func(t *testing.T) {
		popup.clickOn(box("Anvils"))
		popup.clickOn(box("Magnets"))
		popup.clickOn(box("Rockets"))
		popup.clickOn(box("Magnets"))
		popup.close()
		popup = w.popup(acme)
		popup.known("Acme Corporation")
		popup.clickOn("#more")
		checked("Anvils", "Rockets")
		popup.picture("choices-two")
	})
	w.run("Apollo stores exactly these", func(t *testing.T) {
		popup.clickOn("#submit")
		popup.see(done, "Created “Catalogue”")
		created := w.writes("opportunity.create")
		require.Len(t, created, 1)
		both := map[string]any{field: []any{option["Rockets"], option["Anvils"]}}
		assert.Equal(t, both, created[0].Request["typed_custom_fields"])
		assert.Equal(t, both, created[0].Fields["typed_custom_fields"])
	})
	w.run("they are read again, and one is taken back", func(t *testing.T) {
		popup.clickOn(row("Catalogue"))
		popup.until(`document.querySelector("#form-heading").textContent.includes("Catalogue")`)
		checked("Anvils", "Rockets")
		popup.clickOn("#more")
		popup.clickOn(box("Anvils"))
		popup.clickOn("#submit")
		popup.see(done, "Changed “Catalogue”")
		changed := w.writes("opportunity.update")
		require.Len(t, changed, 1)
		assert.Equal(t, map[string]any{field: []any{option["Rockets"]}}, changed[0].Fields["typed_custom_fields"])
		popup.clickOn(row("Catalogue"))
		checked("Rockets")
	})
}
