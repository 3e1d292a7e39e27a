//go:build !js

package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// The states in which a popup is opened.
const (
	again   = "opened again"    // the worker is alive
	unknown = "unknown company" // the same, but nothing is known of the company
	stopped = "worker stopped"  // nothing of the extension runs
	fresh   = "new browser"     // the first popup since the browser started, with the profile in which the index is warm
)

// allStates are in the order in which they can be brought about: a worker that
// was stopped comes back when it is needed.
var allStates = []string{again, unknown, stopped, fresh}

// openIn brings about a state and opens a program in it.
func (s *session) openIn(ctx context.Context, state string, p program) (sample, error) {
	err := s.visit(ctx, p) // again, after an opening that failed
	if err != nil {
		return nil, err
	}
	switch state {
	case stopped:
		s.letWorkerGo()
		err = s.StopWorker(ctx)
	case unknown:
		err = s.forget(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("bring about %q: %w", state, err)
	}
	one, err := s.open(ctx, p)
	if errors.Is(err, errBrowser) {
		err = errors.Join(err, s.leave(ctx, p))
	}
	return one, err
}

// openFresh opens the first popup of a browser, whose profile is the one in which
// the index is warm.
func (b *bench) openFresh(ctx context.Context, p program) (one sample, err error) {
	return one, b.inBrowser(ctx, func(s *session) error {
		if err := s.visit(ctx, p); err != nil {
			return err
		}
		// What a browser does at its start is over when a rep first clicks.
		if err := sleep(ctx, time.Second); err != nil {
			return err
		}
		one, err = s.open(ctx, p)
		return err
	})
}
