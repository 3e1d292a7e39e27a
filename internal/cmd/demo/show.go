//go:build !js

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/dealmark/dealmark/internal/e2e/chromium"
	"github.com/dealmark/dealmark/internal/e2e/rig"
	"github.com/dealmark/dealmark/internal/sandbox"
)

const (
	pictures = "build/demo"
	key      = "demo-key-of-northwind-sales"
)

// show is everything that runs.
type show struct {
	*rig.Rig
	apollo *rig.Apollo
	taken  int // pictures so far
	close  func() error
}

func start(ctx context.Context, window bool) (*show, error) {
	// Pictures of an earlier run would pass for ones of this.
	if err := os.RemoveAll(pictures); err != nil {
		return nil, fmt.Errorf("empty %s: %w", pictures, err)
	}
	say("starting a local Apollo with the team of Northwind Sales")
	apollo, err := rig.ServeApollo(sandbox.Options{
		Keys: []sandbox.Key{rig.Narrow(key)}, Seed: sandbox.DemoSeed(), IDSeed: 1,
	})
	if err != nil {
		return nil, err
	}
	adopt()
	say("starting Chromium with %s", rig.ExtensionDir)
	browser, err := rig.Start(ctx, rig.Options{Window: window})
	if err != nil {
		return nil, errors.Join(err, apollo.Close())
	}
	return &show{Rig: browser, apollo: apollo, close: sync.OnceValue(func() error {
		return errors.Join(browser.Close(), apollo.Close(), bury())
	})}, nil
}

// shoot takes a picture of a page and numbers it.
func (s *show) shoot(ctx context.Context, page *chromium.Page, name string) error {
	s.taken++
	return page.Screenshot(ctx, filepath.Join(pictures, fmt.Sprintf("%02d-%s.png", s.taken, name)))
}

// leave lets a person go on in the window.
func (s *show) leave(ctx context.Context) {
	say("the window is yours: click the icon on the page. Close the window or press Ctrl+C to end")
	select {
	case <-s.Done():
	case <-ctx.Done():
	}
}
