//go:build !js

package e2e_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/e2e/chromium"
	"github.com/dealmark/dealmark/internal/e2e/rig"
)

// page is a page of the extension, or a site, under a test: what does not
// succeed ends the test.
type page struct {
	*chromium.Page
	w       *world
	expects string // a complaint that holds this text is the test's own doing
}

// tab is a page in a tab.
type tab struct {
	*page
	tab *chromium.Tab
}

// watch ends the page with the test, and fails the test for anything that the
// page complained about: an exception, an error in the console, a breach of the
// content security policy. A test that failed, or any with PICTURES set, leaves a
// picture of the page.
func (w *world) watch(p *chromium.Page) *page {
	w.watched++
	number := w.watched
	watched := &page{Page: p, w: w}
	browser := w.Rig
	w.whole.Cleanup(func() {
		if browser.Ended() {
			return // by the test itself
		}
		if w.whole.Failed() || os.Getenv("PICTURES") != "" {
			picture := filepath.Join("../../build/e2e", fmt.Sprintf("%s-%d.png", strings.ReplaceAll(w.whole.Name(), "/", "-"), number))
			if err := p.Screenshot(context.Background(), picture); err == nil {
				w.whole.Log("see", picture)
			}
		}
		assert.NoError(w.t, p.Close(context.Background()))
		for _, fault := range rig.Faults(p) {
			if watched.expects == "" || !strings.Contains(fault, watched.expects) {
				assert.Fail(w.t, "a page complained", fault)
			}
		}
	})
	return watched
}

// click clicks the icon on the tab and gives the popup.
func (t *tab) click() *page {
	t.w.t.Helper()
	require.NoError(t.w.t, t.tab.Activate(t.w.ctx))
	popup, err := t.tab.ClickIcon(t.w.ctx)
	require.NoError(t.w.t, err)
	clicked := t.w.watch(popup)
	clicked.until(`performance.getEntriesByName("first-paint").length`) // before that no person does anything in it
	return clicked
}

func (p *page) close() { p.w.t.Helper(); require.NoError(p.w.t, p.Page.Close(p.w.ctx)) }
func (p *page) see(selector, text string) {
	p.w.t.Helper()
	require.NoError(p.w.t, p.WaitText(p.w.ctx, selector, text))
}
func (p *page) until(condition string) {
	p.w.t.Helper()
	require.NoError(p.w.t, p.WaitFor(p.w.ctx, condition))
}
func (p *page) visible(selector string) {
	p.w.t.Helper()
	require.NoError(p.w.t, p.WaitVisible(p.w.ctx, selector))
}
func (p *page) fill(selector, text string) {
	p.w.t.Helper()
	require.NoError(p.w.t, p.Fill(p.w.ctx, selector, text))
}
func (p *page) choose(selector, text string) {
	p.w.t.Helper()
	require.NoError(p.w.t, p.Type(p.w.ctx, selector, text))
}
func (p *page) clickOn(selector string) {
	p.w.t.Helper()
	p.until(`performance.now() > 300`) // a click in the first moment saves and discards nothing
	require.NoError(p.w.t, p.Click(p.w.ctx, selector))
}
func (p *page) eval(expression string) {
	p.w.t.Helper()
	p.read("Promise.resolve("+expression+").then(() => 1)", nil)
}

func (p *page) read(expression string, into any) {
	p.w.t.Helper()
	require.NoError(p.w.t, p.Eval(p.w.ctx, expression, into))
}

func (p *page) press(keys ...string) {
	p.w.t.Helper()
	for _, key := range keys {
		require.NoError(p.w.t, p.Press(p.w.ctx, key))
	}
}

// keys types where the focus is.
func (p *page) keys(text string) {
	p.w.t.Helper()
	for _, r := range text {
		p.press(string(r))
	}
}

func (p *page) text(selector string) string {
	p.w.t.Helper()
	text, err := p.Text(p.w.ctx, selector)
	require.NoError(p.w.t, err)
	return text
}

func (p *page) value(selector string) string {
	p.w.t.Helper()
	value, err := p.Value(p.w.ctx, selector)
	require.NoError(p.w.t, err)
	return value
}

// values are the texts of the form as they stand, by field.
func (p *page) values() map[string]string {
	p.w.t.Helper()
	var values map[string]string
	p.read(`Object.fromEntries(new FormData(document.querySelector("#form")))`, &values)
	return values
}

// known waits until the company's opportunities are shown and the form is ready.
func (p *page) known(company string) {
	p.w.t.Helper()
	p.see("#company-name", company)
	p.see("#company-status", "In Apollo")
	p.until(`document.querySelector("#owner").value && document.querySelector("#rows li")`)
}

// change opens an opportunity of the list in the form.
func (p *page) change(name string) {
	p.w.t.Helper()
	p.clickOn(row(name))
	p.see("#form-heading", "Change “"+name+"”")
	p.until(`document.activeElement.id === "name"`) // the cursor comes last
}
