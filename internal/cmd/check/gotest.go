//go:build !js

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// goTest runs go test and counts its tests. It shows the output of what failed.
func goTest(ctx context.Context, env []string, args ...string) outcome {
	test := exec.CommandContext(ctx, "go", append([]string{"test", "-json", "-timeout=5m"}, args...)...)
	test.Env = append(os.Environ(), env...)
	if slices.Contains(env, "GOOS=js") {
		test.Env = append(slices.DeleteFunc(os.Environ(), foreign), env...)
	}
	var stderr bytes.Buffer
	test.Stderr = &stderr
	stdout, err := test.StdoutPipe()
	if err != nil {
		return outcome{err: err}
	}
	if err := test.Start(); err != nil {
		return outcome{err: err}
	}
	o := outcome{}
	events, readErr := readEvents(stdout)
	waitErr := test.Wait()
	o.tally, o.output = count(events)
	o.output += stderr.String()
	switch {
	case readErr != nil:
		o.err = readErr
	case o.failed > 0:
		o.err = fmt.Errorf("%d of %d tests failed", o.failed, o.failed+o.passed)
	case waitErr != nil:
		o.err = waitErr
	case o.passed == 0:
		o.err = fmt.Errorf("no test ran")
	}
	if o.err == nil {
		o.output = "" // warnings of tests that passed
	}
	return o
}

// foreign reports whether a variable means nothing to Go and Node. A program
// under js gets its whole environment in 8 KB, and does not start where a long
// one takes more.
func foreign(variable string) bool {
	name, _, _ := strings.Cut(variable, "=")
	if slices.Contains([]string{"CI", "HOME", "PATH", "TMPDIR"}, name) {
		return false
	}
	return !strings.HasPrefix(name, "GO") && !strings.HasPrefix(name, "NODE")
}
