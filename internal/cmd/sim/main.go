// Command sim plays the outbox against a simulated store, network and Apollo,
// with crashes, losses of power, clocks that jump, and colleagues. It uses the
// product's own package, and looks at nothing but what the rep is shown and what
// Apollo has in the end. Nothing waits for a wall clock.
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/dealmark/dealmark/internal/outbox"
)

func main() {
	seeds := flag.Int("seeds", 10_000, "how many seeds to play")
	seed := flag.Uint64("seed", 0, "the first seed")
	name := flag.String("policy", "", "a mutant to play with, by its name in the table of -mutants")
	mutants := flag.Bool("mutants", false, "play every mutant until it is caught, at most 1,000 seeds each")
	flag.Parse()
	if *mutants {
		if !playMutants(os.Stdout, 1000) {
			os.Exit(1)
		}
		return
	}
	policy, seams := outbox.DefaultPolicy(), seams{}
	suffix := ""
	if *name != "" {
		m, ok := mutantNamed(*name)
		if !ok {
			fmt.Fprintf(os.Stderr, "no policy %q: -mutants lists them\n", *name)
			os.Exit(2)
		}
		policy, seams = m.apply()
		suffix = fmt.Sprintf(" -policy %q", *name)
	}
	began := time.Now()
	sum, failed := playAll(*seed, *seeds, policy, seams)
	print(sum, time.Since(began))
	for _, f := range failed {
		fmt.Printf("\nseed %d failed:\n", f.seed)
		for _, what := range f.faults {
			fmt.Println("  " + what)
		}
		fmt.Printf("  again: go run ./internal/cmd/sim -seeds 1 -seed %d%s\n", f.seed, suffix)
	}
	if len(failed) > 0 {
		os.Exit(1)
	}
}

// failure is a seed in which something happened that must not.
type failure struct {
	seed   uint64
	faults []string
}

// playAll plays seeds on all processors; at most ten failures are kept, the
// lowest seeds.
func playAll(first uint64, seeds int, policy outbox.Policy, seams seams) (*tally, []failure) {
	sum := newTally()
	var failed []failure
	var mu sync.Mutex
	var group sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for worker := range workers {
		group.Go(func() {
			t := newTally()
			var mine []failure
			for i := worker; i < seeds; i += workers {
				seed := first + uint64(i)
				if w := play(seed, policy, seams, t); len(w.faults) > 0 && len(mine) < 10 {
					mine = append(mine, failure{seed, w.faults})
				}
			}
			mu.Lock()
			defer mu.Unlock()
			sum.add(t)
			failed = append(failed, mine...)
		})
	}
	group.Wait()
	slices.SortFunc(failed, func(a, b failure) int { return int(int64(a.seed) - int64(b.seed)) })
	return sum, failed[:min(len(failed), 10)]
}

func print(t *tally, took time.Duration) {
	fmt.Printf("%d seeds, %d operations, %d requests, %.2f faults per operation\n",
		t.seeds, t.operations, t.requests, float64(t.faults())/float64(max(t.operations, 1)))
	table("faults", t.hits)
	table("questions to the rep", t.questions)
	fmt.Printf("  %-32s %d\n", "marks lost with the power", t.unflushed)
	fmt.Printf("  %-32s %d\n", "beyond every promise, reported", t.beyond)
	fmt.Printf("duplicates %d, lost %d, wrongly merged %d, overwritten %d, disordered %d, stuck %d, early %d, storms %d\n",
		t.wrong["duplicate"], t.wrong["lost"], t.wrong["merged"], t.wrong["overwritten"], t.wrong["disordered"], t.wrong["stuck"], t.wrong["early"], t.wrong["storm"])
	fmt.Printf("trace %016x; %.1f s, %.0f seeds/s\n", t.hash, took.Seconds(), float64(t.seeds)/took.Seconds())
}

func table(title string, counts map[string]int) {
	fmt.Println(title)
	var names []string
	for name := range counts {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Printf("  %-32s %d\n", name, counts[name])
	}
}
