//go:build !js

package chromium

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
)

// SetDark shows the page as on a system with a dark theme, or with a light one,
// whatever the browser's own is.
func (p *Page) SetDark(ctx context.Context, dark bool) error {
	ctx, cancel := limited(ctx)
	defer cancel()
	feature := &emulation.MediaFeature{Name: "prefers-color-scheme", Value: "light"}
	if dark {
		feature.Value = "dark"
	}
	_, err := cdp.Call(ctx, p.session, emulation.SetEmulatedMedia,
		emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{feature}})
	if err != nil {
		return fmt.Errorf("set the theme: %w", err)
	}
	return nil
}

// Zoom is a tab with the browser's own settings, in which a person sets the zoom of
// every page: at once of those in tabs and in the side panel, of a popup when it is
// opened the next time.
type Zoom struct{ settings *Tab }

// OpenZoom opens it. It stays open, for an open popup closes when a tab comes in
// front: so do this before the popup is there.
func (b *Browser) OpenZoom(ctx context.Context) (*Zoom, error) {
	settings, err := b.OpenTab(ctx, "chrome://settings/appearance")
	if err != nil {
		return nil, fmt.Errorf("open the zoom: %w", err)
	}
	return &Zoom{settings}, nil
}

// Set sets the zoom: 2 is 200 %.
func (z *Zoom) Set(ctx context.Context, factor float64) error {
	set := `new Promise((done) => chrome.settingsPrivate.setDefaultZoom(` + strconv.FormatFloat(factor, 'g', -1, 64) + `, () => done(true)))`
	if err := z.settings.WaitFor(ctx, set); err != nil {
		return fmt.Errorf("set the zoom: %w", err)
	}
	return nil
}

// Close goes back to 100 % and closes the tab.
func (z *Zoom) Close(ctx context.Context) error {
	return errors.Join(z.Set(ctx, 1), z.settings.Close(ctx))
}

// AtZoom waits until the page has a zoom, and what follows from its new size.
func (p *Page) AtZoom(ctx context.Context, factor float64) error {
	const settled = `devicePixelRatio === %g && new Promise((done) => setTimeout(() => requestAnimationFrame(() => done(true)), 100))`
	return p.awaitTrue(ctx, fmt.Sprintf("a zoom of %g", factor), fmt.Sprintf(settled, factor*2))
}
