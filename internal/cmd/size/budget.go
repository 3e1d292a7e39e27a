//go:build !js

package main

import (
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
)

// part is a part of the package, and the most that it may weigh.
type part struct {
	name     string
	patterns []string // of the files, as path.Match reads them
	budget   int      // bytes, raw
}

// parts are all parts: each file of the package is in the first that matches.
// Each MB of a program costs 11 to 13 ms at every click, and a store's download
// is what a team's computers fetch at every update.
func parts() []part {
	return []part{
		{"core.wasm", []string{"core.wasm"}, 3_900_000},
		{"worker.wasm", []string{"worker.wasm"}, 3_500_000},
		{"trial.wasm", []string{"trial.wasm"}, 4_600_000}, // the demo's alone: no click pays for it
		{"pipeline.wasm", []string{"pipeline.wasm"}, 2_300_000},
		{"the pipeline page", []string{"pipeline*"}, 40_000},
		{"wasm_exec.js", []string{"wasm_exec.js"}, 18_000},
		{"the popup's script", []string{"popup.js"}, 73_000}, // joined: no other page has a part in it
		{"JavaScript", []string{"*.js"}, 75_000},
		{"the popup's sheet", []string{"popup.css"}, 25_000}, // with what all pages share
		{"CSS", []string{"*.css"}, 21_000},
		{"HTML", []string{"*.html"}, 30_000},
		{"icons", []string{"icons/*"}, 8_000},
		{"manifest, texts", []string{"manifest.json", "managed_schema.json", "_locales/*/*"}, 500_000},
	}
}

// download is the budget of the package as a store gives it, in bytes.
const download = 4_400_000

// weighParts gives the bytes of each part of a built package. A file that is in
// no part is an error: it would have no budget.
func weighParts(folder string, parts []part) (map[string]int, error) {
	sizes := map[string]int{}
	err := filepath.WalkDir(folder, func(full string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		relative, err := filepath.Rel(folder, full)
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		name := filepath.ToSlash(relative)
		at := slices.IndexFunc(parts, func(p part) bool {
			return slices.ContainsFunc(p.patterns, func(pattern string) bool {
				ok, _ := path.Match(pattern, name) // the patterns are well-formed
				return ok
			})
		})
		if at < 0 {
			return fmt.Errorf("%s is in no part that has a budget: add it to the parts in internal/cmd/size/budget.go", name)
		}
		sizes[parts[at].name] += int(info.Size())
		return nil
	})
	return sizes, err
}

// budgets prints the parts beside what they may weigh, and says which are over.
func budgets(w io.Writer, parts []part, sizes map[string]int) (over []string) {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(table, "bytes\tbudget\tleft\t  part\n")
	for _, p := range parts {
		size := sizes[p.name]
		fmt.Fprintf(table, "%s\t%s\t%s\t  %s\n", grouped(size), grouped(p.budget), grouped(p.budget-size), p.name)
		if size > p.budget {
			over = append(over, fmt.Sprintf("%s is %s bytes over its budget of %s", p.name, grouped(size-p.budget), grouped(p.budget)))
		}
	}
	table.Flush()
	return over
}

// fileSize is the size of a file, in bytes.
func fileSize(file string) (int, error) {
	info, err := os.Stat(file)
	if err != nil {
		return 0, fmt.Errorf(`%w: run "make pack" first`, err)
	}
	return int(info.Size()), nil
}

// dataRow is the row of a program's data among the sizes of its packages.
const dataRow = "(data: types, texts, tables)"

// grown says by how much packages are larger than they were recorded, largest
// first, and who imports them; at most n. A package that is new is told whole.
func grown(recorded, now map[string]int, importers func(string) string, n int) []string {
	more := map[string]int{}
	for path, size := range now {
		if size > recorded[path] {
			more[path] = size - recorded[path]
		}
	}
	paths := slices.SortedFunc(maps.Keys(more), func(a, b string) int {
		if more[a] != more[b] {
			return more[b] - more[a]
		}
		return strings.Compare(a, b)
	})
	var lines []string
	for _, path := range paths[:min(n, len(paths))] {
		isNew := ""
		if _, ok := recorded[path]; !ok {
			isNew = " (new)"
		}
		lines = append(lines, "+"+grouped(more[path])+" "+path+isNew+importers(path))
	}
	return lines
}
