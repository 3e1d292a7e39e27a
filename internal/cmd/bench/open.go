//go:build !js

package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/dealmark/dealmark/internal/e2e/chromium"
)

// settle is how long a popup is left alone at first: several times what it takes.
const settle = 700 * time.Millisecond

// sample is one open: the marks that the popup's scripts set, and "paint", the
// browser's first; each in ms since the document began.
type sample map[string]float64

func (s sample) has(mark string) bool {
	_, ok := s[mark]
	return ok
}

const readMarks = `Object.fromEntries([
	...performance.getEntriesByType("mark").map(({ name, startTime }) => [name, startTime]),
	...performance.getEntriesByName("first-paint").map(({ startTime }) => ["paint", startTime]),
])`

// open opens a popup, reads its marks and closes it. A popup that is not done
// when it is looked at is not counted but opened again and left alone for longer:
// a debugger would slow down the rest.
func (s *session) open(ctx context.Context, p program) (sample, error) {
	for wait := settle; wait < 10*settle; wait *= 2 {
		popup, err := s.popup(ctx, p, wait)
		if err != nil {
			return nil, err
		}
		var marks sample
		err = popup.Eval(ctx, readMarks, &marks)
		if err = errors.Join(err, popup.Close(ctx)); err != nil {
			return nil, err
		}
		if marks.has("start") && marks.has(p.last) && marks.has("paint") {
			return marks, nil
		}
	}
	return nil, fmt.Errorf("after %s a mark of start, %s and paint is missing still", 8*settle, p.last)
}

// popup clicks the icon on a program's tab, leaves the popup alone for a while
// and attaches to it.
func (s *session) popup(ctx context.Context, p program, wait time.Duration) (*chromium.Page, error) {
	tab := s.tabs[p]
	if err := tab.Activate(ctx); err != nil {
		return nil, err
	}
	if err := tab.TriggerIcon(ctx); err != nil {
		return nil, err
	}
	if err := sleep(ctx, wait); err != nil {
		return nil, err
	}
	return s.FindPage(ctx, s.ExtensionURL(p.dir+"popup.html"))
}
