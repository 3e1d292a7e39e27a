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
	Delay int    `json:"apolloAnswersAfter"` // ms
	Opens int    `json:"opens"`
	// Again counts openings at which the browser failed before the program ran, and
	// which were tried once more.
	Again int    `json:"again,omitempty"`
	Spans []Span `json:"spans"` // in the order of the list spans
}

// Span is one thing that a rep waits for.
type Span struct {
	Name     string            `json:"name"`
	Programs map[string]Figure `json:"programs"`
	Over     float64           `json:"over,omitempty"`   // the product's median over its floor's
	Floor    string            `json:"floor,omitempty"`  // the program that is the floor
	Bar      string            `json:"bar,omitempty"`    // what is wanted
	Missed   bool              `json:"missed,omitempty"` // the bar
}

// Figure holds times, in ms.
type Figure struct {
	Median float64 `json:"median"`
	P95    float64 `json:"p95"`
}

func (f Figure) String() string { return fmt.Sprintf("%.1f (%.1f)", f.Median, f.P95) }

// span is the time until the last of some marks, from another mark or, with "",
// from the document's start, performance.timeOrigin.
type span struct {
	name  string
	from  string
	to    []string
	floor program
	times float64 // the bar: at most so many times the floor; 0 for none
	plus  float64 // the bar: at most so many ms over the floor; 0 for none
}

var spans = []span{
	{"page loaded", "", []string{"load"}, plain, 0, 0},
	{"first paint", "", []string{"paint"}, plain, 0, 0},
	{"first key accepted", "", []string{"listens", "paint"}, plain, 0, 10},
	{"form listens", "", []string{"listens"}, plain, 0, 0},
	{"core ready, from the first script", "start", []string{"core"}, empty, 1.25, 0},
	{"company shown", "", []string{"company"}, plain, 0, 10},
	{"list shown", "", []string{"list"}, plain, 0, 10},
	{"form prefilled", "", []string{"form"}, plain, 1.3, 0},
	{"form prefilled and painted", "", []string{"painted"}, plain, 1.3, 0},
	{"form takes a save", "", []string{"taken", "form"}, plain, 0, 0},
}

func (s span) bar() string {
	switch {
	case s.times > 0:
		return fmt.Sprintf("<= %.2f times", s.times)
	case s.plus > 0:
		return fmt.Sprintf("<= +%.0f ms", s.plus)
	}
	return ""
}

func (s span) missed(figure, floor Figure) bool {
	return s.times > 0 && figure.Median > s.times*floor.Median || s.plus > 0 && figure.Median > floor.Median+s.plus
}

// samples are all opens in one state.
type samples map[program][]sample

// figure is of those opens that have all marks.
func (s samples) figure(p program, of span) (Figure, bool) {
	var times []float64
	for _, one := range s[p] {
		from, ok := one[of.from]
		ok = ok || of.from == ""
		last := 0.0
		for _, mark := range of.to {
			at, there := one[mark]
			ok, last = ok && there, max(last, at)
		}
		if ok {
			times = append(times, last-from)
		}
	}
	if len(times) == 0 {
		return Figure{}, false
	}
	slices.Sort(times)
	return Figure{percentile(times, 50), percentile(times, 95)}, true
}

// percentile is the smallest time that so many percent do not exceed; sorted is
// not empty.
func percentile(sorted []float64, percent float64) float64 {
	rank := int(math.Ceil(percent / 100 * float64(len(sorted))))
	return math.Round(10*sorted[max(rank, 1)-1]) / 10 // browsers' clocks tick in 0.1 ms
}

func (r *report) add(state State, programs []program, all samples) {
	if len(all[product]) == 0 {
		return
	}
	state.Opens = len(all[product])
	for _, of := range spans {
		row := Span{Name: of.name, Programs: map[string]Figure{}}
		for _, p := range programs {
			if figure, ok := all.figure(p, of); ok {
				row.Programs[p.name] = figure
			}
		}
		figure, measured := row.Programs[product.name]
		if floor, ok := row.Programs[of.floor.name]; ok && measured {
			row.Over, row.Floor, row.Bar = math.Round(100*figure.Median/floor.Median)/100, of.floor.name, of.bar()
			row.Missed = of.missed(figure, floor)
		}
		if measured {
			state.Spans = append(state.Spans, row)
		}
	}
	r.States = append(r.States, state)
}

func (r report) print(w io.Writer) error {
	fmt.Fprintf(w, "The popup, in ms since its document began: median (95th percentile). %s.\n", r.Machine)
	for _, s := range r.States {
		fmt.Fprintf(w, "\n%s, Apollo answering after %d ms, %d opens%s\n", s.Name, s.Delay, s.Opens, s.again())
		table := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
		columns := []program{product, plain, empty, beside}
		row := func(name string, cell func(program) string, rest ...string) {
			cells := []string{"  " + name}
			for _, p := range columns {
				if p != beside || s.has(beside) {
					cells = append(cells, cell(p))
				}
			}
			fmt.Fprintln(table, strings.TrimRight(strings.Join(append(cells, rest...), "\t"), "\t "))
		}
		row("", func(p program) string { return p.name }, "over it", "bar")
		for _, of := range s.Spans {
			over, bar := "", of.Bar
			if of.Over > 0 {
				over = fmt.Sprintf("%.2f x %s", of.Over, of.Floor)
			}
			if of.Missed {
				bar += ": missed"
			}
			row(of.Name, func(p program) string {
				if figure, ok := of.Programs[p.name]; ok {
					return figure.String()
				}
				return ""
			}, over, bar)
		}
		if err := table.Flush(); err != nil {
			return err
		}
	}
	if r.Save.Median == 0 {
		return nil
	}
	_, err := fmt.Fprintf(w, "\nFrom the key that saves to “Saved”, on the disk and with its copy: %s\n", r.Save)
	return err
}

func (s State) again() string {
	if s.Again == 0 {
		return ""
	}
	return fmt.Sprintf("; the browser failed at %d more, which were tried again", s.Again)
}

func (s State) has(p program) bool {
	return slices.ContainsFunc(s.Spans, func(of Span) bool { _, ok := of.Programs[p.name]; return ok })
}
