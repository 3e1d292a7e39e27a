//go:build !js

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/dealmark/dealmark/internal/e2e/rig"
	"github.com/dealmark/dealmark/internal/sandbox"
)

// bench is the world in which popups are opened.
type bench struct {
	progress io.Writer
	folder   string // of what is temporary: the extension and the browser's profile
	apollo   *rig.Apollo
	site     *companies
}

const key = "bench-key"

func newBench(ctx context.Context, progress io.Writer) (_ *bench, err error) {
	b := &bench{progress: progress}
	defer func() {
		if err != nil {
			err = errors.Join(err, b.close())
		}
	}()
	if b.folder, err = os.MkdirTemp("", "bench-"); err != nil {
		return b, err
	}
	b.say("compiling the empty program")
	if err = withEmpty(ctx, rig.ExtensionDir, b.extension()); err != nil {
		return b, err
	}
	if b.site, err = serveCompanies(); err != nil {
		return b, err
	}
	b.apollo, err = rig.ServeApollo(sandbox.Options{
		Keys:   []sandbox.Key{{Secret: key, Master: true}},
		Seed:   sandbox.DemoSeed(),
		Limits: &sandbox.Limits{}, // none: opens follow each other faster than a rep's
	})
	return b, err
}

func (b *bench) extension() string { return filepath.Join(b.folder, "extension") }
func (b *bench) profile() string   { return filepath.Join(b.folder, "profile") }

func (b *bench) say(format string, args ...any) {
	fmt.Fprintf(b.progress, "bench: "+format+"\n", args...)
}

func (b *bench) close() error {
	var err error
	if b.apollo != nil {
		err = b.apollo.Close()
	}
	if b.site != nil {
		err = errors.Join(err, b.site.close())
	}
	return errors.Join(err, os.RemoveAll(b.folder))
}

// measure opens the popup in all states.
func (b *bench) measure(ctx context.Context, opens int) (report, error) {
	r := report{Machine: machine()}
	again, err := b.launch(ctx)
	if err != nil {
		return r, err
	}
	alive, stopped, err := b.inOneBrowser(ctx, again, opens, &r)
	if err = errors.Join(err, again.Close()); err != nil {
		return r, err
	}
	fresh, err := b.inNewBrowsers(ctx, max(1, opens/5))
	r.add("opened again", alive)
	r.add("worker stopped", stopped)
	r.add("new browser", fresh)
	return r, err
}

// inOneBrowser warms the index and opens with a worker that is alive, then with
// one that was stopped.
func (b *bench) inOneBrowser(ctx context.Context, s *session, opens int, r *report) (alive, stopped samples, err error) {
	b.say("giving the extension its key, and opening the popup until the index is warm")
	if err = s.connect(ctx, b.apollo.Base()); err != nil {
		return nil, nil, err
	}
	if r.Machine.Chromium, err = s.version(ctx); err != nil {
		return nil, nil, err
	}
	for _, p := range []program{product, empty} {
		if err = s.visit(ctx, p); err != nil {
			return nil, nil, err
		}
	}
	if err = s.warm(ctx, b.apollo); err != nil {
		return nil, nil, err
	}
	b.say("opening %d times with the worker alive, in turns with the empty program", opens)
	if alive, err = b.rounds(ctx, opens, s.open, s.wake); err != nil {
		return nil, nil, err
	}
	b.say("opening %d times with the worker stopped", opens)
	stopped, err = b.rounds(ctx, opens, func(ctx context.Context, p program) (sample, error) {
		if err := s.StopWorker(ctx); err != nil {
			return nil, err
		}
		return s.open(ctx, p)
	}, nil)
	if err != nil {
		return nil, nil, err
	}
	b.say("saving %d times", max(opens, leastSaves))
	r.Save, err = s.saves(ctx, max(opens, leastSaves))
	return alive, stopped, err
}

// leastSaves is how many saves a 95th percentile takes.
const leastSaves = 40

// inNewBrowsers opens a first popup in one browser after the other, all with the
// profile in which the index is warm.
func (b *bench) inNewBrowsers(ctx context.Context, opens int) (samples, error) {
	b.say("opening %d times in a new browser", opens)
	return b.rounds(ctx, opens, func(ctx context.Context, p program) (_ sample, err error) {
		s, err := b.launch(ctx)
		if err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, s.Close()) }()
		if err := s.visit(ctx, p); err != nil {
			return nil, err
		}
		// What a browser does at its start is over when a rep first clicks.
		if err := sleep(ctx, time.Second); err != nil {
			return nil, err
		}
		return s.open(ctx, p)
	}, nil)
}

// rounds opens the product and the empty program in turns, so that what else the
// machine does strikes both. before, if there is one, comes before each open.
func (b *bench) rounds(ctx context.Context, n int, open func(context.Context, program) (sample, error), before func(context.Context) error) (samples, error) {
	all := samples{}
	for i := range n {
		for _, p := range []program{product, empty} {
			if before != nil {
				if err := before(ctx); err != nil {
					return nil, err
				}
			}
			one, err := open(ctx, p)
			if err != nil {
				return nil, fmt.Errorf("open %s: %w", p.name, err)
			}
			all[p] = append(all[p], one)
		}
		if done := i + 1; done%5 == 0 && done < n {
			b.say("  %d of %d", done, n)
		}
	}
	return all, nil
}
