package engine

import "slices"

// rank is an item's place in an order: the larger key comes first, of equal keys
// the larger tie. No two items have the same tie.
type rank struct {
	key float64
	tie int
}

func (a rank) before(b rank) bool { return a.key > b.key || a.key == b.key && a.tie > b.tie }

func compareRanks(a, b rank) int {
	if a.before(b) {
		return -1
	}
	return 1
}

// few enough items are sorted sooner than partitioned.
const few = 64

// sortRange moves the items that belong in s[from:to] there, in their order, and
// sorts nothing else: a page of a long list needs no more.
func sortRange(s []rank, from, to int) {
	for len(s) > few && from < to {
		p := partition(s)
		switch {
		case to <= p:
			s = s[:p]
		case from >= p:
			s, from, to = s[p:], from-p, to-p
		default:
			sortRange(s[:p], from, p)
			s, from, to = s[p:], 0, to-p
		}
	}
	if from < to {
		slices.SortFunc(s, compareRanks)
	}
}

// partition puts the items that come first into s[:p] and the others into s[p:],
// neither of them empty (Hoare's scheme): the median of three is never the last.
func partition(s []rank) (p int) {
	three := []rank{s[0], s[len(s)/2], s[len(s)-1]}
	slices.SortFunc(three, compareRanks)
	pivot := three[1]
	for i, j := 0, len(s)-1; ; i, j = i+1, j-1 {
		for s[i].before(pivot) {
			i++
		}
		for pivot.before(s[j]) {
			j--
		}
		if i >= j {
			return j + 1
		}
		s[i], s[j] = s[j], s[i]
	}
}
