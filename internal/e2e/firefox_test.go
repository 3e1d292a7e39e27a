//go:build !js

package e2e_test

import (
	"cmp"
	_ "embed"
	"io/fs"
	"net"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/e2e/companysite"
	"github.com/dealmark/dealmark/internal/e2e/firefox"
	"github.com/dealmark/dealmark/internal/e2e/rig"
)

//go:embed testdata/loads.js
var loads string

// fox is a page of Firefox under a test.
type fox struct {
	*firefox.Page
	t *testing.T
}

func (f fox) until(condition string) {
	f.t.Helper()
	require.NoError(f.t, f.WaitFor(f.t.Context(), condition))
}

func (f fox) see(selector, text string) {
	f.t.Helper()
	f.until(`[...document.querySelectorAll(` + quote(selector) + `)].some((e) => e.textContent.includes(` + quote(text) + `))`)
}

// set types into a field as far as a page can tell.
func (f fox) set(selector, text string) {
	f.t.Helper()
	require.NoError(f.t, f.Eval(f.t.Context(), `(() => {
		const field = document.querySelector(`+quote(selector)+`), { InputEvent, Event } = document.defaultView;
		field.value = `+quote(text)+`;
		field.dispatchEvent(new InputEvent("input", { bubbles: true }));
		field.dispatchEvent(new Event("change", { bubbles: true }));
	})()`, nil))
}

func (f fox) click(selector string) {
	f.t.Helper()
	require.NoError(f.t, f.Click(f.t.Context(), selector))
}

// newFirefox starts a Firefox with the extension, and company sites that it reaches.
func newFirefox(t *testing.T, o firefox.Options) *firefox.Browser {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	site := &http.Server{Handler: companysite.Handler(), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = site.Serve(listener) }()
	t.Cleanup(func() { assert.NoError(t, site.Close()) })
	o.ExtensionDir, o.ExtensionID, o.Proxy = cmp.Or(o.ExtensionDir, "../../"+rig.FirefoxDir), "dealmark@dealmark.dev", listener.Addr().String()
	browser, err := firefox.Launch(t.Context(), o)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, browser.Close()) })
	return browser
}

// TestTheMainJobInFirefox does what a rep does in Firefox: the same programs, an
// event page in the place of the worker.
func TestTheMainJobInFirefox(t *testing.T) {
	w := newApollo(t)
	browser := newFirefox(t, firefox.Options{})
	open := func(url string) fox {
		page, err := browser.Open(t.Context(), url)
		require.NoError(t, err)
		return fox{page, t}
	}
	options := open(browser.ExtensionURL("options.html"))
	options.see("#key-stored", "No key is stored.")
	options.set("#key", key)
	options.set("#base", w.apollo.Base())
	options.click("#test")
	options.see("#say", "All of it works.")
	options.click("#tag-set-up")
	options.see("#tag-say", "The field was added to Apollo.")

	open(acme)
	click := func() fox {
		t.Helper()
		popup, err := browser.ClickIcon(t.Context())
		require.NoError(t, err)
		return fox{popup, t}
	}
	popup := click()
	popup.see("#company-name", "Acme Corporation")
	popup.see("#company-status", "In Apollo")
	popup.see("#rows", "Acme rollout, phase 2")
	popup.until(`document.querySelector("#owner").value`)
	popup.set("#name", "From Firefox")
	popup.set("#amount", "25k")
	popup.see("#amount-understood", "25,000")
	popup.click("#submit")
	popup.see(done, "Created “From Firefox”")
	require.Len(t, w.writes("opportunity.create"), 1)
	assert.Equal(t, "25000", w.writes("opportunity.create")[0].Request["amount"])

	popup.click(row("From Firefox"))
	popup.see("#form-heading", "Change “From Firefox”")
	popup.set("#amount", "26,000.50")
	popup.click("#submit")
	popup.see(done, "Changed “From Firefox”")
	require.Len(t, w.writes("opportunity.update"), 1)
	assert.Equal(t, map[string]any{"amount": "26000.5"}, w.writes("opportunity.update")[0].Request)

	require.NoError(t, popup.Close(t.Context()))
	popup = click()
	popup.see("#company-name", "Acme Corporation")
	popup.see(done, "Created “From Firefox”")

	half := `document.querySelector("#name").value === "Half a wo"`
	t.Run("a draft is kept, discarded and put back", func(t *testing.T) {
		popup.t = t
		popup.set("#name", "Half a wo")
		popup.until(`!document.querySelector("#discard").hidden`)
		require.NoError(t, popup.Close(t.Context()))
		popup = click()
		popup.t = t
		popup.until(half)
		popup.click("#discard")
		popup.until(`!(` + half + `)`)
		popup.until(`!document.querySelector("#put-back").hidden`)
		popup.click("#put-back")
		popup.until(half)
		time.Sleep(500 * time.Millisecond) // it is stored in some milliseconds, in which no person closes a popup
		require.NoError(t, popup.Close(t.Context()))
	})
	t.Run("the settings are kept", func(t *testing.T) {
		again := open(browser.ExtensionURL("options.html"))
		again.see("#key-stored", "It ends in …"+key[len(key)-4:])
		require.NoError(t, again.Close(t.Context()))
	})
	t.Run("the sidebar follows the clicks, and drops nothing", func(t *testing.T) {
		surface := func(to, pop string) {
			t.Helper()
			again := open(browser.ExtensionURL("options.html"))
			again.t = t
			again.click(`#surface [value="` + to + `"]`)
			again.see("#surface-say", "Saved.")
			again.until(`document.defaultView.chrome.action.getPopup({}).then((url) => url.endsWith(` + quote(pop) + `))`)
			require.NoError(t, again.Close(t.Context()))
		}
		surface("panel", "")
		first := open("http://www.acme.test/about")
		side := func() fox {
			t.Helper()
			page, err := browser.ClickIconForSidebar(t.Context())
			require.NoError(t, err)
			return fox{page, t}
		}
		sidebar := side()
		sidebar.see("#company-name", "Acme Corporation")
		sidebar.see("#rows", "Acme rollout, phase 2")
		sidebar.until(half) // the draft of the popup is the draft of the sidebar
		sidebar.set("#name", "Written for Acme")
		second := open(globex)
		sidebar.see("#elsewhere", "which Dealmark does not see")
		sidebar.see("#company-name", "Acme Corporation")
		sidebar.until(`document.querySelector("#name").value === "Written for Acme"`)
		sidebar = side()
		sidebar.see("#company-domain", "globex.test")
		sidebar.see("#elsewhere", "What you wrote for Acme Corporation is kept")
		sidebar.until(`document.querySelector("#name").value !== "Written for Acme"`)
		sidebar.set("#name", "Written for Globex")
		require.NoError(t, first.Activate(t.Context()))
		sidebar.see("#elsewhere", "What you are writing stays here until you go on")
		sidebar.until(`document.querySelector("#name").value === "Written for Globex"`)
		sidebar.click("#elsewhere-go")
		sidebar.until(`document.querySelector("#company-name").textContent === "Acme Corporation" && document.querySelector("#name").value === "Written for Acme"`)
		sidebar.set("#name", "Half a wo")
		sidebar.until(`!Object.keys(document.defaultView.localStorage).some((key) => key.startsWith("typed "))`) // the core has stored it
		require.NoError(t, sidebar.Close(t.Context()))
		require.NoError(t, second.Close(t.Context()))
		require.NoError(t, first.Close(t.Context()))
		surface("popup", "popup.html")
	})
	t.Run("it is not in private windows", func(t *testing.T) {
		icon, err := browser.IconInPrivateWindow(t.Context())
		require.NoError(t, err)
		assert.False(t, icon)
	})
	t.Run("a web page loads none of its files", func(t *testing.T) {
		var urls []string
		require.NoError(t, fs.WalkDir(os.DirFS("../../"+rig.FirefoxDir), ".", func(name string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() {
				urls = append(urls, browser.ExtensionURL(name))
			}
			return err
		}))
		var own, foreign []string
		page := open(browser.ExtensionURL("options.html"))
		require.NoError(t, page.Eval(t.Context(), `(async (urls) => (await Promise.all(urls.map((url) => fetch(url)))).filter((a) => a.ok).map((a) => a.url))(`+string(mustJSON(urls))+`)`, &own))
		assert.ElementsMatch(t, urls, own, "the addresses are right")
		require.NoError(t, page.Close(t.Context()))
		page = open(acme)
		const style = acme + "style.css"
		require.NoError(t, page.Eval(t.Context(), loads+`(`+string(mustJSON(append(urls, style)))+`)`, &foreign))
		assert.Equal(t, []string{"fetch " + style, "link " + style, "no-cors " + style}, foreign)
		var framed string
		require.NoError(t, page.Eval(t.Context(), `new Promise((told) => {
			const frame = document.body.appendChild(document.createElement("iframe"));
			frame.src = `+quote(browser.ExtensionURL("popup.html"))+`;
			setTimeout(() => { try { told("framed " + frame.contentDocument.URL); } catch { told("blocked"); } }, 500);
		})`, &framed))
		assert.Equal(t, "framed about:blank", framed, "the browser does not even begin")
		var speaks string
		require.NoError(t, page.Eval(t.Context(), `typeof globalThis.browser?.runtime + typeof globalThis.chrome?.runtime`, &speaks))
		assert.Equal(t, "undefinedundefined", speaks)
		require.NoError(t, page.Close(t.Context()))
	})
	t.Run("the demo", func(t *testing.T) {
		seen := len(w.apollo.Requests())
		welcome := open(browser.ExtensionURL(rig.Welcome))
		welcome.click("#try")
		welcome.see(".band", "Demo")
		open("http://www.fresh.test/")
		popup := click()
		popup.t = t
		popup.see("#company-status", "In Apollo")
		popup.see("#rows", "rollout, phase 2")
		popup.until(`document.querySelector("#owner").value`)
		popup.set("#name", "From the demo")
		popup.click("#submit")
		popup.see(done, "Created “From the demo”")
		require.NoError(t, popup.Close(t.Context()))
		assert.Len(t, w.apollo.Requests(), seen, "nothing was asked of the real Apollo")
		welcome = open(browser.ExtensionURL(rig.Welcome))
		welcome.click("#leave-trial")
		welcome.until(`!document.querySelector(".band")`)
		open(acme)
		popup = click()
		popup.t = t
		popup.until(half)
	})
}
