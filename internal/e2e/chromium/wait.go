//go:build !js

package chromium

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// WaitFor waits until a JavaScript expression, or what it promises, is true. The
// error says what the page showed when the time was up.
func (p *Page) WaitFor(ctx context.Context, condition string) error {
	return p.awaitTrue(ctx, condition, condition)
}

// awaitTrue waits for a condition and calls it by a name for people.
func (p *Page) awaitTrue(ctx context.Context, what, condition string) error {
	return p.await(ctx, what, func(ctx context.Context) (bool, error) {
		var ok bool
		err := p.Eval(ctx, "Promise.resolve("+condition+").then(Boolean)", &ok)
		return ok, err
	})
}

// WaitVisible waits until an element that the selector finds can be seen.
func (p *Page) WaitVisible(ctx context.Context, selector string) error {
	return p.awaitTrue(ctx, selector+" to be seen", call(`selector => document.querySelector(selector)?.checkVisibility({ visibilityProperty: true })`, selector))
}

// WaitText waits until the visible text of an element that the selector finds
// contains text.
func (p *Page) WaitText(ctx context.Context, selector, text string) error {
	return p.awaitTrue(ctx, fmt.Sprintf("%s to show %q", selector, text), call(`(selector, text) => [...document.querySelectorAll(selector)].some(e => e.innerText.includes(text))`, selector, text))
}

// Text returns an element's visible text. It waits for the element.
func (p *Page) Text(ctx context.Context, selector string) (string, error) {
	return p.read(ctx, selector, "innerText")
}

// Value returns the value of a field. It waits for the field.
func (p *Page) Value(ctx context.Context, selector string) (string, error) {
	return p.read(ctx, selector, "value")
}

func (p *Page) read(ctx context.Context, selector, property string) (string, error) {
	ctx, cancel := limited(ctx)
	defer cancel()
	if err := p.awaitTrue(ctx, selector, call(`selector => document.querySelector(selector)`, selector)); err != nil {
		return "", err
	}
	var text string
	err := p.Eval(ctx, call(`(selector, property) => String(document.querySelector(selector)[property])`, selector, property), &text)
	return text, err
}

// await polls until done is true. Its error shows the page. A document that is
// being replaced, or is not complete yet, fails to evaluate what it can evaluate
// later, so only a page that is gone ends the wait early.
func (p *Page) await(ctx context.Context, what string, done func(context.Context) (bool, error)) error {
	ctx, cancel := limited(ctx)
	defer cancel()
	var last error
	err := poll(ctx, func() (bool, error) {
		ok, err := done(ctx)
		switch {
		case isGone(err):
			return false, err
		case err != nil && ctx.Err() == nil:
			last = err
		}
		return ok && err == nil, nil
	})
	switch {
	case err == nil:
		return nil
	case isGone(err):
		return fmt.Errorf("wait for %s: the page has closed: %w", what, err)
	case last != nil:
		err = fmt.Errorf("%w: %w", err, last)
	}
	return fmt.Errorf("wait for %s: %w\n%s", what, err, p.describe(ctx))
}

// describe says what a person would see, for the error of a wait that failed.
// The wait has used up its own time, so this takes a second of its own.
func (p *Page) describe(ctx context.Context) string {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	var text string
	if err := p.Eval(ctx, `location.href + "\n" + (document.body?.innerText ?? "(no document)")`, &text); err != nil {
		return "the page cannot be read: " + err.Error()
	}
	const most = 4000
	if len(text) > most {
		text = text[:most] + "…"
	}
	if errors := p.ConsoleErrors(); len(errors) > 0 {
		text += "\nconsole errors:\n" + strings.Join(errors, "\n")
	}
	return "the page shows: " + text
}

// call is the expression that calls a JavaScript function with texts. JSON is
// the quoting that no text can leave.
func call(function string, arguments ...string) string {
	quoted := make([]string, len(arguments))
	for i, argument := range arguments {
		text, _ := json.Marshal(argument) // a string always has a JSON form
		quoted[i] = string(text)
	}
	return "(" + function + ")(" + strings.Join(quoted, ", ") + ")"
}
