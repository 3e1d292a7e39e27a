//go:build !js

package chromium

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// Page is a document that the driver is attached to: the popup, a page in a
// tab, or, without a document, the worker.
type Page struct {
	browser *Browser
	session *chromedp.Target
	closed  <-chan struct{}
	detach  func()

	mu      sync.Mutex
	console []string
	errors  []string          // those of console that say what went wrong
	served  map[string]string // see Serve
	worlds  []string          // see IsolatedWorlds
}

// attach opens a session with a target. Ending the session leaves the target as
// it is.
func (b *Browser) attach(ctx context.Context, id target.ID) (*Page, error) {
	p := &Page{browser: b}
	root, detach := chromedp.NewContext(b.root, chromedp.WithTargetID(id),
		chromedp.WithDetachOnCancel(), chromedp.WithListener(p.listen))
	p.detach = detach

	// The session lives as long as root, which knows nothing of ctx's end.
	stop := context.AfterFunc(ctx, detach)
	err := chromedp.Do(root)
	if !stop() && err == nil {
		err = ctx.Err()
	}
	if err == nil {
		p.closed, err = chromedp.Detached(root)
	}
	if err != nil {
		detach()
		return nil, fmt.Errorf("attach to the page: %w", err)
	}
	p.session = chromedp.FromContext(root).Target
	return p, nil
}

// Eval evaluates a JavaScript expression, awaits it if it is a promise, and
// decodes its JSON value into out, a pointer or nil. An exception is an error.
func (p *Page) Eval(ctx context.Context, expression string, out any) error {
	ctx, cancel := limited(ctx)
	defer cancel()
	result, err := cdp.Call(ctx, p.session, runtime.Evaluate, runtime.EvaluateParams{
		Expression:    expression,
		AwaitPromise:  new(true),
		ReturnByValue: new(true),
	})
	switch {
	case err != nil:
		return fmt.Errorf("evaluate %s: %w", brief(expression), err)
	case result.ExceptionDetails != nil:
		return fmt.Errorf("evaluate %s: %s", brief(expression), exceptionText(result.ExceptionDetails))
	case out == nil:
		return nil
	case len(result.Result.Value) == 0:
		return fmt.Errorf("evaluate %s: the value is %s", brief(expression), result.Result.Type)
	}
	if err := json.Unmarshal(result.Result.Value, out); err != nil {
		return fmt.Errorf("evaluate %s: %w", brief(expression), err)
	}
	return nil
}

// Closed is closed when the page is gone: by itself, by the rep's click
// elsewhere, by Close, or with the browser.
func (p *Page) Closed() <-chan struct{} { return p.closed }

// Close closes the page, or stops the worker, and waits until it is gone. A
// page that is gone already is no error.
func (p *Page) Close(ctx context.Context) error {
	ctx, cancel := limited(ctx)
	defer cancel()
	select {
	case <-p.closed:
		return nil
	default:
	}
	err := p.browser.closeTarget(ctx, p.session.TargetID)
	p.detach()
	if err != nil {
		return fmt.Errorf("close the page: %w", err)
	}
	return nil
}

// Detach ends the session and leaves the page open. A worker needs it to reach
// its natural end.
func (p *Page) Detach() { p.detach() }

// SetOffline takes this page's network away, or gives it back. Other pages and
// the worker keep theirs.
func (p *Page) SetOffline(ctx context.Context, offline bool) error {
	ctx, cancel := limited(ctx)
	defer cancel()
	// The first cuts the requests, the second what navigator.onLine says.
	rule := &network.Conditions{Offline: offline, DownloadThroughput: -1, UploadThroughput: -1}
	_, err := cdp.Call(ctx, p.session, network.EmulateNetworkConditionsByRule,
		network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{rule}})
	if err != nil {
		return fmt.Errorf("set offline: %w", err)
	}
	_, err = cdp.Call(ctx, p.session, network.OverrideNetworkState,
		network.OverrideNetworkStateParams{Offline: offline, DownloadThroughput: -1, UploadThroughput: -1})
	if err != nil {
		return fmt.Errorf("set offline: %w", err)
	}
	return nil
}

// isGone reports whether an error says that the page closed under a command.
func isGone(err error) bool { return errors.Is(err, chromedp.ErrTargetDetached) }

func brief(text string) string {
	const most = 80
	if len(text) > most {
		text = text[:most] + "…"
	}
	return fmt.Sprintf("%q", text)
}
