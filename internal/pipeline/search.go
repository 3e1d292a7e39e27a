package pipeline

import (
	"bytes"
	"strings"
)

// lines are the texts of all rows in one piece of memory, folded, a line for
// each: a search runs through it once, which is several times faster than
// asking row by row.
type lines struct {
	text   []byte
	starts []int32 // where each line begins
}

// add adds the line of a row. Fields are kept apart, so that no word is found
// across two of them.
func (l *lines) add(fields ...string) {
	l.starts = append(l.starts, int32(len(l.text)))
	for _, field := range fields {
		if field != "" {
			l.text = append(append(l.text, fold(field)...), '\t')
		}
	}
	l.text = append(l.text, '\n')
}

// mark says for each line whether it has all words.
func (l *lines) mark(words []string) []bool {
	marked := make([]bool, len(l.starts))
	first := []byte(longest(words)) // the one that most lines do not have
	line := 0
	for at := 0; ; {
		found := bytes.Index(l.text[at:], first)
		if found < 0 {
			return marked
		}
		at += found
		for line+1 < len(l.starts) && int(l.starts[line+1]) <= at {
			line++
		}
		end := len(l.text)
		if line+1 < len(l.starts) {
			end = int(l.starts[line+1])
		}
		marked[line] = len(words) == 1 || hasAll(l.text[l.starts[line]:end], words)
		at = end
	}
}

func longest(words []string) (long string) {
	for _, word := range words {
		if len(word) > len(long) {
			long = word
		}
	}
	return long
}

func hasAll(line []byte, words []string) bool {
	for _, word := range words {
		if !bytes.Contains(line, []byte(word)) {
			return false
		}
	}
	return true
}

// words are what is looked for in a text that a rep typed.
func words(text string) []string { return strings.Fields(fold(text)) }
