//go:build !js

package scene

import (
	"context"
	"fmt"

	"github.com/dealmark/dealmark/internal/e2e/chromium"
	"github.com/dealmark/dealmark/internal/e2e/rig"
)

// Size shows the state at a zoom, 2 for 200 %, and goes back with 1. The browser
// gives an open popup no other zoom, and no size but the one that it asks for. At
// 200 % one has 400 by 300 of its pixels: so it asks for those.
func (s Scene) Size(ctx context.Context, page *chromium.Page, zoom *chromium.Zoom, factor float64) error {
	if s.Page != "popup" {
		return rig.Do(
			func() error { return zoom.Set(ctx, factor) },
			func() error { return page.AtZoom(ctx, factor) })
	}
	height := 600 / factor
	return rig.Do(
		func() error {
			// The body is as high as the window, and would keep it so.
			return page.Eval(ctx, fmt.Sprintf(`(document.documentElement.style.blockSize = "%gpx", document.body.style.blockSize = "200px", 1)`, height), nil)
		},
		func() error { return page.WaitFor(ctx, fmt.Sprintf(`innerHeight === %g`, height)) },
		func() error {
			return page.Eval(ctx, `new Promise((done) => {
				document.body.style.blockSize = "";
				requestAnimationFrame(() => setTimeout(() => done(1)));
			})`, nil)
		})
}
