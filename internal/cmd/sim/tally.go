package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"time"
)

// tally is what many seeds add up to.
type tally struct {
	seeds, operations, requests int
	unflushed, beyond, untrue   int
	ends                        [points]int // of contexts, at each point
	hits, wrong, questions      map[string]int
	hash                        uint64
}

func newTally() *tally {
	return &tally{hits: map[string]int{}, wrong: map[string]int{}, questions: map[string]int{}}
}

func (t *tally) add(o *tally) {
	t.seeds += o.seeds
	t.operations += o.operations
	t.requests += o.requests
	t.unflushed += o.unflushed
	t.beyond += o.beyond
	t.untrue += o.untrue
	for at, n := range o.ends {
		t.ends[at] += n
	}
	t.hash += o.hash
	for name, n := range o.hits {
		t.hits[name] += n
	}
	for name, n := range o.wrong {
		t.wrong[name] += n
	}
	for name, n := range o.questions {
		t.questions[name] += n
	}
}

func (t *tally) faults() (n int) {
	for _, hits := range t.hits {
		n += hits
	}
	return n
}

func (t *tally) bad() (n int) {
	for _, wrong := range t.wrong {
		n += wrong
	}
	return n
}

// print writes a tally for people.
func print(out io.Writer, t *tally, took time.Duration) {
	fmt.Fprintf(out, "%d seeds, %d operations, %d requests, %.2f faults per operation\n",
		t.seeds, t.operations, t.requests, float64(t.faults())/float64(max(t.operations, 1)))
	table(out, "faults", t.hits)
	ends := map[string]int{}
	for at, n := range t.ends {
		ends[pointNames[at]] = n
	}
	table(out, "ends of a context, by the moment", ends)
	table(out, "questions to the rep", t.questions)
	table(out, "what nobody can promise", map[string]int{
		"two, for one was stored far too late": t.beyond, "Apollo said stored, and it was not": t.untrue,
	})
	fmt.Fprintf(out, "%d writes that a disk called safe were lost with the power\n", t.unflushed)
	fmt.Fprintf(out, "duplicates %d, lost %d, wrongly merged %d, overwritten %d, disordered %d, stuck %d, early %d, storms %d, asked in vain %d\n",
		t.wrong["duplicate"], t.wrong["lost"], t.wrong["merged"], t.wrong["overwritten"], t.wrong["disordered"], t.wrong["stuck"], t.wrong["early"], t.wrong["storm"], t.wrong["asked"])
	fmt.Fprintf(out, "trace %016x; %.1f s, %.0f seeds/s\n", t.hash, took.Seconds(), float64(t.seeds)/took.Seconds())
}

func table(out io.Writer, title string, counts map[string]int) {
	fmt.Fprintln(out, title)
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprintf(out, "  %-36s %d\n", name, counts[name])
	}
}
