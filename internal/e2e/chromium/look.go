//go:build !js

package chromium

import (
	"context"
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

// SetZoom sets the zoom of every page that is opened from now on, the popup's as
// well, as a person does in the browser's settings: 2 is 200 %.
func (b *Browser) SetZoom(ctx context.Context, factor float64) error {
	settings, err := b.OpenTab(ctx, "chrome://settings/appearance")
	if err != nil {
		return fmt.Errorf("set the zoom: %w", err)
	}
	set := `new Promise((done) => chrome.settingsPrivate.setDefaultZoom(` + strconv.FormatFloat(factor, 'g', -1, 64) + `, () => done(true)))`
	if err := settings.WaitFor(ctx, set); err != nil {
		return fmt.Errorf("set the zoom: %w", err)
	}
	return settings.Close(ctx)
}
