//go:build !js

// Command bench measures how long the popup takes to be of use: it opens the
// real popup in a real Chromium, again and again, and prints medians and 95th
// percentiles.
//
// Beside the product, in the same run and in turns with it, it opens the product's
// page with two other programs: a popup by hand in plain JavaScript
// (internal/e2e/testdata/plainjs), which does the same for a company, and an
// empty Go program of the same toolchain in place of the core. What these take
// is the floor of the browser and that of the toolchain. -beside adds another
// build of the product, so that a change can be measured against what it changes.
//
// It opens them in four states: again, with the worker alive; with the worker
// stopped; as the first popup of a browser that has just been started; and on a
// company that is not known yet.
//
// No debugger is attached to a popup while it loads. It is a benchmark and no
// test: no figure makes it fail.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "bench:", err)
		}
		stop()
		os.Exit(1)
	}
}

// run says what it does on stderr, so that stdout holds the figures only.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	var what plan
	flags.IntVar(&what.opens, "opens", 30, "open each popup `N` times in each state and for each delay")
	flags.IntVar(&what.saves, "saves", 40, "save `N` times; 0 for none")
	flags.StringVar(&what.beside, "beside", "", "measure another development build in this `folder` as well")
	states := flags.String("states", strings.Join(allStates, ","), "the `states` to open them in, separated by commas")
	delays := flags.String("delays", "0s,150ms,500ms", "how long Apollo takes to answer: `times` separated by commas")
	inBrowser := flags.Bool("index", false, "measure the index and the recognition of domains in WebAssembly instead")
	asJSON := flags.Bool("json", false, "print JSON in place of tables")
	if err := flags.Parse(args); err != nil {
		return err
	}
	what.states = strings.Split(*states, ",")
	for _, text := range strings.Split(*delays, ",") {
		delay, err := time.ParseDuration(text)
		if err != nil {
			return fmt.Errorf("-delays: %w", err)
		}
		what.delays = append(what.delays, delay)
	}
	for _, state := range what.states {
		if !slices.Contains(allStates, state) {
			return fmt.Errorf("-states: %q is none of %s", state, strings.Join(allStates, ", "))
		}
	}
	switch {
	case flags.NArg() > 0:
		return fmt.Errorf("unexpected argument %q", flags.Arg(0))
	case what.opens < 1:
		return fmt.Errorf("-opens %d: give 1 or more", what.opens)
	}
	if *inBrowser {
		return inBrowserBench(ctx, stdout, stderr)
	}
	b, err := newBench(ctx, what, stderr)
	if err != nil {
		return err
	}
	r, err := b.measure(ctx)
	err = errors.Join(err, b.close())
	switch {
	case len(r.States) == 0 && err != nil: // nothing was measured
	case *asJSON:
		encoder := json.NewEncoder(stdout)
		encoder.SetIndent("", "  ")
		err = errors.Join(err, encoder.Encode(r))
	default:
		err = errors.Join(err, r.print(stdout)) // also what was measured before it failed
	}
	return err
}
