package pipeline

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
)

// lines are the texts of all rows in one piece of memory, folded, a line for
// each: a search runs through it once, which is several times faster than
// asking row by row.
type lines struct {
	text   []byte
	starts []int32 // where each line begins
}

// Prepare makes what the first search would have to wait for.
func (p *Pipeline) Prepare() { p.lines() }

// lines gives the lines of all rows, made when something is first searched for.
func (p *Pipeline) lines() *lines {
	l := &p.search
	if l.starts != nil {
		return l
	}
	companies, owners := folded(p.companies), folded(p.owners)
	stages := make([]string, len(p.stages))
	for i, s := range p.stages {
		stages[i] = fold(s.Name)
	}
	l.starts = make([]int32, 0, p.Len())
	l.text = make([]byte, 0, p.Len()*80)
	var last crm.Date
	written := ""
	for i := range p.Len() {
		l.starts = append(l.starts, int32(len(l.text)))
		l.add(p.list.Name(i), appendFold)
		l.add(companies[p.list.Account(i)], appendText)
		if order := p.stageOrder(i); order < len(stages) {
			l.add(stages[order], appendText)
		} else {
			l.add(p.list.StageName(i), appendFold)
		}
		l.add(owners[p.list.Owner(i)], appendText)
		l.text = append(appendAmount(l.text, p.list.Amount(i)), '\t')
		date := p.list.CloseDate(i)
		if date != last {
			last, written = date, date.String()
		}
		l.add(written, appendText)
		l.text = append(l.text, '\n')
	}
	return l
}

// add adds a field to the line. Fields are kept apart, so that no word is found
// across two of them.
func (l *lines) add(field string, how func([]byte, string) []byte) {
	if field != "" {
		l.text = append(how(l.text, field), '\t')
	}
}

func appendText(to []byte, text string) []byte { return append(to, text...) }

// appendAmount appends the text of an amount: of most without one in between.
func appendAmount(to []byte, m crm.Money) []byte {
	if units, scale := m.Units(); scale == 0 && m.IsSet() {
		return strconv.AppendInt(to, units, 10)
	}
	return append(to, m.Text()...)
}

// mark says for each line whether it has all words.
func (l *lines) mark(words []string) []bool {
	first, others := l.rarestFirst(words)
	marked := make([]bool, len(l.starts))
	for line, at := 0, 0; ; at = l.end(line) {
		found := first.in(l.text[at:])
		if found < 0 {
			return marked
		}
		for line+1 < len(l.starts) && int(l.starts[line+1]) <= at+found {
			line++
		}
		marked[line] = others.allIn(l.text[l.starts[line]:l.end(line)])
	}
}

// end is where a line ends.
func (l *lines) end(line int) int {
	if line+1 < len(l.starts) {
		return int(l.starts[line+1])
	}
	return len(l.text)
}

// sampled is how much text tells how often something is in all of it.
const sampled = 1 << 15

// rarestFirst gives the words as they are looked for, apart from the others the
// one that is found least often.
func (l *lines) rarestFirst(words []string) (first sought, others soughts) {
	sample := l.text[:min(sampled, len(l.text))]
	var often [256]int
	for _, c := range sample {
		often[c]++
	}
	fewest := len(sample) + 1
	for _, word := range words {
		s := sought{word: word}
		for at := range len(word) {
			if often[word[at]] < often[word[s.at]] {
				s.at = at
			}
		}
		hits := 0
		for rest := sample; ; hits++ {
			found := s.in(rest)
			if found < 0 {
				break
			}
			rest = rest[found+len(word):]
		}
		if others = append(others, s); hits < fewest {
			last := len(others) - 1
			others[0], others[last] = others[last], others[0]
			fewest = hits
		}
	}
	return others[0], others[1:]
}

// sought is a word that is looked for by its rarest letter: package bytes takes
// the first, and several times as long where a hundred thousand lines are hit.
type sought struct {
	word string
	at   int // of that letter
}

// in says where the word is first in a text; -1 if it is not there.
func (s *sought) in(text []byte) int {
	for at := s.at; at < len(text); at++ {
		next := bytes.IndexByte(text[at:], s.word[s.at])
		if next < 0 {
			return -1
		}
		at += next
		begin := at - s.at
		if end := begin + len(s.word); end <= len(text) && string(text[begin:end]) == s.word {
			return begin
		}
	}
	return -1
}

type soughts []sought

func (all soughts) allIn(line []byte) bool {
	for i := range all {
		if all[i].in(line) < 0 {
			return false
		}
	}
	return true
}

// words are what is looked for in a text that a rep typed.
func words(text string) []string { return strings.Fields(fold(text)) }
