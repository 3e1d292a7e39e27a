// Command sim plays the outbox against a simulated store, network and Apollo,
// with crashes, losses of power, clocks that jump, updates, and colleagues. It
// uses the product's own package, and looks at nothing but what the rep is shown
// and what Apollo has in the end. Nothing waits for a wall clock.
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

func main() {
	seeds := flag.Int("seeds", 10_000, "how many seeds to play")
	seed := flag.Uint64("seed", 0, "the first seed")
	name := flag.String("policy", "", "a mutant to play with, by its name in the table of -mutants")
	receiver := flag.String("receiver", "", `who carries the commands out: "apollo", "gateway", or "" for what the seed says`)
	story := flag.Bool("story", false, "tell what happens in the first seed, and play no other")
	all := flag.Bool("mutants", false, "play every mutant until it is caught, at most 1,000 seeds each")
	flag.Parse()
	// Memory for time: a seed leaves nothing behind.
	debug.SetGCPercent(800)
	if *all {
		if !playMutants(os.Stdout, mutants, 1000) {
			os.Exit(1)
		}
		return
	}
	r, err := rulesOf(*name, *receiver)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	if *story {
		r.story, *seeds = os.Stdout, 1
	}
	began := time.Now()
	sum, failed := playAll(*seed, *seeds, r, func(played, bad int) {
		took := time.Since(began)
		fmt.Fprintf(os.Stderr, "%d of %d seeds, %d failed, %.0f seeds/s\n", played, *seeds, bad, float64(played)/took.Seconds())
	}, func(f failure) {
		fmt.Fprintf(os.Stderr, "seed %d failed: %q\n", f.seed, f.faults)
	})
	print(os.Stdout, sum, time.Since(began))
	for _, f := range failed {
		fmt.Printf("\nseed %d failed:\n", f.seed)
		for _, what := range f.faults {
			fmt.Println("  " + what)
		}
		fmt.Println("  again: " + again(f.seed, *name, *receiver))
	}
	if len(failed) > 0 {
		os.Exit(1)
	}
}

// again is the command that plays one seed as it was played.
func again(seed uint64, policy, receiver string) string {
	command := fmt.Sprintf("go run ./internal/cmd/sim -seeds 1 -seed %d", seed)
	if policy != "" {
		command += fmt.Sprintf(" -policy %q", policy)
	}
	if receiver != "" {
		command += " -receiver " + receiver
	}
	return command
}

// rulesOf gives the rules that the flags name.
func rulesOf(policy, receiver string) (rules, error) {
	r := right()
	if policy != "" {
		m, ok := mutantNamed(policy)
		if !ok {
			return r, fmt.Errorf("no policy %q: -mutants lists them", policy)
		}
		r = m.rules()
	}
	switch receiver {
	case "":
	case "apollo", "gateway":
		r.receiver = receiver
	default:
		return r, fmt.Errorf("no receiver %q: apollo or gateway", receiver)
	}
	return r, nil
}

// failure is a seed in which something happened that must not.
type failure struct {
	seed   uint64
	faults []string
}

// playAll plays seeds on all processors; at most ten failures are kept, the
// lowest seeds. A long run tells now and then how far it is, and of each failure
// at once; nil for nobody.
func playAll(first uint64, seeds int, rules rules, progress func(played, bad int), failing func(failure)) (*tally, []failure) {
	sum := newTally()
	var failed []failure
	var mu sync.Mutex
	var group sync.WaitGroup
	var played, bad atomic.Int64
	workers := runtime.GOMAXPROCS(0)
	for worker := range workers {
		group.Go(func() {
			p := player{rules: rules, tally: newTally()}
			defer p.stacks.end()
			var mine []failure
			for i := worker; i < seeds; i += workers {
				seed := first + uint64(i)
				if w := p.play(seed); len(w.faults) > 0 {
					bad.Add(1)
					f := failure{seed, w.faults}
					if failing != nil {
						failing(f)
					}
					if len(mine) < 10 {
						mine = append(mine, f)
					}
				}
				if n := played.Add(1); n%20_000 == 0 && progress != nil {
					progress(int(n), int(bad.Load()))
				}
			}
			mu.Lock()
			defer mu.Unlock()
			sum.add(p.tally)
			failed = append(failed, mine...)
		})
	}
	group.Wait()
	slices.SortFunc(failed, func(a, b failure) int { return int(int64(a.seed) - int64(b.seed)) })
	return sum, failed[:min(len(failed), 10)]
}
