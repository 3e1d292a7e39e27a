//go:build !js

package chromium

import (
	"context"
	"fmt"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
)

// SetScripts lets the documents that the page loads from now on run scripts, or
// keeps them from it; Eval works in either.
func (p *Page) SetScripts(ctx context.Context, run bool) error {
	ctx, cancel := limited(ctx)
	defer cancel()
	_, err := cdp.Call(ctx, p.session, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !run})
	if err != nil {
		return fmt.Errorf("set whether scripts run: %w", err)
	}
	return nil
}

// Before evaluates a script in the documents that the page loads from now on,
// before their own.
func (p *Page) Before(ctx context.Context, script string) error {
	ctx, cancel := limited(ctx)
	defer cancel()
	_, err := cdp.Call(ctx, p.session, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
	if err != nil {
		return fmt.Errorf("evaluate before a document's scripts: %w", err)
	}
	return nil
}
