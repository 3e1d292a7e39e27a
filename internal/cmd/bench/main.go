//go:build !js

// Command bench measures how long the popup takes to be of use: it opens the
// real popup in a real Chromium, again and again, on a company whose account and
// opportunities are in the index, and prints medians and 95th percentiles.
//
// Beside the product, in the same run and in turns with it, it opens the same
// popup with an empty Go program of the same toolchain in place of the core:
// what is left then is the floor of the toolchain and of the browser. It opens
// both in three states: again, with the worker alive; with the worker stopped;
// and as the first popup of a browser that has just been started.
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
	"syscall"
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
	opens := flags.Int("opens", 15, "open each popup `N` times in each state; in a new browser a fifth as often")
	asJSON := flags.Bool("json", false, "print JSON in place of a table")
	if err := flags.Parse(args); err != nil {
		return err
	}
	switch {
	case flags.NArg() > 0:
		return fmt.Errorf("unexpected argument %q", flags.Arg(0))
	case *opens < 1:
		return fmt.Errorf("-opens %d: give 1 or more", *opens)
	}
	b, err := newBench(ctx, stderr)
	if err != nil {
		return err
	}
	r, err := b.measure(ctx, *opens)
	if err = errors.Join(err, b.close()); err != nil {
		return err
	}
	if *asJSON {
		encoder := json.NewEncoder(stdout)
		encoder.SetIndent("", "  ")
		return encoder.Encode(r)
	}
	return r.print(stdout)
}
