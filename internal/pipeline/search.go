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
