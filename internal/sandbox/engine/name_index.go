package engine

import (
	"bytes"
	"slices"
	"strings"
)

// nameIndex is the lower-case names of all opportunities in one piece of text,
// which is searched a hundred times faster than as many strings apart. A name
// that changes is blanked and added again at the end.
type nameIndex struct {
	text []byte
	// names are the places of the names in text, in its order.
	names []indexedName
	// at is where in names the opportunity at each position is.
	at []int
}

// indexedName ends, with its separator, before end, and belongs to the
// opportunity at position.
type indexedName struct{ end, position int }

const nameSeparator = "\x00"

// add is for the next opportunity.
func (n *nameIndex) add(name string) {
	n.at = append(n.at, 0)
	n.put(len(n.at)-1, name)
}

func (n *nameIndex) put(position int, name string) {
	n.text = append(n.text, comparableName(name)...)
	n.text = append(n.text, nameSeparator...)
	n.at[position] = len(n.names)
	n.names = append(n.names, indexedName{len(n.text), position})
}

func (n *nameIndex) rename(position int, name string) {
	i, from := n.at[position], 0
	if i > 0 {
		from = n.names[i-1].end
	}
	old := n.text[from:n.names[i].end]
	copy(old, slices.Repeat([]byte(nameSeparator), len(old)))
	n.put(position, name)
}

func comparableName(s string) string {
	return strings.ReplaceAll(strings.ToLower(s), nameSeparator, " ")
}

// find marks the positions of the opportunities whose name contains part,
// whatever its case.
func (n *nameIndex) find(part string) []bool {
	marked := make([]bool, len(n.at))
	wanted := []byte(comparableName(part))
	for from, i := 0, 0; from < len(n.text); {
		at := bytes.Index(n.text[from:], wanted)
		if at < 0 {
			break
		}
		for n.names[i].end <= from+at {
			i++
		}
		marked[n.names[i].position] = true
		from = n.names[i].end
	}
	return marked
}
