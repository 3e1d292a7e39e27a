//go:build !js

package scene

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/dealmark/dealmark/internal/e2e/chromium"
	"github.com/dealmark/dealmark/internal/e2e/rig"
	"github.com/dealmark/dealmark/internal/sandbox"
)

const acme = "http://www.acme.test/"

// rep does what a rep does, and what befalls one. After the first step that fails
// no other is taken.
type rep struct {
	ctx    context.Context
	rig    *rig.Rig
	apollo *rig.Apollo
	tab    *chromium.Tab  // the last one opened
	page   *chromium.Page // the last one opened, where the steps go
	after  []func() error // what is undone at the end, the last first
	err    error
}

func (r *rep) try(step func() error) {
	if r.err == nil {
		r.err = step()
	}
}

func (r *rep) end() error {
	var errs []error
	for _, undo := range slices.Backward(r.after) {
		errs = append(errs, undo())
	}
	return errors.Join(errs...)
}

// opened is a page to go on with, closed at the end.
func (r *rep) opened(page *chromium.Page) {
	r.page = page
	r.after = append(r.after, func() error { return page.Close(forever(r.ctx)) })
}

// forever is a context that does not end with the scene: what was begun is ended.
func forever(ctx context.Context) context.Context { return context.WithoutCancel(ctx) }

// visit opens a site in a tab.
func (r *rep) visit(url string) {
	r.try(func() (err error) {
		if r.tab, err = r.rig.OpenTab(r.ctx, url); err == nil {
			r.opened(r.tab.Page)
		}
		return err
	})
}

// popup clicks the icon on the tab.
func (r *rep) popup() {
	r.try(func() error {
		if err := r.tab.Activate(r.ctx); err != nil {
			return err
		}
		popup, err := r.tab.ClickIcon(r.ctx)
		if err == nil {
			r.opened(popup)
		}
		return err
	})
}

// at opens the popup on a site and waits until all is there.
func (r *rep) at(url string) {
	r.visit(url)
	r.popup()
	r.settled()
}

// atAcme is at a company with opportunities.
func (r *rep) atAcme() {
	r.at(acme)
	r.seen("#rows li")
}

// settled waits until the popup has read what it can.
func (r *rep) settled() {
	r.until(`document.querySelector("#form").dataset.form && document.body.dataset.status !== "looking"`)
	r.until(`document.body.dataset.status === "no_company" || document.querySelector("#owner").value || !document.querySelector("#notice").hidden`)
}

// again closes the popup and opens it.
func (r *rep) again() {
	r.try(func() error { return r.page.Close(r.ctx) })
	r.popup()
	r.settled()
}

// options opens the settings.
func (r *rep) options() {
	r.visit(r.url("options.html"))
	r.until(`document.querySelector("#key-stored").textContent`)
}

// welcome opens the first steps.
func (r *rep) welcome() {
	r.visit(r.url(rig.Welcome))
	r.until(`document.readyState === "complete"`)
}

// demo enters the demo.
func (r *rep) demo() {
	r.welcome()
	r.click("#try")
	r.seen(".band")
}

func (r *rep) url(path string) string { return r.rig.ExtensionURL(path) }

func (r *rep) until(condition string) {
	r.try(func() error { return r.page.WaitFor(r.ctx, condition) })
}

func (r *rep) seen(selector string) {
	r.try(func() error { return r.page.WaitVisible(r.ctx, selector) })
}

// reads waits until an element shows a text that is not the pages' own.
func (r *rep) reads(selector, text string) {
	r.try(func() error { return r.page.WaitText(r.ctx, selector, text) })
}

func (r *rep) fill(selector, text string) {
	r.try(func() error { return r.page.Fill(r.ctx, selector, text) })
}

func (r *rep) choose(selector, text string) {
	r.try(func() error { return r.page.Type(r.ctx, selector, text) })
}

func (r *rep) click(selector string) {
	r.try(func() error { return r.page.Click(r.ctx, selector) })
}

func (r *rep) press(keys ...string) {
	for _, key := range keys {
		r.try(func() error { return r.page.Press(r.ctx, key) })
	}
}

// does runs JavaScript in the page, and waits for what it promises.
func (r *rep) does(expression string) {
	r.try(func() error { return r.page.Eval(r.ctx, "Promise.resolve("+expression+").then(() => 1)", nil) })
}

// edit opens an opportunity of the list in the form.
func (r *rep) edit(name string) {
	r.click(`.row:has([title=` + quote(name) + `])`)
	r.until(`document.querySelector("#form").dataset.editing && document.activeElement.id === "name"`)
}

// save saves a new opportunity and waits until its entry is in a state.
func (r *rep) save(name, state string) {
	r.fill("#name", name)
	r.press("Enter")
	r.seen(entry(state))
}

// drain has the worker send what is due, and waits until it has.
func (r *rep) drain() { r.does(`chrome.runtime.sendMessage({ type: "drain" })`) }

// fault has Apollo misbehave until the end.
func (r *rep) fault(f sandbox.Fault) { r.try(func() error { return r.apollo.AddFault(f) }) }

// offline takes the network from the page and from the worker.
func (r *rep) offline() {
	r.drain() // wakes it
	r.try(func() error {
		worker, err := r.rig.Worker(r.ctx)
		if err != nil {
			return err
		}
		r.after = append(r.after, func() error { worker.Detach(); return nil })
		return errors.Join(worker.SetOffline(r.ctx, true), r.page.SetOffline(r.ctx, true))
	})
}

// colleague changes an opportunity of the demo's team in Apollo.
func (r *rep) colleague(name, body string) {
	r.request(http.MethodPatch, "/opportunities/"+id(name), body)
}

// request is somebody else's, with the team's key.
func (r *rep) request(method, path, body string) {
	r.try(func() error {
		request, err := http.NewRequestWithContext(r.ctx, method, r.apollo.Base()+path, strings.NewReader(body))
		if err != nil {
			return err
		}
		request.Header.Set("x-api-key", Key)
		request.Header.Set("content-type", "application/json")
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			return err
		}
		if answer.StatusCode != http.StatusOK {
			err = fmt.Errorf("%s %s: Apollo answers %s", method, path, answer.Status)
		}
		return errors.Join(err, answer.Body.Close())
	})
}

// id is an opportunity's of the demo's team.
func id(name string) string {
	for _, o := range sandbox.DemoSeed().Opportunities {
		if o.Name == name {
			return o.ID
		}
	}
	return "none"
}

// entry is the selector of a saved entry in a state.
func entry(state string) string { return `.entry[data-state="` + state + `"]` }

// quote is a text in JavaScript, and in a selector.
func quote(text string) string {
	quoted, _ := json.Marshal(text) // a string always has a JSON form
	return string(quoted)
}
