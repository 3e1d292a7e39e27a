//go:build !js

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/dealmark/dealmark/internal/e2e/chromium"
	"github.com/dealmark/dealmark/internal/e2e/rig"
)

// session is a browser with a company's tab for each program that is opened.
type session struct {
	*chromium.Browser
	tabs map[program]*chromium.Tab
	told collector

	worker *chromium.Page // while it is kept alive
}

func (b *bench) launch(ctx context.Context) (*session, error) {
	browser, err := chromium.Launch(ctx, chromium.Options{
		ExtensionDir: b.extension(),
		UserDataDir:  b.profile(),
		Hosts:        map[string]string{"*.test": b.site.Addr},
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errBrowser, err)
	}
	s := &session{Browser: browser, tabs: map[program]*chromium.Tab{}, told: b.told}
	// A rig starts no browser with a profile that is kept.
	if err := (&rig.Rig{Browser: browser}).Dismiss(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("%w: %w", errBrowser, err), browser.Close())
	}
	return s, nil
}

// connect gives the extension the key and the address in its options page.
func (s *session) connect(ctx context.Context, base string) error {
	joined := rig.Rig{Browser: s.Browser}
	options, err := joined.Connect(ctx, base, key)
	if err != nil {
		return err
	}
	return rig.Do(
		func() error { return options.WaitText(ctx, "#say", "All of it works.") },
		func() error { return options.Close(ctx) },
		func() error { return s.seedPlain(ctx, base) },
	)
}

// inWorker evaluates an expression in the worker, which has every API of the
// extension, and stays attached to it: the worker then lives until let go.
func (s *session) inWorker(ctx context.Context, expression string, out any) (err error) {
	if s.worker == nil {
		if s.worker, err = s.Worker(ctx); err != nil {
			return err
		}
	}
	return s.worker.Eval(ctx, expression, out)
}

func (s *session) letWorkerGo() {
	if s.worker != nil {
		s.worker.Detach()
		s.worker = nil
	}
}

func (s *session) version(ctx context.Context) (version string, err error) {
	return version, s.inWorker(ctx, `navigator.userAgentData.getHighEntropyValues(["fullVersionList"])
		.then(({ fullVersionList }) => fullVersionList.find(({ brand }) => brand === "Chromium").version)`, &version)
}

// visit opens a company's tab on which the icon opens a program's popup, unless
// there is one.
func (s *session) visit(ctx context.Context, p program) error {
	if s.tabs[p] != nil {
		return nil
	}
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

// leave closes a program's tab, and with it what may be open there; the next visit
// opens another.
func (s *session) leave(ctx context.Context, p program) error {
	tab := s.tabs[p]
	delete(s.tabs, p)
	if tab == nil {
		return nil
	}
	return tab.Close(ctx)
}

// seedPlain gives the plain popup the settings, which it keeps in a database of
// its own.
func (s *session) seedPlain(ctx context.Context, base string) error {
	settings, err := json.Marshal(map[string]string{"base": base, "key": key})
	if err != nil {
		return err
	}
	return s.inWorker(ctx, `new Promise((done, failed) => {
		const opening = indexedDB.open("plainjs", 1);
		opening.onupgradeneeded = () => ["settings", "drafts", "index", "outbox"].forEach((area) => opening.result.createObjectStore(area));
		opening.onerror = failed;
		opening.onsuccess = () => {
			const writing = opening.result.transaction("settings", "readwrite");
			writing.objectStore("settings").put(new TextEncoder().encode(`+strconv.Quote(string(settings))+`), "settings");
			writing.oncomplete = () => { opening.result.close(); done(true); };
		};
	})`, nil)
}

// forget leaves in both indexes nothing but what is known of the team.
func (s *session) forget(ctx context.Context) error {
	return s.inWorker(ctx, `Promise.all(["dealmark", "plainjs"].map((name) => new Promise((done, failed) => {
		const opening = indexedDB.open(name);
		opening.onerror = failed;
		opening.onsuccess = () => {
			const emptying = opening.result.transaction("index", "readwrite");
			const index = emptying.objectStore("index");
			index.getAllKeys().onsuccess = ({ target }) => target.result.filter((key) => key !== "team" && key !== "walk").forEach((key) => index.delete(key));
			emptying.oncomplete = () => { opening.result.close(); done(true); };
		};
	}))).then(() => true)`, nil)
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

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
