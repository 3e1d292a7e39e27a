//go:build !js

package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/dealmark/dealmark/internal/e2e/chromium"
	"github.com/dealmark/dealmark/internal/e2e/rig"
)

const (
	company = "http://www.acme.test/"
	deal    = "Acme canyon delivery"
)

// outcome holds the opportunity's fields as Apollo stored them.
type outcome struct {
	Created map[string]any `json:"created"`
	Updated map[string]any `json:"updated"`
}

// job is what a rep does, from a browser that knows nothing to a deal that was
// created and updated.
func (s *show) job(ctx context.Context) (outcome, error) {
	var o outcome
	var tab *chromium.Tab
	var popup *chromium.Page
	err := rig.Do(
		func() error { return s.connect(ctx) },
		func() (err error) {
			say("visiting %s", company)
			if tab, err = s.OpenTab(ctx, company); err != nil {
				return err
			}
			return s.shoot(ctx, tab.Page, "company-site")
		},
		func() (err error) {
			say("clicking the icon")
			popup, err = tab.ClickIcon(ctx)
			return err
		},
		func() error { return s.recognised(ctx, popup) },
		func() (err error) { o.Created, err = s.create(ctx, popup); return err },
		func() (err error) { o.Updated, err = s.update(ctx, popup); return err },
		func() error { return clean(popup) },
	)
	return o, err
}

// connect sets the key and the address in the options page.
func (s *show) connect(ctx context.Context) error {
	say("entering the API key in the options and testing it")
	page, err := s.Connect(ctx, s.apollo.Base(), key)
	return rig.Do(
		func() error { return err },
		func() error { return page.WaitText(ctx, "#say", "All of it works.") },
		func() error { return s.shoot(ctx, page.Page, "options") },
		func() error { return clean(page.Page) },
	)
}

// recognised waits for the company, its account and its opportunities.
func (s *show) recognised(ctx context.Context, popup *chromium.Page) error {
	return rig.Do(
		func() error { return popup.WaitText(ctx, "#company-name", "Acme Corporation") },
		func() error { return popup.WaitText(ctx, "#company-status", "In Apollo") },
		func() error { return popup.WaitText(ctx, "#rows", "Acme rollout, phase 2") },
		func() error {
			return popup.WaitFor(ctx, `document.querySelector("#owner").selectedOptions[0]?.label.startsWith("Dana")`)
		},
		func() error { say("the company is recognised, with its account and its opportunities"); return nil },
		func() error { return s.shoot(ctx, popup, "recognised") },
	)
}

// create fills the form by keyboard and saves it.
func (s *show) create(ctx context.Context, popup *chromium.Page) (map[string]any, error) {
	say("creating %q", deal)
	err := rig.Do(
		func() error { return popup.Fill(ctx, "#name", deal) },
		func() error { return popup.Press(ctx, "Tab") },
		func() error { return popup.Type(ctx, "#amount", "25k") },
		func() error { return popup.WaitText(ctx, "#amount-understood", "25,000") },
		func() error { return s.shoot(ctx, popup, "typed") },
		func() error { return popup.Press(ctx, "Enter") },
		func() error { return s.done(ctx, popup, "Created “"+deal+"”") },
		func() error { return popup.WaitText(ctx, "#rows", deal) },
		func() error { return s.shoot(ctx, popup, "created") },
	)
	if err != nil {
		return nil, err
	}
	return s.stored("opportunity.create")
}

// update opens the opportunity from the list, changes its stage and its amount
// and saves it.
func (s *show) update(ctx context.Context, popup *chromium.Page) (map[string]any, error) {
	say("changing its stage and its amount")
	err := rig.Do(
		func() error { return popup.Click(ctx, `.row:has([title="`+deal+`"])`) },
		func() error { return popup.WaitText(ctx, "#form-heading", "Change “"+deal+"”") },
		func() error { return popup.WaitFor(ctx, `document.activeElement.id === "name"`) },
		func() error { return s.shoot(ctx, popup, "opened") },
		func() error { return popup.Fill(ctx, "#amount", "32,500.50") },
		func() error { return popup.Type(ctx, "#stage", "Propose") },
		func() error { return s.shoot(ctx, popup, "changed") },
		func() error { return popup.Press(ctx, "Control+Enter") },
		func() error { return s.done(ctx, popup, "Changed “"+deal+"”") },
		func() error { return popup.WaitText(ctx, `.row:has([title="`+deal+`"])`, "Propose") },
		func() error { return s.shoot(ctx, popup, "updated") },
	)
	if err != nil {
		return nil, err
	}
	return s.stored("opportunity.update")
}

// done waits until the popup shows a saved entry as done.
func (s *show) done(ctx context.Context, popup *chromium.Page, title string) error {
	say("saved; waiting until it is in Apollo")
	return popup.WaitText(ctx, `.entry[data-state="done"]`, title)
}

// stored reads the fields after the only write of its kind from the truth log.
func (s *show) stored(operation string) (map[string]any, error) {
	var fields []map[string]any
	for _, entry := range s.apollo.Log() {
		if entry.Operation == operation && entry.Stored {
			fields = append(fields, entry.Fields)
		}
	}
	if len(fields) != 1 {
		return nil, fmt.Errorf("Apollo's log has %d writes of %s instead of 1", len(fields), operation)
	}
	return fields[0], nil
}

// clean makes an error of what a page complained about.
func clean(page *chromium.Page) error {
	var all []error
	for _, text := range rig.Faults(page) {
		all = append(all, errors.New("a page complained: "+text))
	}
	return errors.Join(all...)
}
