//go:build !js

package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
)

// report is what there is to say about the core's size.
type report struct {
	core, empty weight
	code, floor map[string]int // bytes of code by package: of the core, of the empty program
	data        int            // bytes
	packages    []listed
}

func (r report) print(w io.Writer, rows int) error {
	fmt.Fprintf(w, "core.wasm             %9s bytes raw, %7s gzip\n", grouped(r.core.raw), grouped(r.core.gzip))
	fmt.Fprintf(w, "an empty Go program   %9s bytes raw, %7s gzip; the core is %.2f times it\n",
		grouped(r.empty.raw), grouped(r.empty.gzip), float64(r.core.raw)/float64(r.empty.raw))
	total := 0
	for _, size := range r.code {
		total += size
	}
	fmt.Fprintf(w, "of the core: code %s, data %s (types, texts, tables of the runtime; by package unknown)\n\n", grouped(total), grouped(r.data))

	listedBy := map[string]listed{}
	for _, p := range r.packages {
		listedBy[p.ImportPath] = p
	}
	var ours, others []string
	for _, path := range slices.SortedFunc(maps.Keys(r.code), r.bySize) {
		if listedBy[path].ours() {
			ours = append(ours, path)
		} else {
			others = append(others, path)
		}
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(table, "code\tof it\tnot in the empty program\t  package\n")
	line := func(name string, size, floor int) {
		fmt.Fprintf(table, "%s\t%.1f %%\t%s\t  %s\n", grouped(size), 100*float64(size)/float64(total), grouped(size-floor), name)
	}
	prefix := prefixOf(ours)
	for _, path := range ours {
		line(strings.TrimPrefix(path, prefix), r.code[path], r.floor[path])
	}
	line("OURS", sum(r.code, ours), sum(r.floor, ours))
	shown := others[:min(max(rows, 0), len(others))]
	for _, path := range shown {
		line(path+r.importers(path, prefix), r.code[path], r.floor[path])
	}
	if rest := others[len(shown):]; len(rest) > 0 {
		line(fmt.Sprintf("%d more packages", len(rest)), sum(r.code, rest), sum(r.floor, rest))
	}
	line("OTHERS", sum(r.code, others), sum(r.floor, others))
	return table.Flush()
}

// bySize orders packages by what they add to the empty program, most first.
func (r report) bySize(a, b string) int {
	return cmp.Or(cmp.Compare(r.code[b]-r.floor[b], r.code[a]-r.floor[a]), strings.Compare(a, b))
}

// importers names up to three of those that import a package, ours first, to show
// where to look when it has grown.
func (r report) importers(path, prefix string) string {
	var ours, others []string
	for _, p := range r.packages {
		switch {
		case !slices.Contains(p.Imports, path):
		case p.ours():
			ours = append(ours, strings.TrimPrefix(p.ImportPath, prefix))
		default:
			others = append(others, p.ImportPath)
		}
	}
	all := append(ours, others...)
	const most = 3
	switch {
	case len(all) == 0:
		return ""
	case len(all) > most:
		return fmt.Sprintf(" < %s and %d more", strings.Join(all[:most], ", "), len(all)-most)
	}
	return " < " + strings.Join(all, ", ")
}

// prefixOf is what the paths have in common up to a slash.
func prefixOf(paths []string) string {
	if len(paths) == 0 {
		return ""
	}
	prefix := slices.Min(paths)
	for _, path := range paths {
		for !strings.HasPrefix(path, prefix) {
			prefix = prefix[:len(prefix)-1]
		}
	}
	return prefix[:strings.LastIndexByte(prefix, '/')+1]
}

func sum(sizes map[string]int, paths []string) (total int) {
	for _, path := range paths {
		total += sizes[path]
	}
	return total
}

// grouped writes a number with a comma at each thousand.
func grouped(n int) string {
	digits := strconv.Itoa(n)
	start := 0
	if n < 0 {
		start = 1
	}
	for i := len(digits) - 3; i > start; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
