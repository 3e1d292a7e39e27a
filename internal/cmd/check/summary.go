//go:build !js

package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
)

// summarize writes the table, what did not run and the closing line. Its error
// is errFailed if a step failed.
func summarize(w io.Writer, results []result) error {
	var all tally
	var failed error
	fmt.Fprintln(w)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "step\tresult\ttime\ttests")
	for _, r := range results {
		switch {
		case !r.ran:
			fmt.Fprintf(table, "%s\tnot run\t\t%s\n", r.step.name, r.why)
			continue
		case r.err != nil:
			failed = errFailed
			if r.failed == 0 {
				r.failed = 1
			}
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", r.step.name, r.status(), seconds(r.took), r.tally)
		all.passed += r.passed
		all.failed += r.failed
		all.skipped = append(all.skipped, r.skipped...)
	}
	table.Flush()
	if len(all.skipped) > 0 {
		fmt.Fprintf(w, "\nskipped:\n  %s\n", strings.Join(all.skipped, "\n  "))
	}
	fmt.Fprintf(w, "\ntests: %d passed, %d failed, %d skipped\n", all.passed, all.failed, len(all.skipped))
	return failed
}

func (t tally) String() string {
	if t.passed+t.failed+len(t.skipped) == 0 {
		return ""
	}
	return fmt.Sprintf("%d passed, %d failed, %d skipped", t.passed, t.failed, len(t.skipped))
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }
