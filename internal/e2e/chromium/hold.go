//go:build !js

package chromium

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/chromedp"
)

// Hold keeps every request back whose URL fits a pattern with *, of any page,
// until release: what takes long on another machine takes as long as a test
// needs. One pattern can be held at a time.
func (b *Browser) Hold(ctx context.Context, pattern string) (release func(context.Context) error, err error) {
	ctx, cancel := limited(ctx)
	defer cancel()
	var mu sync.Mutex
	var held []fetch.RequestID
	listening, stop := context.WithCancel(b.root)
	err = chromedp.ListenBrowser(listening, func(event any) {
		if paused, ok := event.(*fetch.EventRequestPaused); ok {
			mu.Lock()
			defer mu.Unlock()
			held = append(held, paused.RequestID)
		}
	})
	if err == nil {
		_, err = cdp.Call(ctx, b.session, fetch.Enable, fetch.EnableParams{Patterns: []*fetch.RequestPattern{{URLPattern: pattern}}})
	}
	if err != nil {
		stop()
		return nil, fmt.Errorf("hold requests for %s: %w", pattern, err)
	}
	return func(ctx context.Context) error {
		ctx, cancel := limited(ctx)
		defer cancel()
		defer stop()
		mu.Lock()
		defer mu.Unlock()
		for _, id := range held {
			_, err := cdp.Call(ctx, b.session, fetch.ContinueRequest, fetch.ContinueRequestParams{RequestID: id})
			if err != nil && !strings.Contains(err.Error(), "Invalid InterceptionId") { // the page that asked is gone
				return fmt.Errorf("release a request for %s: %w", pattern, err)
			}
		}
		if _, err := cdp.Call(ctx, b.session, fetch.Disable, cdp.Empty{}); err != nil {
			return fmt.Errorf("release requests for %s: %w", pattern, err)
		}
		return nil
	}, nil
}
