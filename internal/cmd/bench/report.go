//go:build !js

package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
)

// report is what was measured.
type report struct {
	Machine Machine `json:"machine"`
	States  []State `json:"states"`
	// Save is the time from the rep's key to "Saved".
	Save Figure `json:"save"`
}

// Machine is where it was measured.
type Machine struct {
	Cores    int    `json:"cores"`
	Chromium string `json:"chromium"`
	Go       string `json:"go"`
	// Load is the load average of the minute before, where the system tells it.
	// Near the number of cores, others were at work and the figures are theirs too.
	Load string `json:"load,omitempty"`
}

func machine() Machine {
	m := Machine{Cores: runtime.NumCPU(), Go: runtime.Version()}
	if text, err := os.ReadFile("/proc/loadavg"); err == nil {
		m.Load, _, _ = strings.Cut(string(text), " ")
	}
	return m
}

func (m Machine) String() string {
	text := fmt.Sprintf("%d cores, Chromium %s, %s", m.Cores, m.Chromium, m.Go)
	if m.Load != "" {
		text += ", load " + m.Load + " before"
	}
	return text
}

// State is what was measured in one state of the browser.
type State struct {
	Name  string `json:"name"`
	Opens int    `json:"opens"`
	// Spans are in the order of the list spans.
	Spans []Figure `json:"spans"`
	// CoreToEmpty is the time to the core's start over that of an empty program.
	CoreToEmpty float64 `json:"coreToEmpty"`
}

// Figure holds one span's times, in ms.
type Figure struct {
	Name   string  `json:"name"`
	Median float64 `json:"median"`
	P95    float64 `json:"p95"`
}

// span is the time from one mark to another. The mark "" is the document's start,
// performance.timeOrigin.
type span struct {
	name     string
	of       program
	from, to string
}

var (
	coreReady  = span{"first script to core ready", product, "start", "core"}
	emptyReady = span{"  an empty Go program there", empty, "start", "core"}
	spans      = []span{
		coreReady, emptyReady,
		{"first script to form filled", product, "start", "form"},
		{"document to first script", product, "", "start"},
		{"document to first paint", product, "", "paint"},
		{"document to form filled", product, "", "form"},
	}
)

// samples are all opens in one state.
type samples map[program][]sample

func (s samples) figure(of span) Figure {
	var times []float64
	for _, one := range s[of.of] {
		times = append(times, one[of.to]-one[of.from])
	}
	slices.Sort(times)
	return Figure{strings.TrimSpace(of.name), percentile(times, 50), percentile(times, 95)}
}

// percentile is the smallest time that so many percent do not exceed; sorted is
// not empty.
func percentile(sorted []float64, percent float64) float64 {
	rank := int(math.Ceil(percent / 100 * float64(len(sorted))))
	return math.Round(10*sorted[max(rank, 1)-1]) / 10 // browsers' clocks tick in 0.1 ms
}

func (r *report) add(name string, s samples) {
	if len(s[product]) == 0 {
		return
	}
	state := State{Name: name, Opens: len(s[product])}
	for _, of := range spans {
		state.Spans = append(state.Spans, s.figure(of))
	}
	state.CoreToEmpty = s.figure(coreReady).Median / s.figure(emptyReady).Median
	r.States = append(r.States, state)
}

func (r report) print(w io.Writer) error {
	fmt.Fprintf(w, "The popup, in ms: median (95th percentile). %s.\n\n", r.Machine)
	table := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	row := func(name string, cell func(State) string) {
		cells := []string{name}
		for _, s := range r.States {
			cells = append(cells, cell(s))
		}
		fmt.Fprintln(table, strings.Join(cells, "\t"))
	}
	row("", func(s State) string { return s.Name })
	for i, of := range spans {
		row(of.name, func(s State) string {
			return fmt.Sprintf("%5.1f (%.1f)", s.Spans[i].Median, s.Spans[i].P95)
		})
		if of == emptyReady {
			row("  the core over it", func(s State) string { return fmt.Sprintf("%5.2f times", s.CoreToEmpty) })
		}
	}
	row("opens", func(s State) string { return fmt.Sprintf("%5d", s.Opens) })
	if err := table.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\nFrom the key that saves to “Saved”, on the disk and with its copy: %.1f (%.1f)\n", r.Save.Median, r.Save.P95)
	return err
}
