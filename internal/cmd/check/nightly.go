//go:build !js

package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// night says how long the long checks go on.
type night struct {
	seeds  int           // of the simulator
	fuzz   time.Duration // of each target
	faults int           // browsers and popups that are ended in the middle of a save
	kills  int           // processes of the gateway that are
	write  int           // operations of each of two teams at the gateway
}

// steps are the checks that take too long for every change. What they print
// shows as it comes.
func (n night) steps(root string) ([]step, error) {
	targets, err := fuzzTargets(root)
	if err != nil {
		return nil, err
	}
	list := []step{
		{name: "build", what: "the extension, for the stores and for development", run: build},
		{name: "seeds", what: fmt.Sprintf("the outbox through %d seeds of the simulator", n.seeds), run: shown("go", "run", "./internal/cmd/sim", "-seeds", strconv.Itoa(n.seeds))},
		{name: "mutants", what: "each wrong policy is caught by the simulator", run: shown("go", "run", "./internal/cmd/sim", "-mutants")},
		{name: "faults", what: fmt.Sprintf("%d popups and browsers ended in the middle of a save", n.faults), needs: []string{"build"}, run: func(ctx context.Context) outcome {
			kills := n.faults / 10
			return goTest(ctx, nil, "-count=1", "-timeout=10h", "-run=AnyMoment|AfterSaved|EachStep", "./internal/e2e",
				"-args", "-closings="+strconv.Itoa(n.faults-kills), "-kills="+strconv.Itoa(kills))
		}},
		{name: "browser", what: "the tests in a real Chromium and a real Firefox", needs: []string{"build"}, run: browserTests(1, time.Hour)},
		{name: "gateway", what: fmt.Sprintf("the gateway's process killed %d times", n.kills), run: func(ctx context.Context) outcome {
			return goTest(ctx, nil, "-count=1", "-timeout=2h", "-run=Killed", "./internal/gateway", "-args", "-kills="+strconv.Itoa(n.kills))
		}},
		{name: "teams", what: fmt.Sprintf("two teams at one gateway, %d operations each", n.write), run: func(ctx context.Context) outcome {
			return goTest(ctx, nil, "-count=1", "-timeout=2h", "-run=Teams", "./internal/gateway", "-args", "-operations="+strconv.Itoa(n.write))
		}},
	}
	for _, target := range targets {
		list = append(list, step{
			name: "fuzz:" + path.Base(target.folder) + "." + target.name, what: fmt.Sprintf("%s in %s for %s", target.name, target.folder, n.fuzz),
			run: shown("go", "test", "-run=^$", "-fuzz=^"+target.name+"$", "-fuzztime="+n.fuzz.String(), target.folder),
		})
	}
	return list, nil
}

// shown runs a program whose output is its progress.
func shown(name string, args ...string) func(context.Context) outcome {
	return func(ctx context.Context) outcome {
		program := exec.CommandContext(ctx, name, args...)
		program.Stdout, program.Stderr = os.Stdout, os.Stderr
		return outcome{err: program.Run()}
	}
}

type fuzzTarget struct{ folder, name string }

var fuzzFunc = regexp.MustCompile(`(?m)^func (Fuzz\w+)\(`)

// fuzzTargets are the fuzz tests of every package.
func fuzzTargets(root string) (list []fuzzTarget, err error) {
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "node_modules" || d.Name() == "build" || d.Name() == "testdata" || path != root && strings.HasPrefix(d.Name(), ".")):
			return fs.SkipDir
		case !strings.HasSuffix(path, "_test.go"):
			return nil
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		folder, err := filepath.Rel(root, filepath.Dir(path))
		for _, m := range fuzzFunc.FindAllSubmatch(source, -1) {
			list = append(list, fuzzTarget{"./" + filepath.ToSlash(folder), string(m[1])})
		}
		return err
	})
	return list, err
}
