package main

import (
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// seeds is how many are played in tests: all of them natively; a tenth with the
// race detector, which is slow and finds nothing in a program of one thread per
// seed; fewer where a program is slower still.
func seeds() int {
	switch {
	case runtime.GOOS == "js" || testing.Short():
		return 300
	case raceDetector:
		return 1000
	}
	return 10_000
}

func TestNothingIsLostOrMadeTwice(t *testing.T) {
	sum, failed := playAll(0, seeds(), right(), nil, nil)
	for _, f := range failed {
		t.Errorf("seed %d: %q; again: %s", f.seed, f.faults, again(f.seed, "", ""))
	}
	assert.Empty(t, sum.wrong)
	assert.Greater(t, float64(sum.faults())/float64(sum.operations), 1.0, "faults per operation")
	assert.Greater(t, sum.operations, 2*seeds())
	if seeds() < 10_000 {
		return
	}
	for at, ends := range sum.ends {
		assert.Positive(t, ends, "no context ended at %q", pointNames[at])
	}
	for kind, names := range counterparts {
		for _, name := range names {
			assert.Positive(t, sum.hits[name], "%s: %q never struck", kind, name)
		}
	}
	for _, question := range []string{"exists", "unconfirmed", "duplicate", "conflict"} {
		assert.Positive(t, sum.questions[question], question)
	}
}

func TestAReceiverThatKnowsIDsIsNeverAskedInVain(t *testing.T) {
	sum, failed := playAll(0, seeds()/5, rules{policy: right().policy, receiver: "gateway"}, nil, nil)
	assert.Empty(t, failed)
	assert.Empty(t, sum.wrong)
	assert.Zero(t, sum.beyond, "a gateway makes nothing twice, however late it hears")
}

func TestASeedIsAlwaysTheSame(t *testing.T) {
	used := &player{rules: right(), tally: newTally()}
	used.play(1_000_000)
	for seed := range uint64(50) {
		first := (&player{rules: right(), tally: newTally()}).play(seed)
		again := used.play(seed)
		assert.Equal(t, first.hash, again.hash, "seed %d", seed)
	}
}

func TestEveryMutantIsCaught(t *testing.T) {
	if seeds() < 1000 {
		t.Skip("a mutant may take a thousand seeds")
	}
	assert.GreaterOrEqual(t, len(mutants), 20)
	var table strings.Builder
	assert.True(t, playMutants(&table, mutants, 1000), "go run ./internal/cmd/sim -mutants\n%s", &table)
}

func TestAMutantThatSurvivesIsAFailure(t *testing.T) {
	assert.False(t, playMutants(io.Discard, []mutant{{"right after all", func(*rules) {}}}, 3))
}

func TestAFailedSeedSaysHowToPlayItAgain(t *testing.T) {
	assert.Equal(t, "go run ./internal/cmd/sim -seeds 1 -seed 7", again(7, "", ""))
	assert.Equal(t, `go run ./internal/cmd/sim -seeds 1 -seed 7 -policy "no quarantine" -receiver apollo`, again(7, "no quarantine", "apollo"))
	for flags, says := range map[[2]string]string{
		{"no such", ""}: "-mutants lists them", {"", "post"}: "apollo or gateway",
	} {
		_, err := rulesOf(flags[0], flags[1])
		assert.ErrorContains(t, err, says)
	}
	r, err := rulesOf("no quarantine", "apollo")
	require.NoError(t, err)
	assert.Zero(t, r.policy.Quarantine)
	assert.Equal(t, "apollo", r.receiver)
}

func TestWhatIsPrinted(t *testing.T) {
	sum, _ := playAll(0, 200, right(), nil, nil)
	var out strings.Builder
	print(&out, sum, time.Second)
	for _, says := range []string{
		"200 seeds, ", " operations, ", " faults per operation", "\n  late commit ", "\n  create: on its way ", "\n  unconfirmed ",
		"duplicates 0, lost 0, wrongly merged 0, overwritten 0", "200 seeds/s", "trace ",
	} {
		assert.Contains(t, out.String(), says)
	}
}

func BenchmarkSeed(b *testing.B) {
	p := player{rules: right(), tally: newTally()}
	for i := range b.N {
		p.play(uint64(i))
	}
}
