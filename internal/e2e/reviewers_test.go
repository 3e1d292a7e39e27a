//go:build !js

package e2e_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/e2e/rig"
)

// TestTheReviewersWay does what REVIEWERS.md tells a reviewer to do, step by step
// as it is written there.
func TestTheReviewersWay(t *testing.T) {
	text, err := os.ReadFile("../../extension/store/REVIEWERS.md")
	require.NoError(t, err)
	steps := regexp.MustCompile(`(?m)^\d\. (.+)$`).FindAllStringSubmatch(string(text), -1)

	w := newApollo(t)
	started, err := rig.Start(w.ctx, rig.Options{Root: "../..", Welcome: true})
	require.NoError(t, err)
	w.Rig = started
	t.Cleanup(func() { assert.NoError(t, w.Close()) })
	var welcome, popup, options *page
	find := func(path string) *page {
		found, err := w.FindPage(w.ctx, w.ExtensionURL(path))
		require.NoError(w.t, err)
		return w.watch(found)
	}
	does := []struct {
		step string
		do   func()
	}{
		{`Install Dealmark. Its page "Welcome to Dealmark" opens.`, func() {
			welcome = find(rig.Welcome)
			welcome.see("h1", "Welcome to Dealmark")
		}},
		{`Click "Try it without a key".`, func() {
			welcome.clickOn("#try")
			welcome.see(".band", "Demo")
		}},
		{`Open any company's site and click the icon. The company is "In Apollo", with opportunities.`, func() {
			popup = w.popup("http://www.umbrella.test/")
			popup.known("Umbrella")
			popup.see(".band", "Demo")
		}},
		{`Click an opportunity, type another amount, and save.`, func() {
			popup.change("Umbrella training days")
			popup.fill("#amount", "7k")
			popup.clickOn("#submit")
			popup.see(done, "Changed “Umbrella training days”")
			popup.see(row("Umbrella training days"), "7,000")
			popup.close()
		}},
		{`Open another company's site and click the icon. It is "Not in Apollo yet".`, func() {
			popup = w.popup("http://www.wayne.test/")
			popup.see("#company-status", "Not in Apollo yet")
			popup.until(`document.querySelector("#owner").value`)
		}},
		{`Type a name and press Enter. The opportunity is created, and an account for it.`, func() {
			popup.saveNew("Wayne cape")
			popup.see(done, "Created “Wayne cape”")
		}},
		{`Type half a word and close the popup. At the next click it is there.`, func() {
			popup.fill("#name", "Wayne gad")
			popup.close()
			popup = w.popup("http://www.wayne.test/")
			popup.see("#company-status", "In Apollo")
			popup.until(`document.querySelector("#name").value === "Wayne gad"`)
		}},
		{`Open the settings from the popup. "Test the connection" finds that all works.`, func() {
			popup.clickOn(`[data-action="open_options"]`)
			options = find("options.html")
			options.see(".band", "Demo")
			options.clickOn("#test")
			options.see("#say", "All of it works.")
		}},
		{`Click "Leave the demo". All that the demo has stored is gone.`, func() {
			options.clickOn("#leave-trial")
			options.see("#key-stored", "No key is stored.")
			assert.Empty(t, w.storedBy(false))
		}},
	}
	var written, done []string
	for _, step := range steps {
		written = append(written, strings.TrimSpace(step[1]))
	}
	for _, step := range does {
		done = append(done, step.step)
	}
	require.Equal(t, written, done, "REVIEWERS.md and this test")
	for _, step := range does {
		w.run(step.step, func(*testing.T) { step.do() })
	}
	assert.Empty(t, w.apollo.Requests())
}

// TestFirstSteps goes the other way: a key, a name, and the icon.
func TestFirstSteps(t *testing.T) {
	w := newWorld(t)
	welcome := w.page("options.html")
	welcome.see("#key-stored", "A key is stored")
	welcome.eval(`dealmark.saveSettings('{"version":1,"key":""}')`)
	welcome.clickOn(`[href="welcome.html"]`)
	welcome.see("h1", "Welcome to Dealmark")
	welcome.visible("#try")
	var marked bool
	welcome.read(`!!document.querySelector(".band")`, &marked)
	assert.False(t, marked)

	w.run("a wrong key is told, and stays to be corrected", func(*testing.T) {
		welcome.fill("#key", "no-such-key")
		welcome.clickOn("#connect [type=submit]")
		welcome.see("#say.error", "Something is missing")
		welcome.visible("#missing li")
		assert.Equal(t, "no-such-key", welcome.value("#key"))
	})
	w.run("a right key ticks the step and offers the team", func(*testing.T) {
		welcome.fill("#key", key)
		welcome.press("Enter")
		welcome.see("#say", "Connected. All of it works.")
		welcome.until(`document.querySelector("#step-key[data-done]") && document.activeElement.id === "rep"`)
		welcome.choose("#rep", "Priya")
		welcome.until(`document.querySelector("#step-rep[data-done]")`)
	})
	w.run("the shortcut is the browser's own", func(*testing.T) {
		welcome.see("#shortcut", "Alt+Shift+D")
	})
	popup := w.popup(acme)
	popup.known("Acme Corporation")
	popup.until(`document.querySelector("#owner").selectedOptions[0].label === "Priya Raman"`)
}
