package main

// tally is what many seeds add up to.
type tally struct {
	seeds, operations, requests int
	unflushed, beyond           int
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
