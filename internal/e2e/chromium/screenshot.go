//go:build !js

package chromium

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
)

// Screenshot writes what the page shows, the popup at its own size, as a PNG
// with two device pixels to a CSS pixel in a headless browser, and with the
// display's own in a window. It makes the folder.
func (p *Page) Screenshot(ctx context.Context, path string) error {
	return p.capture(ctx, path, page.CaptureScreenshotParams{})
}

// ScreenshotWhole is a picture of all of a page in a tab, also of what has to be
// scrolled to. A popup cannot be captured so.
func (p *Page) ScreenshotWhole(ctx context.Context, path string) error {
	return p.capture(ctx, path, page.CaptureScreenshotParams{CaptureBeyondViewport: new(true)})
}

func (p *Page) capture(ctx context.Context, path string, how page.CaptureScreenshotParams) error {
	ctx, cancel := limited(ctx)
	defer cancel()
	how.Format, how.OptimizeForSpeed = page.CaptureScreenshotFormatPng, new(true) // more bytes in half the time
	shot, err := cdp.Call(ctx, p.session, page.CaptureScreenshot, how)
	if err != nil {
		return fmt.Errorf("screenshot: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("screenshot: %w", err)
	}
	if err := os.WriteFile(path, shot.Data, 0o644); err != nil {
		return fmt.Errorf("screenshot: %w", err)
	}
	return nil
}
