//go:build !js

package main

import (
	"cmp"
	"context"
	"errors"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"time"
)

// browserTests runs the tests in browsers, in as many processes at once as parts
// says: a test waits for its browser more than it works. The packages that drive
// the browsers are tested before. What a test loads from build/ is unknown to the
// test cache.
func browserTests(parts int, timeout time.Duration) func(context.Context) outcome {
	return func(ctx context.Context) outcome {
		limit := "-timeout=" + timeout.String()
		packages, err := withTests(ctx, nil, "./internal/e2e/...")
		if err != nil {
			return outcome{err: err}
		}
		driving := slices.DeleteFunc(packages, func(path string) bool { return strings.HasSuffix(path, "/e2e") })
		drivers := goTest(ctx, nil, append([]string{"-count=1", "-p=1", limit}, driving...)...)
		if drivers.err != nil {
			return drivers
		}
		listed, err := exec.CommandContext(ctx, "go", "test", "-list=^Test", "./internal/e2e").CombinedOutput()
		if err != nil {
			return outcome{output: string(listed), err: err}
		}
		outcomes := make([]outcome, parts)
		var running sync.WaitGroup
		for i, names := range deal(testNames(string(listed)), parts) {
			running.Go(func() {
				outcomes[i] = goTest(ctx, nil, "-count=1", limit, "-run=^("+strings.Join(names, "|")+")$", "./internal/e2e")
			})
		}
		running.Wait()
		return together(append(outcomes, drivers))
	}
}

// testNames are the tests in what go test -list printed.
func testNames(listed string) (names []string) {
	for line := range strings.Lines(listed) {
		if name := strings.TrimSpace(line); strings.HasPrefix(name, "Test") {
			names = append(names, name)
		}
	}
	return names
}

// long are the seconds that the longest tests take, about; another takes others.
// They say who runs a test, never whether it is run.
var long = map[string]int{
	"TestThePopupInEveryState": 230, "TestThePagesInEveryState": 160,
	"TestTheWorkerIsKilledAtEachStepOfASend": 60, "TestTheBrowserIsKilledAfterSaved": 50, "TestMemoryStaysFlat": 40,
	"TestOneStoreIsLost": 30, "TestPackageBrowser": 30, "TestThePipelineOfALargeTeam": 30, "TestThePopupClosesAtAnyMoment": 30,
	"TestTheMainJobInFirefox": 20, "TestTheDemo": 20,
}

const others = 6

// deal gives each name, the longest tests first, to the part that has the least to
// do so far. In each part the names keep their order.
func deal(names []string, parts int) [][]string {
	takes := func(name string) int { return cmp.Or(long[name], others) }
	part := make(map[string]int)
	work := make([]int, parts)
	for _, name := range slices.SortedStableFunc(slices.Values(names), func(a, b string) int { return takes(b) - takes(a) }) {
		least := slices.Index(work, slices.Min(work))
		part[name] = least
		work[least] += takes(name)
	}
	dealt := make([][]string, parts)
	for _, name := range names {
		dealt[part[name]] = append(dealt[part[name]], name)
	}
	return dealt
}

// together is the outcome of several runs as one.
func together(outcomes []outcome) (all outcome) {
	var failures []error
	for _, o := range outcomes {
		all.passed += o.passed
		all.failed += o.failed
		all.skipped = append(all.skipped, o.skipped...)
		all.output += o.output
		failures = append(failures, o.err)
	}
	all.err = errors.Join(failures...)
	return all
}
