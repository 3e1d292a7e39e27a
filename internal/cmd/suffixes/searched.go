package main

import (
	"bytes"
	"slices"
	"strings"
)

// lines says where each line of a table begins but the first, which is a comment:
// in three bytes, the highest first.
func lines(table []byte) []byte {
	var at []byte
	for i, c := range table {
		if c == '\n' {
			at = append(at, byte((i+1)>>16), byte((i+1)>>8), byte(i+1))
		}
	}
	return at
}

// sorted are the entries of a list for people, by name in byte order, a line for each.
func sorted(list []byte) []byte {
	var entries []string
	for line := range bytes.Lines(list) {
		if text := strings.TrimSuffix(string(line), "\n"); text != "" && text[0] != '#' {
			entries = append(entries, text)
		}
	}
	slices.SortFunc(entries, func(a, b string) int {
		a, _, _ = strings.Cut(a, " ")
		b, _, _ = strings.Cut(b, " ")
		return strings.Compare(a, b)
	})
	return []byte(strings.Join(entries, "\n"))
}
