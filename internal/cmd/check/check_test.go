//go:build !js

package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func passing(context.Context) outcome {
	return outcome{tally: tally{passed: 2, skipped: []string{"p T: later"}}}
}
func failing(context.Context) outcome {
	return outcome{output: "why it broke", err: errors.New("broken")}
}

func checked(steps []step, names ...string) (said string, err error) {
	var stdout bytes.Buffer
	err = run(context.Background(), names, steps, &stdout)
	return stdout.String(), err
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	return lines[len(lines)-1]
}

func TestRun(t *testing.T) {
	build, tests := step{name: "build", run: passing}, step{name: "tests", run: passing, needs: []string{"build"}}

	t.Run("all pass", func(t *testing.T) {
		said, err := checked([]step{build, tests})
		require.NoError(t, err)
		assert.Equal(t, "tests: 4 passed, 0 failed, 2 skipped", lastLine(said))
		assert.Contains(t, said, "skipped:\n  p T: later")
	})
	t.Run("a failure stops what needs it and nothing else", func(t *testing.T) {
		said, err := checked([]step{{name: "build", run: failing}, tests, {name: "other", run: passing}})
		assert.ErrorIs(t, err, errFailed)
		assert.Contains(t, said, "why it broke")
		assert.Regexp(t, `build +FAILED`, said)
		assert.Regexp(t, `tests +not run +build failed`, said)
		assert.Regexp(t, `other +passed`, said)
		assert.Equal(t, "tests: 2 passed, 1 failed, 1 skipped", lastLine(said))
	})
	t.Run("a named step brings what it needs", func(t *testing.T) {
		said, err := checked([]step{build, tests, {name: "other", run: failing}}, "tests")
		require.NoError(t, err)
		assert.Regexp(t, `build +passed`, said)
		assert.Regexp(t, `other +not run +not asked for`, said)
	})
	t.Run("a step runs beside the one that it names, and what follows waits for both", func(t *testing.T) {
		met := make(chan struct{})
		meeting := func(context.Context) outcome {
			select {
			case met <- struct{}{}:
			case <-met:
			}
			return outcome{}
		}
		over := func(context.Context) outcome {
			select {
			case met <- struct{}{}:
				return outcome{err: errors.New("somebody is there still")}
			default:
				return outcome{}
			}
		}
		said, err := checked([]step{build, {name: "long", run: meeting}, {name: "short", beside: "long", needs: []string{"build"}, run: meeting}, {name: "last", run: over}})
		require.NoError(t, err)
		assert.Regexp(t, `last +passed`, said)
	})
	t.Run("an unknown name", func(t *testing.T) {
		_, err := checked([]step{build}, "bild")
		assert.ErrorContains(t, err, `no step "bild"; the steps are build`)
	})
}

func TestStepsNeedEarlierOnes(t *testing.T) {
	long, err := night{}.steps("../../..")
	require.NoError(t, err)
	for _, list := range [][]step{steps, long} {
		known := make(map[string]bool)
		for _, s := range list {
			for _, need := range s.needs {
				assert.True(t, known[need], "%s needs %s", s.name, need)
				assert.NotEqual(t, need, s.beside, "%s waits for it", s.name)
			}
			assert.True(t, s.beside == "" || known[s.beside], "%s runs beside %s", s.name, s.beside)
			assert.False(t, known[s.name], "two steps are called %s", s.name)
			known[s.name] = true
		}
	}
}

func TestEveryTestIsDealtOnce(t *testing.T) {
	names := testNames("TestA\nTestB\nTestC\nok  \tgithub.com/dealmark/dealmark/internal/e2e\t0.02s\n")
	assert.Equal(t, []string{"TestA", "TestB", "TestC"}, names)
	assert.Equal(t, [][]string{{"TestA", "TestC"}, {"TestB"}}, deal(names, 2))
	assert.Equal(t, [][]string{names}, deal(names, 1))
	assert.Equal(t, [][]string{{"TestThePagesInEveryState"}, {"TestA", "TestB", "TestC"}}, deal(append(names, "TestThePagesInEveryState"), 2), "each has about as much to do")
}

// A test that has another name by now would be dealt as a short one.
func TestTheLongTestsAreThere(t *testing.T) {
	files, err := filepath.Glob("../../e2e/*_test.go")
	require.NoError(t, err)
	var sources strings.Builder
	for _, file := range files {
		source, err := os.ReadFile(file)
		require.NoError(t, err)
		sources.Write(source)
	}
	for name := range long {
		assert.Contains(t, sources.String(), "\nfunc "+name+"(")
	}
}

func TestSeveralRunsAreOneOutcome(t *testing.T) {
	all := together([]outcome{passing(t.Context()), failing(t.Context()), passing(t.Context())})
	assert.Equal(t, 4, all.passed)
	assert.Len(t, all.skipped, 2)
	assert.Equal(t, "why it broke", all.output)
	assert.ErrorContains(t, all.err, "broken")
}

func TestEveryFuzzTargetIsFound(t *testing.T) {
	targets, err := fuzzTargets("../../..")
	require.NoError(t, err)
	for _, one := range []fuzzTarget{{"./internal/wire", "FuzzReader"}, {"./internal/form", "FuzzReadLine"}} {
		assert.Contains(t, targets, one)
	}
}

func TestCount(t *testing.T) {
	for name, c := range map[string]struct {
		events string
		want   tally
		shows  []string
		hides  []string
	}{
		"leaves count, parents do not": {
			events: `{"Action":"run","Package":"p","Test":"T"}
				{"Action":"run","Package":"p","Test":"T/a"}
				{"Action":"run","Package":"p","Test":"T/b"}
				{"Action":"output","Package":"p","Test":"T/a","Output":"quiet\n"}
				{"Action":"pass","Package":"p","Test":"T/a"}
				{"Action":"pass","Package":"p","Test":"T/b"}
				{"Action":"pass","Package":"p","Test":"T"}
				{"Action":"pass","Package":"p"}`,
			want: tally{passed: 2}, hides: []string{"quiet"},
		},
		"a failure counts once, with its output": {
			events: `{"Action":"run","Package":"p","Test":"T"}
				{"Action":"run","Package":"p","Test":"T/a"}
				{"Action":"output","Package":"p","Test":"T/a","Output":"wanted 1\n"}
				{"Action":"fail","Package":"p","Test":"T/a"}
				{"Action":"fail","Package":"p","Test":"T"}
				{"Action":"output","Package":"p","Output":"FAIL p\n"}
				{"Action":"fail","Package":"p"}`,
			want: tally{failed: 1}, shows: []string{"wanted 1", "FAIL p"},
		},
		"a parent that fails by itself": {
			events: `{"Action":"run","Package":"p","Test":"T"}
				{"Action":"run","Package":"p","Test":"T/a"}
				{"Action":"pass","Package":"p","Test":"T/a"}
				{"Action":"output","Package":"p","Test":"T","Output":"parent broke\n"}
				{"Action":"fail","Package":"p","Test":"T"}
				{"Action":"fail","Package":"p"}`,
			want: tally{passed: 1, failed: 1}, shows: []string{"parent broke"},
		},
		"a package that does not build": {
			events: `{"ImportPath":"p","Action":"build-output","Output":"undefined: x\n"}
				{"ImportPath":"p","Action":"build-fail"}
				{"Action":"fail","Package":"p","FailedBuild":"p"}`,
			want: tally{failed: 1}, shows: []string{"undefined: x"},
		},
		"a skip has its reason": {
			events: `{"Action":"run","Package":"p","Test":"T"}
				{"Action":"output","Package":"p","Test":"T","Output":"=== RUN   T\n"}
				{"Action":"output","Package":"p","Test":"T","Output":"    t_test.go:9: needs a display\n"}
				{"Action":"output","Package":"p","Test":"T","Output":"--- SKIP: T (0.00s)\n"}
				{"Action":"skip","Package":"p","Test":"T"}
				{"Action":"pass","Package":"p"}`,
			want: tally{skipped: []string{"p T: needs a display"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			events, err := readEvents(strings.NewReader(c.events))
			require.NoError(t, err)
			got, output := count(events)
			assert.Equal(t, c.want, got)
			for _, text := range c.shows {
				assert.Contains(t, output, text)
			}
			for _, text := range c.hides {
				assert.NotContains(t, output, text)
			}
		})
	}
	_, err := readEvents(strings.NewReader("panic: no JSON"))
	assert.Error(t, err)
}
