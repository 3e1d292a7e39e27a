//go:build !js

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/dealmark/dealmark/internal/e2e/companysite"
	"github.com/dealmark/dealmark/internal/e2e/rig"
	"github.com/dealmark/dealmark/internal/sandbox"
)

// bench is the world in which popups are opened.
type bench struct {
	plan
	progress io.Writer
	began    time.Time
	folder   string // of what is temporary: the extension and the browser's profile
	programs []program
	apollo   *rig.Apollo
	site     *rig.Server
	told     collector
	marks    *rig.Server
}

// plan is what to measure.
type plan struct {
	opens  int             // of each program, in each state and for each delay
	states []string        // names of allStates
	delays []time.Duration // of Apollo's answers
	beside string          // folder of another build, "" for none
	saves  int
}

const key = "bench-key"

func newBench(ctx context.Context, what plan, progress io.Writer) (_ *bench, err error) {
	b := &bench{plan: what, progress: progress, began: time.Now(), told: make(collector)}
	defer func() {
		if err != nil {
			err = errors.Join(err, b.close())
		}
	}()
	if b.folder, err = os.MkdirTemp("", "bench-"); err != nil {
		return b, err
	}
	if b.marks, err = rig.Serve(b.told); err != nil {
		return b, err
	}
	b.programs = []program{product, plain, empty}
	if b.beside != "" {
		b.programs = append(b.programs, beside)
	}
	b.say("compiling the empty program")
	if err = assemble(ctx, b.beside, b.extension(), "http://"+b.marks.Addr+"/"); err != nil {
		return b, err
	}
	if b.site, err = rig.Serve(companysite.Handler()); err != nil {
		return b, err
	}
	b.apollo, err = rig.ServeApollo(sandbox.Options{
		Keys:   []sandbox.Key{rig.Narrow(key)},
		Seed:   sandbox.DemoSeed(),
		Limits: &sandbox.Limits{}, // none: opens follow each other faster than a rep's
	})
	return b, err
}

func (b *bench) extension() string { return filepath.Join(b.folder, "extension") }
func (b *bench) profile() string   { return filepath.Join(b.folder, "profile") }

func (b *bench) say(format string, args ...any) {
	fmt.Fprintf(b.progress, "bench: %3.0f s: "+format+"\n", append([]any{time.Since(b.began).Seconds()}, args...)...)
}

func (b *bench) close() error {
	var err error
	if b.apollo != nil {
		err = b.apollo.Close()
	}
	for _, s := range []*rig.Server{b.site, b.marks} {
		if s != nil {
			err = errors.Join(err, s.Close())
		}
	}
	return errors.Join(err, os.RemoveAll(b.folder))
}

// measure opens the popups in all states. With an error, the report holds what was
// measured before it.
func (b *bench) measure(ctx context.Context) (r report, err error) {
	r.Machine = machine()
	err = b.inBrowser(ctx, func(s *session) error {
		b.say("giving the extension its key, and opening each popup until its index is warm")
		if err := s.connect(ctx, b.apollo.Base()); err != nil {
			return err
		}
		if r.Machine.Chromium, err = s.version(ctx); err != nil {
			return err
		}
		if err := b.warm(ctx, s); err != nil {
			return err
		}
		for _, state := range allStates {
			if state == fresh || !slices.Contains(b.states, state) {
				continue
			}
			if err := b.measureState(ctx, &r, state, func(p program) (sample, error) { return s.openIn(ctx, state, p) }); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && slices.Contains(b.states, fresh) {
		err = b.measureState(ctx, &r, fresh, func(p program) (sample, error) { return b.openFresh(ctx, p) })
	}
	if err == nil && b.saves > 0 {
		err = b.inBrowser(ctx, func(s *session) error {
			b.say("saving %d times", b.saves)
			b.apollo.ClearFaults()
			if err := s.visit(ctx, product); err != nil {
				return err
			}
			r.Save, err = s.saves(ctx, b.saves)
			return err
		})
	}
	return r, err
}

// inBrowser does something in a browser of its own.
func (b *bench) inBrowser(ctx context.Context, do func(*session) error) error {
	s, err := b.launch(ctx)
	if err != nil {
		return err
	}
	return errors.Join(do(s), s.Close())
}

// measureState opens the programs in one state, with each delay.
func (b *bench) measureState(ctx context.Context, r *report, state string, open func(program) (sample, error)) error {
	for i, delay := range b.delays {
		b.say("%s, Apollo answering after %s: %d opens of each", state, delay, b.opens)
		b.apollo.ClearFaults()
		b.apollo.SetFault(sandbox.Fault{Kind: sandbox.FaultDelay, Delay: sandbox.Duration(delay)})
		all, again, err := b.rounds(ctx, b.opened(state, i == 0), open)
		r.add(State{Name: state, Delay: int(delay.Milliseconds()), Again: again}, b.programs, all)
		if err != nil {
			return fmt.Errorf("%s, Apollo answering after %s: %w", state, delay, err)
		}
	}
	return nil
}

// opened are the programs that a state and a delay say something of: the empty
// one knows no company, and asks Apollo nothing.
func (b *bench) opened(state string, firstDelay bool) []program {
	if state != unknown && firstDelay {
		return b.programs
	}
	return slices.DeleteFunc(slices.Clone(b.programs), func(p program) bool { return p == empty })
}

// rounds opens programs in turns, so that what else the machine does strikes
// all of them, and counts the openings that were tried again.
func (b *bench) rounds(ctx context.Context, programs []program, open func(program) (sample, error)) (all samples, again int, err error) {
	all = samples{}
	for i := range b.opens {
		for _, p := range programs {
			one, err := open(p)
			if errors.Is(err, errBrowser) && ctx.Err() == nil {
				b.say("  opening %s once more: %s", p.name, err)
				again++
				one, err = open(p)
			}
			if err != nil {
				return all, again, fmt.Errorf("open %s: %w", p.name, err)
			}
			all[p] = append(all[p], one)
		}
		if done := i + 1; done%10 == 0 && done < b.opens {
			b.say("  %d of %d", done, b.opens)
		}
	}
	return all, again, nil
}

// warm opens each popup until the index knows the company, and proves that its
// form and list are then there without an answer from Apollo.
func (b *bench) warm(ctx context.Context, s *session) error {
	defer b.apollo.ClearFaults()
	for _, delay := range []time.Duration{0, time.Minute} {
		b.apollo.SetFault(sandbox.Fault{Kind: sandbox.FaultDelay, Delay: sandbox.Duration(delay)})
		for _, p := range b.programs {
			if err := s.visit(ctx, p); err != nil {
				return err
			}
			if _, err := s.open(ctx, p); err != nil {
				return fmt.Errorf("open %s with Apollo answering after %s: %w", p.name, delay, err)
			}
		}
		if delay == 0 {
			if err := quiet(ctx, b.apollo); err != nil {
				return err
			}
		}
	}
	return nil
}
