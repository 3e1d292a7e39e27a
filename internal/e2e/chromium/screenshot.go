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
// with two device pixels to a CSS pixel. It makes the folder.
func (p *Page) Screenshot(ctx context.Context, path string) error {
	ctx, cancel := limited(ctx)
	defer cancel()
	var size struct{ Width, Height float64 }
	if err := p.Eval(ctx, `({ width: innerWidth, height: innerHeight })`, &size); err != nil {
		return fmt.Errorf("screenshot: %w", err)
	}
	shot, err := cdp.Call(ctx, p.session, page.CaptureScreenshot, page.CaptureScreenshotParams{
		Format: page.CaptureScreenshotFormatPng,
		Clip:   &page.Viewport{Width: size.Width, Height: size.Height, Scale: 2},
	})
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
