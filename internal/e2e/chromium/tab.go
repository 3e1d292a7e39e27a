//go:build !js

package chromium

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/extensions"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// Tab is a tab of the browser's window, and the page in it.
type Tab struct {
	*Page
	id target.ID // the tab's own target, which stays when its page changes
}

// OpenTab opens a tab in front of the others and waits until its page has
// loaded. An open popup closes, as it does for a person.
func (b *Browser) OpenTab(ctx context.Context, url string) (*Tab, error) {
	return b.openTab(ctx, url, "")
}

// OpenPrivateTab opens a tab in a private window of its own.
func (b *Browser) OpenPrivateTab(ctx context.Context, url string) (*Tab, error) {
	made, err := cdp.Call(ctx, b.session, target.CreateBrowserContext, target.CreateBrowserContextParams{DisposeOnDetach: new(true)})
	if err != nil {
		return nil, fmt.Errorf("open a private window: %w", err)
	}
	return b.openTab(ctx, url, made.BrowserContextID)
}

func (b *Browser) openTab(ctx context.Context, url string, in cdp.BrowserContextID) (*Tab, error) {
	ctx, cancel := limited(ctx)
	defer cancel()

	// The protocol does not say which page is in a new tab. An address that no
	// other page has does.
	blank := "about:blank#tab-" + strconv.FormatInt(b.opened.Add(1), 10)
	created, err := cdp.Call(ctx, b.session, target.CreateTarget, target.CreateTargetParams{URL: blank, ForTab: new(true), BrowserContextID: in})
	if err != nil {
		return nil, fmt.Errorf("open a tab: %w", err)
	}
	info, err := b.awaitTarget(ctx, func(info *target.Info) bool {
		return info.Type == "page" && info.URL == blank
	})
	if err != nil {
		return nil, fmt.Errorf("open a tab: find its page: %w", err)
	}
	page, err := b.attach(ctx, info.TargetID)
	if err != nil {
		return nil, err
	}
	tab := &Tab{Page: page, id: created.TargetID}
	return tab, tab.Navigate(ctx, url)
}

// OpenPage opens a page of the extension, such as "options.html", in a tab.
func (b *Browser) OpenPage(ctx context.Context, path string) (*Tab, error) {
	return b.OpenTab(ctx, b.ExtensionURL(path))
}

// FindPage waits for a page that the driver did not open, such as one behind a
// link with a target, whose URL begins with prefix, and attaches to it.
func (b *Browser) FindPage(ctx context.Context, prefix string) (*Page, error) {
	ctx, cancel := limited(ctx)
	defer cancel()
	info, err := b.awaitTarget(ctx, func(info *target.Info) bool {
		return info.Type == "page" && !info.Attached && strings.HasPrefix(info.URL, prefix)
	})
	if err != nil {
		return nil, fmt.Errorf("find a page at %s: %w", prefix, err)
	}
	return b.attach(ctx, info.TargetID)
}

// Navigate loads a URL in the tab and waits until it has loaded.
func (t *Tab) Navigate(ctx context.Context, url string) error {
	ctx, cancel := limited(ctx)
	defer cancel()
	if _, err := chromedp.Navigate(url)(ctx, t.session); err != nil {
		return fmt.Errorf("open %s: %w", url, err)
	}
	return nil
}

// Activate brings the tab to the front.
func (t *Tab) Activate(ctx context.Context) error {
	ctx, cancel := limited(ctx)
	defer cancel()
	if _, err := cdp.Call(ctx, t.browser.session, target.ActivateTarget, target.ActivateTargetParams{TargetID: t.id}); err != nil {
		return fmt.Errorf("activate the tab: %w", err)
	}
	return nil
}

// ClickIcon clicks the extension's icon on this tab, which grants activeTab,
// and returns the popup that opens, loaded and in focus. The tab has to be in
// front. While a popup is open the same click closes it, as it does for a
// person, and no popup comes.
func (t *Tab) ClickIcon(ctx context.Context) (*Page, error) {
	ctx, cancel := limited(ctx)
	defer cancel()
	if err := t.TriggerIcon(ctx); err != nil {
		return nil, err
	}
	return t.browser.Popup(ctx)
}

// TriggerIcon clicks the icon and does not attach to the popup, so that the
// popup loads without a debugger: what a benchmark needs.
func (t *Tab) TriggerIcon(ctx context.Context) error {
	ctx, cancel := limited(ctx)
	defer cancel()
	_, err := cdp.Call(ctx, t.browser.session, extensions.TriggerAction,
		extensions.TriggerActionParams{ID: t.browser.id, TargetID: string(t.id)})
	if err != nil {
		return fmt.Errorf("click the icon: %w", err)
	}
	return nil
}

// Popup waits for the open popup, attaches to it and waits until it has loaded.
func (b *Browser) Popup(ctx context.Context) (*Page, error) {
	ctx, cancel := limited(ctx)
	defer cancel()
	url := b.ExtensionURL(b.popup)
	info, err := b.awaitTarget(ctx, func(info *target.Info) bool {
		// One that is attached is an earlier popup on its way out.
		return info.Type == "page" && !info.Attached && strings.HasPrefix(info.URL, url)
	})
	if err != nil {
		return nil, fmt.Errorf("find the popup: %w", err)
	}
	popup, err := b.attach(ctx, info.TargetID)
	if err != nil {
		return nil, err
	}
	return popup, popup.WaitFor(ctx, `document.readyState === "complete"`)
}

// AwaitClosed waits until no page's URL begins with prefix.
func (b *Browser) AwaitClosed(ctx context.Context, prefix string) error {
	ctx, cancel := limited(ctx)
	defer cancel()
	return poll(ctx, func() (bool, error) {
		infos, err := b.targets(ctx)
		for _, info := range infos {
			if info.Type == "page" && strings.HasPrefix(info.URL, prefix) {
				return false, err
			}
		}
		return err == nil, err
	})
}

// Framed says whether a frame inside another page's shows a URL that begins with
// prefix.
func (b *Browser) Framed(ctx context.Context, prefix string) (bool, error) {
	infos, err := b.targets(ctx)
	return slices.ContainsFunc(infos, func(info *target.Info) bool {
		return info.Type == "iframe" && strings.HasPrefix(info.URL, prefix)
	}), err
}
