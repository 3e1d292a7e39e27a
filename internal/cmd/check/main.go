//go:build !js

// Command check runs every check of the repository, one step after the other:
// format, vet, the tests natively and under js, the JavaScript's types, the
// builds and their size, and the tests in workerd and in a real browser.
//
// It says what each step does, shows what failed, and ends with a table of
// what ran and what did not, and a line of the form
//
//	tests: 812 passed, 0 failed, 3 skipped
//
// in which a step without tests that fails counts as one failed test. Names of
// steps as arguments choose these steps and what they need. With -nightly the
// steps are those that take hours; flags say how many.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"time"
)

var errFailed = errors.New("a step failed")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var n night
	nightly := flag.Bool("nightly", false, "run the checks that take hours, in place of the others")
	flag.IntVar(&n.seeds, "seeds", 1_000_000, "with -nightly: seeds of the simulator")
	flag.DurationVar(&n.fuzz, "fuzz", 10*time.Minute, "with -nightly: time for each fuzz target")
	flag.IntVar(&n.faults, "faults", 1000, "with -nightly: popups and browsers to end in the middle of a save")
	flag.IntVar(&n.kills, "kills", 100, "with -nightly: processes of the gateway to kill")
	flag.IntVar(&n.write, "operations", 10_000, "with -nightly: operations of each of two teams at the gateway")
	flag.Parse()
	chosen, err := steps, error(nil)
	if *nightly {
		chosen, err = n.steps(".")
	}
	if err == nil {
		err = run(ctx, flag.Args(), chosen, os.Stdout)
	}
	if err != nil {
		if !errors.Is(err, errFailed) {
			fmt.Fprintln(os.Stderr, "check:", err)
		}
		stop()
		os.Exit(1)
	}
}

// run runs the steps that names choose, all when there is none. A step that
// fails stops only the steps that need it.
func run(ctx context.Context, names []string, steps []step, stdout io.Writer) error {
	chosen, err := choose(names, steps)
	if err != nil {
		return err
	}
	var results []result
	for _, s := range steps {
		if !slices.Contains(chosen, s.name) {
			results = append(results, result{step: s, why: "not asked for"})
			continue
		}
		if need := failedNeed(s, results); need != "" {
			results = append(results, result{step: s, why: need + " failed"})
			continue
		}
		results = append(results, s.do(ctx, stdout))
	}
	return summarize(stdout, results)
}

// choose adds to the named steps what they need. A step needs only steps that
// come before it.
func choose(names []string, steps []step) ([]string, error) {
	var all []string
	for _, s := range steps {
		all = append(all, s.name)
	}
	for _, name := range names {
		if !slices.Contains(all, name) {
			return nil, fmt.Errorf("there is no step %q; the steps are %s", name, strings.Join(all, ", "))
		}
	}
	if len(names) == 0 {
		return all, nil
	}
	for _, s := range slices.Backward(steps) {
		if slices.Contains(names, s.name) {
			names = append(names, s.needs...)
		}
	}
	return names, nil
}

func failedNeed(s step, results []result) string {
	for _, r := range results {
		if slices.Contains(s.needs, r.step.name) && !r.ok() {
			return r.step.name
		}
	}
	return ""
}

// do runs the step and says so: before, because it may take minutes, and after.
func (s step) do(ctx context.Context, stdout io.Writer) result {
	fmt.Fprintf(stdout, "== %s: %s\n", s.name, s.what)
	start := time.Now()
	outcome := s.run(ctx)
	r := result{step: s, ran: true, outcome: outcome, took: time.Since(start)}
	if text := strings.TrimRight(outcome.output, "\n"); text != "" {
		fmt.Fprintln(stdout, text)
	}
	if outcome.err != nil {
		fmt.Fprintf(stdout, "%s failed: %v\n", s.name, outcome.err)
	}
	fmt.Fprintf(stdout, "   %s in %s\n", r.status(), seconds(r.took))
	return r
}
