//go:build !js

// Package axe asks axe-core, the common checker of accessibility, what is wrong
// with a page as it stands. It knows nothing of the pages.
package axe

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/dealmark/dealmark/internal/e2e/chromium"
)

// Source is where "make setup" leaves axe-core, seen from the repository's root.
const Source = "extension/node_modules/axe-core/axe.min.js"

// Checker is axe-core, read once.
type Checker struct{ source string }

// Violation is one rule that a page breaks.
type Violation struct {
	Rule  string `json:"id"`
	Help  string // what the rule asks for
	Nodes []struct {
		Target  []string // a selector for each document on the way to the element
		Summary string   `json:"failureSummary"`
	}
}

// New reads axe-core from a file.
func New(path string) (*Checker, error) {
	source, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf(`axe-core is not there: run "make setup": %w`, err)
	}
	return &Checker{string(source)}, nil
}

// Rules says which rules are tried.
type Rules string

const (
	All    Rules = "undefined"
	Colors Rules = `["color-contrast", "link-in-text-block"]` // of all, what another theme of the same page can break
)

// Check gives the rules that the page breaks, and how many it keeps. Rules that
// axe-core cannot decide by itself are in neither.
//
// axe-core comes by the debugger, past the page's policy, which stays in force.
func (c *Checker) Check(ctx context.Context, page *chromium.Page, rules Rules) (broken []Violation, kept int, err error) {
	var there bool
	if err := page.Eval(ctx, `"axe" in globalThis`, &there); err != nil {
		return nil, 0, err
	}
	if !there {
		if err := page.Eval(ctx, c.source+"\n;1", nil); err != nil {
			return nil, 0, fmt.Errorf("start axe-core: %w", err)
		}
	}
	var told string
	if err := page.Eval(ctx, fmt.Sprintf(run, rules), &told); err != nil {
		return nil, 0, fmt.Errorf("run axe-core: %w", err)
	}
	var answer struct {
		Violations []Violation
		Passes     int
	}
	if err := json.Unmarshal([]byte(told), &answer); err != nil {
		return nil, 0, fmt.Errorf("run axe-core: %w", err)
	}
	return answer.Violations, answer.Passes, nil
}

// run lets what moves come to its end first: a text that is half faded in has
// less contrast than it will have.
const run = `Promise.all(document.getAnimations().filter((a) => a.timeline === document.timeline && a.effect.getComputedTiming().iterations < Infinity).map((a) => a.finished))
	.then(() => axe.run(document, { runOnly: %s, resultTypes: ["violations"] }))
	.then(({ violations, passes }) => JSON.stringify({ violations, passes: passes.length }))`

// String says the rule and each element that breaks it.
func (v Violation) String() string {
	var b strings.Builder
	b.WriteString(v.Rule + ": " + v.Help)
	for _, n := range v.Nodes {
		b.WriteString("\n\t" + strings.Join(n.Target, " ") + ": " + strings.Join(strings.Fields(n.Summary), " "))
	}
	return b.String()
}
