//go:build !js

package chromium

import (
	"context"
	"fmt"
	"strings"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Click clicks the middle of the element that the selector finds, with the
// mouse. It waits until the element can be clicked: seen, enabled and covered
// by nothing.
func (p *Page) Click(ctx context.Context, selector string) error {
	release, err := p.PressOn(ctx, selector)
	if err != nil {
		return err
	}
	return release(ctx)
}

// PressOn is the first half of a click; release is the second, in the same place,
// whatever is there by then.
func (p *Page) PressOn(ctx context.Context, selector string) (release func(context.Context) error, err error) {
	ctx, cancel := limited(ctx)
	defer cancel()
	var at struct{ X, Y float64 }
	err = p.await(ctx, selector+" to click on", func(ctx context.Context) (bool, error) {
		var point *struct{ X, Y float64 }
		if err := p.Eval(ctx, call(clickPoint, selector), &point); err != nil || point == nil {
			return false, err
		}
		at = *point
		return true, nil
	})
	if err != nil {
		return nil, err
	}
	send := func(ctx context.Context, event input.DispatchMouseEventType) error {
		ctx, cancel := limited(ctx)
		defer cancel()
		_, err := chromedp.MouseEvent(event, at.X, at.Y, chromedp.ButtonLeft, chromedp.ClickCount(1))(ctx, p.session)
		// A click may close the page, as a link in the popup does. Then the release
		// of the button has nobody to answer it.
		if err != nil && !isGone(err) {
			return fmt.Errorf("click %s: %w", selector, err)
		}
		return nil
	}
	return func(ctx context.Context) error { return send(ctx, chromedp.MouseReleased) }, send(ctx, chromedp.MousePressed)
}

const clickPoint = `selector => {
	const element = document.querySelector(selector);
	if (!element?.checkVisibility({ visibilityProperty: true }) || element.disabled) return null;
	element.scrollIntoView({ block: "nearest", behavior: "instant" });
	const box = element.getBoundingClientRect();
	const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
	const hit = document.elementFromPoint(point.x, point.y);
	return element.contains(hit) || hit?.closest("label")?.control === element ? point : null;
}`

// Type puts the focus into a field and types, key by key, after what is there.
// In a select it chooses the option whose label begins with text.
func (p *Page) Type(ctx context.Context, selector, text string) error {
	ctx, cancel := limited(ctx)
	defer cancel()
	if err := p.focus(ctx, selector); err != nil {
		return err
	}
	if _, err := chromedp.KeyEvent(text)(ctx, p.session); err != nil {
		return fmt.Errorf("type into %s: %w", selector, err)
	}
	return nil
}

// Fill replaces what is in a field: it selects all, deletes and types.
func (p *Page) Fill(ctx context.Context, selector, text string) error {
	ctx, cancel := limited(ctx)
	defer cancel()
	if err := p.focus(ctx, selector); err != nil {
		return err
	}
	for _, key := range []string{"Control+a", "Backspace"} {
		if err := p.Press(ctx, key); err != nil {
			return err
		}
	}
	return p.Type(ctx, selector, text)
}

// focus waits for a field that takes input and moves the focus there, with the
// caret at the end of its text.
func (p *Page) focus(ctx context.Context, selector string) error {
	return p.awaitTrue(ctx, selector+" to take the focus", call(`selector => {
		const element = document.querySelector(selector);
		if (!element || element.disabled) return false;
		if (document.activeElement !== element) {
			element.focus();
			element.setSelectionRange?.(element.value.length, element.value.length);
		}
		return document.activeElement === element;
	}`, selector))
}

// Press presses one key where the focus is: a character, or a name as
// KeyboardEvent.key has it, with modifiers before it, as in "Enter",
// "Shift+Tab" and "Control+a".
func (p *Page) Press(ctx context.Context, key string) error {
	ctx, cancel := limited(ctx)
	defer cancel()
	code, held, err := parseKey(key)
	if err != nil {
		return err
	}
	_, err = chromedp.KeyEvent(code, chromedp.KeyModifiers(held))(ctx, p.session)
	if err != nil && !isGone(err) { // the key may have closed the popup
		return fmt.Errorf("press %s: %w", key, err)
	}
	return nil
}

func parseKey(key string) (code string, held chromedp.Modifier, err error) {
	parts := strings.Split(key, "+")
	for _, name := range parts[:len(parts)-1] {
		modifier, ok := modifiers[name]
		if !ok {
			return "", 0, fmt.Errorf("press %s: there is no modifier %q", key, name)
		}
		held |= modifier
	}
	name := parts[len(parts)-1]
	if code, ok := keys[name]; ok {
		return code, held, nil
	}
	if len([]rune(name)) != 1 {
		return "", 0, fmt.Errorf("press %s: there is no key %q", key, name)
	}
	return name, held, nil
}

var modifiers = map[string]chromedp.Modifier{
	"Alt":     chromedp.ModifierAlt,
	"Control": chromedp.ModifierCtrl,
	"Meta":    chromedp.ModifierMeta,
	"Shift":   chromedp.ModifierShift,
}

var keys = map[string]string{
	"ArrowDown":  kb.ArrowDown,
	"ArrowLeft":  kb.ArrowLeft,
	"ArrowRight": kb.ArrowRight,
	"ArrowUp":    kb.ArrowUp,
	"Backspace":  kb.Backspace,
	"Delete":     kb.Delete,
	"End":        kb.End,
	"Enter":      kb.Enter,
	"Escape":     kb.Escape,
	"Home":       kb.Home,
	"PageDown":   kb.PageDown,
	"PageUp":     kb.PageUp,
	"Space":      " ",
	"Tab":        kb.Tab,
}
