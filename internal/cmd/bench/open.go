//go:build !js

package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// sample is one open: what marks.js saw, in ms since the document began.
type sample map[string]float64

// errBrowser is wrapped by what went wrong before a program ran at all: such an
// opening says nothing of the program, and is tried again.
var errBrowser = errors.New("the browser failed")

// open opens a popup and waits until it has told its marks and closed itself. No
// debugger is attached meanwhile.
func (s *session) open(ctx context.Context, p program) (sample, error) {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	tab := s.tabs[p]
	if err := tab.Activate(ctx); err != nil {
		return nil, fmt.Errorf("%w: %w", errBrowser, err)
	}
	if err := tab.TriggerIcon(ctx); err != nil {
		return nil, fmt.Errorf("%w: %w", errBrowser, err)
	}
	select {
	case <-ctx.Done():
		return nil, fmt.Errorf("%w: the popup told nothing in 20 s", errBrowser)
	case one := <-s.told:
		switch {
		case one.Program != p.name:
			return nil, fmt.Errorf("%w: the popup of %s answered", errBrowser, one.Program)
		case len(one.Missing) > 0:
			return nil, fmt.Errorf("after 8 s it is missing still: %s", strings.Join(one.Missing, ", "))
		}
		// A click while one is open would close that one.
		return one.Marks, s.AwaitClosed(ctx, s.ExtensionURL(p.dir+"popup.html"))
	}
}
