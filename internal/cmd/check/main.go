//go:build !js

// Command check runs every check of the repository, one step after the other, or
// beside a step that leaves a core idle:
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
	"sync"
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
	results := make([]result, len(steps))
	ended := make([]chan struct{}, len(steps))
	said := &lines{to: stdout}
	var all sync.WaitGroup
	for i, s := range steps {
		ended[i] = make(chan struct{})
		all.Go(func() {
			defer close(ended[i])
			for j, before := range steps[:i] {
				if before.name != s.beside {
					<-ended[j]
				}
			}
			switch need := failedNeed(s, steps[:i], results); {
			case !slices.Contains(chosen, s.name):
				results[i] = result{step: s, why: "not asked for"}
			case need != "":
				results[i] = result{step: s, why: need + " failed"}
			default:
				results[i] = s.do(ctx, said)
			}
		})
	}
	all.Wait()
	return summarize(stdout, results)
}

// lines are of several steps at once: what is written together stays together.
type lines struct {
	mu sync.Mutex
	to io.Writer
}

func (l *lines) Write(text []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.to.Write(text)
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

// failedNeed reads no result but those of the needs: others may not be there yet.
func failedNeed(s step, before []step, results []result) string {
	for i, earlier := range before {
		if slices.Contains(s.needs, earlier.name) && !results[i].ok() {
			return earlier.name
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
	text := strings.TrimRight(outcome.output, "\n")
	if text != "" {
		text += "\n"
	}
	if outcome.err != nil {
		text += fmt.Sprintf("%s failed: %v\n", s.name, outcome.err)
	}
	fmt.Fprintf(stdout, "%s   %s: %s in %s\n", text, s.name, r.status(), seconds(r.took))
	return r
}
