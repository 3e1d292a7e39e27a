//go:build !js

package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/dealmark/dealmark/internal/e2e/chromium"
	"github.com/dealmark/dealmark/internal/e2e/rig"
	"github.com/dealmark/dealmark/internal/sandbox"
)

// session is a browser with a company's tab for each program that is opened.
type session struct {
	*chromium.Browser
	tabs map[program]*chromium.Tab
}

func (b *bench) launch(ctx context.Context) (*session, error) {
	browser, err := chromium.Launch(ctx, chromium.Options{
		ExtensionDir: b.extension(),
		UserDataDir:  b.profile(),
		Hosts:        map[string]string{"*.test": b.site.addr},
	})
	if err != nil {
		return nil, err
	}
	return &session{browser, map[program]*chromium.Tab{}}, nil
}

// connect gives the extension the key and the address in its options page.
func (s *session) connect(ctx context.Context, base string) error {
	joined := rig.Rig{Browser: s.Browser} // a rig starts no browser with a profile that is kept
	options, err := joined.Connect(ctx, base, key)
	if err != nil {
		return err
	}
	return rig.Do(
		func() error { return options.WaitText(ctx, "#say", "All of it works.") },
		func() error { return options.Close(ctx) },
	)
}

// inWorker evaluates an expression in the worker, which has every API of the
// extension, and lets the worker go.
func (s *session) inWorker(ctx context.Context, expression string, out any) error {
	worker, err := s.Worker(ctx)
	if err != nil {
		return err
	}
	defer worker.Detach()
	return worker.Eval(ctx, expression, out)
}

func (s *session) version(ctx context.Context) (version string, err error) {
	return version, s.inWorker(ctx, `navigator.userAgentData.getHighEntropyValues(["fullVersionList"])
		.then(({ fullVersionList }) => fullVersionList.find(({ brand }) => brand === "Chromium").version)`, &version)
}

// visit opens a company's tab on which the icon opens a program's popup.
func (s *session) visit(ctx context.Context, p program) error {
	tab, err := s.OpenTab(ctx, "http://www.acme.test/")
	if err != nil {
		return err
	}
	s.tabs[p] = tab
	// The tab's own popup leaves all other tabs with theirs.
	return s.inWorker(ctx, `chrome.tabs.query({ active: true })
		.then(([tab]) => chrome.action.setPopup({ tabId: tab.id, popup: `+strconv.Quote(p.dir+"popup.html")+` }))
		.then(() => true)`, nil)
}

// warm opens both popups once, uncounted, and proves that the product's then
// shows its form and list without an answer from Apollo.
func (s *session) warm(ctx context.Context, apollo *rig.Apollo) error {
	popup, err := s.popup(ctx, product, 0)
	if err != nil {
		return err
	}
	err = rig.Do(
		func() error { return popup.WaitText(ctx, "#company-status", "In Apollo") },
		func() error { return popup.WaitVisible(ctx, "#rows button") },
		func() error { return quiet(ctx, apollo) },
		func() error { return popup.Close(ctx) },
	)
	if err != nil {
		return err
	}
	apollo.SetFault(sandbox.Fault{Kind: sandbox.FaultDelay, Delay: sandbox.Duration(time.Minute)})
	defer apollo.ClearFaults()
	if popup, err = s.popup(ctx, product, settle); err != nil {
		return err
	}
	var warm bool
	err = popup.Eval(ctx, `document.querySelector("#name").value !== "" && document.querySelector("#rows button") !== null`, &warm)
	if err = errors.Join(err, popup.Close(ctx)); err != nil {
		return err
	}
	if !warm {
		return errors.New("the popup shows no form and no list from the index while Apollo does not answer")
	}
	_, err = s.open(ctx, empty)
	return err
}

// quiet waits until the extension has asked Apollo nothing for a while.
func quiet(ctx context.Context, apollo *rig.Apollo) error {
	for seen := -1; ; {
		asked := len(apollo.Requests())
		if asked == seen {
			return nil
		}
		seen = asked
		if err := sleep(ctx, time.Second); err != nil {
			return err
		}
	}
}

// wake keeps the worker alive, which ends after 30 s without an event.
func (s *session) wake(ctx context.Context) error {
	if err := s.inWorker(ctx, `chrome.alarms.getAll().then(() => true)`, nil); err != nil {
		return fmt.Errorf("keep the worker alive: %w", err)
	}
	return nil
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
