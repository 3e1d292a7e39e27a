//go:build !js

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// tally counts tests. A test with subtests is not counted beside them.
type tally struct {
	passed, failed int
	skipped        []string // a line for each: its name, and its reason
}

// event is a line of go test -json: https://pkg.go.dev/cmd/test2json.
type event struct {
	Action     string
	Package    string
	ImportPath string // of a build's output
	Test       string
	Output     string
}

func readEvents(r io.Reader) ([]event, error) {
	var events []event
	for decoder := json.NewDecoder(r); ; {
		var e event
		switch err := decoder.Decode(&e); {
		case errors.Is(err, io.EOF):
			return events, nil
		case err != nil:
			return events, fmt.Errorf("read what go test says: %w", err)
		}
		events = append(events, e)
	}
}

// count makes the tally, and the output of all that failed in the order in
// which it ended.
func count(events []event) (t tally, output string) {
	type key struct{ pkg, test string }
	outputs := make(map[key]*strings.Builder)
	parents := make(map[key]bool)
	var ended []event
	for _, e := range events {
		k := key{e.Package, e.Test}
		switch e.Action {
		case "output", "build-output":
			if e.Action == "build-output" {
				k = key{e.ImportPath, ""}
			}
			if outputs[k] == nil {
				outputs[k] = new(strings.Builder)
			}
			outputs[k].WriteString(e.Output)
		case "run":
			if i := strings.LastIndexByte(e.Test, '/'); i > 0 {
				parents[key{e.Package, e.Test[:i]}] = true
			}
		case "pass", "fail", "skip", "build-fail":
			ended = append(ended, e)
		}
	}
	said := func(k key) string {
		if b := outputs[k]; b != nil {
			return b.String()
		}
		return ""
	}
	var failed []key // of the tests and packages so far, to see whose failure is news
	var shown strings.Builder
	for _, e := range ended {
		k := key{e.Package, e.Test}
		switch {
		case e.Action == "build-fail":
			shown.WriteString(said(key{e.ImportPath, ""}))
		case e.Action == "fail":
			shown.WriteString(said(k))
			within := func(other key) bool {
				return other.pkg == k.pkg && (k.test == "" || strings.HasPrefix(other.test, k.test+"/"))
			}
			if !slices.ContainsFunc(failed, within) {
				t.failed++
			}
			failed = append(failed, k)
		case e.Test == "" || parents[k]:
		case e.Action == "pass":
			t.passed++
		case e.Action == "skip":
			t.skipped = append(t.skipped, e.Package+" "+e.Test+": "+reason(said(k)))
		}
	}
	return t, shown.String()
}

// reason picks what t.Skip said out of a skipped test's output: the line that
// begins with the place of the call.
func reason(output string) string {
	for line := range strings.Lines(output) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "===") || strings.HasPrefix(line, "---") || line == "" {
			continue
		}
		if _, said, ok := strings.Cut(line, ": "); ok {
			return said
		}
		return line
	}
	return "no reason given"
}
