//go:build !js

package e2e_test

import (
	"encoding/json"
	"net/http"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/sandbox"
)

func TestTheFieldForTags(t *testing.T) {
	w := newWorld(t)
	options := w.page("options.html")
	options.see("#tag-state", "The field is not in use.")
	assert.Empty(t, w.writes("field.create"), "nothing is added to Apollo before the rep says so")
	options.clickOn("#tag-set-up")
	options.see("#tag-say", "The field was added to Apollo.")
	options.see("#tag-state", "The field is in use.")
	require.Len(t, w.writes("field.create"), 1)
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	popup.saveNew("With a tag")
	popup.see(done, "Created “With a tag”")
	assert.NotEmpty(t, w.writes("opportunity.create")[0].Fields["typed_custom_fields"])

	options = w.page("options.html")
	options.clickOn("#tag-remove")
	options.see("#tag-state", "The field is not in use.")
	options.clickOn("#tag-set-up")
	options.see("#tag-say", "Your team has the field already.")
	assert.Len(t, w.writes("field.create"), 1)
}

func TestTheFieldForTagsWithoutTheRight(t *testing.T) {
	rights := sandbox.Scopes()
	w := newWorld(t, func(o *sandbox.Options) {
		o.Keys = []sandbox.Key{{Secret: key}}
		for _, right := range rights {
			if right != "api/v1/fields/create" {
				o.Keys[0].Scopes = append(o.Keys[0].Scopes, right)
			}
		}
	})
	options := w.page("options.html")
	options.see("#tag-state", "The field is not in use.")
	options.clickOn("#tag-set-up")
	options.see("#tag-say", `lacks the right “api/v1/fields/create”`)
	options.see("#tag-state", "The field is not in use.")
}

func TestWhatWaitsIsExported(t *testing.T) {
	w := newWorld(t)
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	w.apollo.SetFault(sandbox.Fault{Endpoint: "opportunity.search", Kind: sandbox.FaultStatus, Status: http.StatusBadGateway})
	popup.saveNew("Waits to be exported")
	popup.see(entry("queued"), "502")
	popup.close()
	options := w.page("options.html")
	options.see("#kept", "1 not done yet")
	options.eval(`(() => {
		const made = URL.createObjectURL.bind(URL);
		URL.createObjectURL = (blob) => { globalThis.exported = blob.text(); return made(blob); };
	})()`)
	options.clickOn("#export")
	options.see("#kept-say", "Exported.")
	var text string
	options.read(`exported`, &text)
	var document struct {
		Entries []struct {
			State  string
			Create struct{ Values map[string]string }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(text), &document))
	require.Len(t, document.Entries, 1)
	assert.Equal(t, "queued", document.Entries[0].State)
	assert.Equal(t, "Waits to be exported", document.Entries[0].Create.Values["name"])
	assert.NotContains(t, text, key)
	if os.Getenv("PICTURES") != "" {
		options.eval(`scrollTo(0, 1e6)`)
		require.NoError(t, options.Screenshot(w.ctx, "../../build/e2e/options-bottom.png"))
	}
}
