//go:build !js

package firefox

import (
	"context"
	"fmt"
	"strconv"
)

// Click clicks an element: in a tab with the mouse, which counts as the rep's
// own; in the popup and the sidebar, which no command can point into, as a script does.
func (p *Page) Click(ctx context.Context, selector string) error {
	element := "document.querySelector(" + strconv.Quote(selector) + ")"
	if err := p.WaitFor(ctx, element); err != nil {
		return err
	}
	if p.inside != "" {
		return p.Eval(ctx, element+".click()", nil)
	}
	if err := p.WaitFor(ctx, element+".getClientRects().length && !document.body.inert"); err != nil {
		return err
	}
	// A page behind another one takes no clicks, and the extension opens one when it
	// is installed.
	if err := p.Activate(ctx); err != nil {
		return fmt.Errorf("bring the page to the front: %w", err)
	}
	var at struct{ X, Y float64 }
	err := p.Eval(ctx, `(() => {
		const element = `+element+`;
		element.scrollIntoView({ block: "center", behavior: "instant" });
		const { x, y, width, height } = element.getBoundingClientRect();
		return { x: x + width / 2, y: y + height / 2 };
	})()`, &at)
	if err != nil {
		return err
	}
	err = p.browser.session.call(ctx, "input.performActions", map[string]any{
		"context": p.context,
		"actions": []any{map[string]any{"type": "pointer", "id": "mouse", "actions": []any{
			map[string]any{"type": "pointerMove", "x": int(at.X), "y": int(at.Y)},
			map[string]any{"type": "pointerDown", "button": 0},
			map[string]any{"type": "pointerUp", "button": 0},
		}}},
	}, nil)
	if err != nil {
		return fmt.Errorf("click %s: %w", selector, err)
	}
	return nil
}
