package main

import (
	"io"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
)

// seeds is how many are played in tests; a program in JavaScript is slow.
func seeds() int {
	if runtime.GOOS == "js" || testing.Short() {
		return 300
	}
	return 10_000
}

func TestNothingIsLostOrMadeTwice(t *testing.T) {
	sum, failed := playAll(0, seeds(), right(), nil)
	for _, f := range failed {
		t.Errorf("seed %d: %q; again: go run ./internal/cmd/sim -seeds 1 -seed %d", f.seed, f.faults, f.seed)
	}
	assert.Greater(t, float64(sum.faults())/float64(sum.operations), 1.0, "faults per operation")
	assert.Greater(t, sum.operations, 2*seeds())
}

func TestASeedIsAlwaysTheSame(t *testing.T) {
	for seed := range uint64(50) {
		first := (&player{rules: right(), tally: newTally()}).play(seed)
		again := (&player{rules: right(), tally: newTally()}).play(seed)
		assert.Equal(t, first.hash, again.hash, "seed %d", seed)
	}
}

func TestEveryMutantIsCaught(t *testing.T) {
	if seeds() < 1000 {
		t.Skip("a mutant may take a thousand seeds")
	}
	assert.True(t, playMutants(io.Discard, 1000), "go run ./internal/cmd/sim -mutants")
}

func BenchmarkSeed(b *testing.B) {
	p := player{rules: right(), tally: newTally()}
	for i := range b.N {
		p.play(uint64(i))
	}
}
