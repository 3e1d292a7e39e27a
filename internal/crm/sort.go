package crm

import "sort"

// Sort puts list into the order of compare and keeps the order of equals.
//
// Package slices does the same with a copy of the whole algorithm for every
// type, 15 KB of WebAssembly each; package sort has one for all.
func Sort[T any](list []T, compare func(a, b T) int) {
	sort.Stable(sorter{
		len:  len(list),
		less: func(i, j int) bool { return compare(list[i], list[j]) < 0 },
		swap: func(i, j int) { list[i], list[j] = list[j], list[i] },
	})
}

type sorter struct {
	len  int
	less func(i, j int) bool
	swap func(i, j int)
}

func (s sorter) Len() int           { return s.len }
func (s sorter) Less(i, j int) bool { return s.less(i, j) }
func (s sorter) Swap(i, j int)      { s.swap(i, j) }
