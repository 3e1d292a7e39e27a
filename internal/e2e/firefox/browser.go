//go:build !js

package firefox

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"time"
)

const (
	waitLimit    = 15 * time.Second
	pollInterval = 20 * time.Millisecond
)

// Browser is a running Firefox with the extension.
type Browser struct {
	profile   string
	extension string
	process   *exec.Cmd
	session   *session
}

// Page is a tab's page, the popup or the sidebar.
type Page struct {
	browser *Browser
	context string
	inside  string // of a page that is a part of the browser's window: where its document is
}

const (
	inPopup   = `document.querySelector("browser.webextension-popup-browser")?.contentDocument`
	inSidebar = `document.getElementById("sidebar")?.contentDocument?.getElementById("webext-panels-browser")?.contentDocument`
)

// ExtensionURL is the address of a file of the extension.
func (b *Browser) ExtensionURL(path string) string { return "moz-extension://" + uuid + "/" + path }

// Close ends the browser and removes its profile.
func (b *Browser) Close() error {
	if b.process != nil && b.process.Process != nil {
		if b.session != nil {
			ctx, cancel := context.WithTimeout(context.Background(), waitLimit)
			defer cancel()
			_ = b.session.call(ctx, "browser.close", map[string]any{}, nil) // else it is killed
		}
		ended := make(chan struct{})
		go func() { _ = b.process.Wait(); close(ended) }() // how it ends does not matter
		select {
		case <-ended:
		case <-time.After(waitLimit):
			_ = b.process.Process.Kill()
			<-ended
		}
	}
	return os.RemoveAll(b.profile)
}

// Open opens a page in a tab in front of the others.
func (b *Browser) Open(ctx context.Context, url string) (*Page, error) {
	var made struct{ Context string }
	if err := b.session.call(ctx, "browsingContext.create", map[string]any{"type": "tab"}, &made); err != nil {
		return nil, err
	}
	p := &Page{browser: b, context: made.Context}
	return p, b.session.call(ctx, "browsingContext.navigate", map[string]any{"context": made.Context, "url": url, "wait": "complete"}, nil)
}

// Close closes a tab, the popup or the sidebar.
func (p *Page) Close(ctx context.Context) error {
	switch p.inside {
	case inPopup:
		return p.browser.inWindow(ctx, `document.querySelector("browser.webextension-popup-browser")?.closest("panel")?.hidePopup()`, nil)
	case inSidebar:
		return p.browser.inWindow(ctx, `SidebarController.hide()`, nil)
	}
	return p.browser.session.call(ctx, "browsingContext.close", map[string]any{"context": p.context}, nil)
}

var notInIDs = regexp.MustCompile(`[^a-z0-9_-]`)

// ClickIcon clicks the extension's button in the toolbar, which opens the popup
// for the tab in front.
func (b *Browser) ClickIcon(ctx context.Context) (*Page, error) { return b.click(ctx, inPopup) }

// ClickIconForSidebar does the same where the rep has chosen the sidebar, which is
// opened by the first click and stays.
func (b *Browser) ClickIconForSidebar(ctx context.Context) (*Page, error) {
	return b.click(ctx, inSidebar)
}

func (b *Browser) click(ctx context.Context, inside string) (*Page, error) {
	button := notInIDs.ReplaceAllString(b.extension, "_") + "-BAP"
	if err := b.inWindow(ctx, `document.getElementById("`+button+`").click()`, nil); err != nil {
		return nil, fmt.Errorf("click the icon: %w", err)
	}
	p := &Page{browser: b, inside: inside}
	return p, p.WaitFor(ctx, `document.readyState === "complete" && document.location.pathname === "/popup.html"`)
}

// Activate brings a tab to the front.
func (p *Page) Activate(ctx context.Context) error {
	return p.browser.session.call(ctx, "browsingContext.activate", map[string]any{"context": p.context}, nil)
}

// IconInPrivateWindow says whether a private window has the extension's button.
func (b *Browser) IconInPrivateWindow(ctx context.Context) (icon bool, err error) {
	button := notInIDs.ReplaceAllString(b.extension, "_") + "-BAP"
	err = b.inWindow(ctx, `(async () => {
		const own = !!document.getElementById("`+button+`");
		const opened = OpenBrowserWindow({ private: true });
		while (!opened.gBrowserInit?.delayedStartupFinished) await new Promise((done) => setTimeout(done, 20));
		const icon = !!opened.document.getElementById("`+button+`");
		opened.close();
		if (!own) throw new Error("no window has the button");
		return icon;
	})()`, &icon)
	return icon, err
}

// SetOffline takes the network away, this machine's own as well, or gives it back.
func (b *Browser) SetOffline(ctx context.Context, offline bool) error {
	return b.inWindow(ctx, `(Services.prefs.setBoolPref("network.disable-localhost-when-offline", true), Services.io.offline = `+strconv.FormatBool(offline)+`)`, nil)
}

// speak makes a language the browser's own, as one whose pack is installed; of a
// browser without the pack only extensions speak it.
func (b *Browser) speak(ctx context.Context, language string) error {
	quoted := strconv.Quote(language)
	return b.inWindow(ctx, `(() => {
		Services.locale.availableLocales = [`+quoted+`, "en-US"];
		Services.locale.requestedLocales = [`+quoted+`];
		if (Services.locale.appLocaleAsBCP47 !== `+quoted+`) throw new Error("the browser speaks " + Services.locale.appLocaleAsBCP47);
	})()`, nil)
}

// inWindow evaluates an expression in the browser's own window.
func (b *Browser) inWindow(ctx context.Context, expression string, out any) error {
	var tree struct {
		Contexts []struct{ Context, URL string }
	}
	if err := b.session.call(ctx, "browsingContext.getTree", map[string]any{"moz:scope": "chrome"}, &tree); err != nil {
		return err
	}
	for _, c := range tree.Contexts {
		if c.URL == "chrome://browser/content/browser.xhtml" {
			return b.evaluate(ctx, c.Context, expression, out)
		}
	}
	return errors.New("the browser has no window")
}

func (b *Browser) evaluate(ctx context.Context, in, expression string, out any) error {
	var answer struct {
		Type             string
		Result           struct{ Value json.RawMessage }
		ExceptionDetails struct{ Text string }
	}
	err := b.session.call(ctx, "script.evaluate", map[string]any{
		"expression":   "(async () => JSON.stringify((await (" + expression + ")) ?? null))()",
		"target":       map[string]any{"context": in},
		"awaitPromise": true,
	}, &answer)
	if err != nil {
		return err
	}
	if answer.Type == "exception" {
		return fmt.Errorf("evaluate %.80s: %s", expression, answer.ExceptionDetails.Text)
	}
	if out == nil {
		return nil
	}
	var text string
	if err := json.Unmarshal(answer.Result.Value, &text); err != nil {
		return err
	}
	return json.Unmarshal([]byte(text), out)
}

// Eval evaluates a JavaScript expression that uses document, awaits it if it is a
// promise, and decodes its JSON value into out, unless that is nil.
func (p *Page) Eval(ctx context.Context, expression string, out any) error {
	if p.inside == "" {
		return p.browser.evaluate(ctx, p.context, expression, out)
	}
	return p.browser.inWindow(ctx, `((document) => document && (`+expression+`))(`+p.inside+`)`, out)
}

// WaitFor waits until an expression, or what it promises, is true.
func (p *Page) WaitFor(ctx context.Context, condition string) error {
	ctx, cancel := context.WithTimeout(ctx, waitLimit)
	defer cancel()
	var last error
	for {
		var ok bool
		if err := p.Eval(ctx, "Promise.resolve("+condition+").then(Boolean)", &ok); err == nil && ok {
			return nil
		} else if err != nil && ctx.Err() == nil {
			last = err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for %s: %w (%w)\n%s", condition, ctx.Err(), errors.Join(last), p.text())
		case <-time.After(pollInterval):
		}
	}
}

func (p *Page) text() (text string) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if err := p.Eval(ctx, `document.body?.innerText`, &text); err != nil {
		return err.Error()
	}
	return "the page shows: " + text
}

// Screenshot writes what a tab's page shows as a PNG; of the popup, the window.
func (p *Page) Screenshot(ctx context.Context, path string) error {
	if p.inside != "" {
		return errors.New("the popup is no page of its own: it cannot be captured")
	}
	var shot struct{ Data string }
	if err := p.browser.session.call(ctx, "browsingContext.captureScreenshot", map[string]any{"context": p.context}, &shot); err != nil {
		return err
	}
	data, err := base64.StdEncoding.DecodeString(shot.Data)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}
