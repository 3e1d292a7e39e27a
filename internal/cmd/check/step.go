//go:build !js

package main

import (
	"context"
	"os"
	"os/exec"
	"time"
)

// step is one check.
type step struct {
	name   string
	what   string   // what it does, for the reader who waits
	needs  []string // steps that have to pass before
	beside string   // an earlier step, which leaves a core idle and need not have ended
	run    func(context.Context) outcome
}

// outcome is what came of a step.
type outcome struct {
	tally         // of the tests, if the step runs tests
	output string // what to show
	err    error  // why it failed
}

// result is a step's line in the summary.
type result struct {
	step step
	outcome
	ran  bool
	why  string // it did not run
	took time.Duration
}

func (r result) ok() bool { return r.ran && r.err == nil }

func (r result) status() string {
	switch {
	case !r.ran:
		return "not run"
	case r.err != nil:
		return "FAILED"
	}
	return "passed"
}

// command runs a program and shows what it printed only if it failed.
func command(ctx context.Context, env []string, name string, args ...string) outcome {
	program := exec.CommandContext(ctx, name, args...)
	program.Env = append(os.Environ(), env...)
	output, err := program.CombinedOutput()
	if err != nil {
		return outcome{output: string(output), err: err}
	}
	return outcome{}
}
