//go:build !js

package chromium

import (
	"context"
	"fmt"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
)

// Serve answers the tab's requests for some addresses with HTML, and lets all
// others fail: a site of the world that may only be visited by https, without
// its certificate.
func (t *Tab) Serve(ctx context.Context, pages map[string]string) error {
	ctx, cancel := limited(ctx)
	defer cancel()
	t.mu.Lock()
	t.served = pages
	t.mu.Unlock()
	if _, err := cdp.Call(ctx, t.session, fetch.Enable, fetch.EnableParams{}); err != nil {
		return fmt.Errorf("serve pages: %w", err)
	}
	return nil
}

// answer runs on a goroutine of its own: the one that reads messages must not
// wait for an answer.
func (p *Page) answer(paused *fetch.EventRequestPaused) {
	ctx, cancel := limited(p.browser.root)
	defer cancel()
	p.mu.Lock()
	html, known := p.served[paused.Request.URL]
	p.mu.Unlock()
	if !known {
		_, _ = cdp.Call(ctx, p.session, fetch.FailRequest, fetch.FailRequestParams{RequestID: paused.RequestID, ErrorReason: network.ErrorReasonFailed})
		return
	}
	_, _ = cdp.Call(ctx, p.session, fetch.FulfillRequest, fetch.FulfillRequestParams{ // a page that is gone needs none
		RequestID: paused.RequestID, ResponseCode: 200,
		ResponseHeaders: []*fetch.HeaderEntry{{Name: "Content-Type", Value: "text/html; charset=utf-8"}},
		Body:            []byte(html),
	})
}

// IsolatedWorlds are the origins of extensions that ran a script in the page
// apart from its own, since the driver attached to it.
func (p *Page) IsolatedWorlds() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.worlds...)
}

func (p *Page) enteredBy(created *runtime.EventExecutionContextCreated) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.worlds = append(p.worlds, created.Context.Origin)
}
