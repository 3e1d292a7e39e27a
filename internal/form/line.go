package form

import (
	"cmp"
	"strings"
	"unicode"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/words"
)

// Line is an opportunity typed as one line: a name, and after it what of the
// other fields was found. Name and the Texts of all Parts, one after the other,
// are what was typed, to the last character.
type Line struct {
	Name  string
	Parts []Part // in the order typed; at most one for each of amount, stage, close date, owner
}

// Part is the end of a line, or what stands before another Part.
type Part struct {
	Field crm.Field
	Text  string // as typed, with what parts it from its neighbours: " in discovery,"
	Value string // for [Draft.Edit]: "25k", "end of Q3", the id of a stage
	Words string // for people: "25,000", "30 Sep 2026", "Discovery"
}

// ReadLine finds what the end of a line says of an amount, a stage, a close
// date and an owner: Acme rollout 25k discovery end of Q3 @maria. It reads
//
//   - an amount as [ReadMoney] does; a number without a currency, k or million
//     only from 1000 on, and not if it can be a year;
//   - a close date as [ReadDate] does, within five years; a distance only with
//     in or +;
//   - a stage by its whole name, or # and its beginning;
//   - an owner by @ and the beginning of a name or of an e-mail address, or by
//     first and last name.
//
// It reads from the end and stops at the first word that is none of these, so
// that what stands within a name stays there: 5k run sponsorship, Q3 renewal.
// What can be read in two ways is not taken, nor is what lies before it.
func ReadLine(text string, c Choices, today crm.Date) Line {
	r := lineReader{text: text, words: splitLine(text), choices: c, today: today}
	var parts []Part
	end, cut := len(r.words), len(text)
	for {
		for end > 0 && r.words[end-1].key == "" { // signs alone
			end--
		}
		part, n := r.last(end, parts)
		if n == 0 {
			break
		}
		end = r.lead(end-n, part.Field)
		from := 0
		if end > 0 {
			from = r.words[end-1].stop
		}
		part.Text = text[from:cut]
		cut = from
		parts = append(parts, part)
	}
	for i, j := 0, len(parts)-1; i < j; i, j = i+1, j-1 {
		parts[i], parts[j] = parts[j], parts[i]
	}
	return Line{text[:cut], parts}
}

// lineWord is a word of a line: the text between spaces.
type lineWord struct {
	start, end int
	stop       int    // where its own signs begin that part it from the next, as a comma does
	key        string // folded, signs around it left out; "" for signs alone
}

const partingSigns = ",;:|·•-–—/"

func splitLine(text string) (words []lineWord) {
	start := -1
	for i, r := range text + " " {
		switch space := unicode.IsSpace(r); {
		case !space && start < 0:
			start = i
		case space && start >= 0:
			word := text[start:i]
			kept := strings.TrimRight(word, partingSigns)
			words = append(words, lineWord{start, i, start + len(kept), strings.Trim(fold(kept), partingSigns)})
			start = -1
		}
	}
	return words
}

type lineReader struct {
	text    string
	words   []lineWord
	choices Choices
	today   crm.Date
}

// longest is the number of words that a part can have: thu 31 december 2026 is
// four, a stage's name may be longer.
const longest = 6

// last reads the part that ends before word end: the longest there is. It gives
// the number of its words, 0 if there is none.
func (r *lineReader) last(end int, parts []Part) (part Part, n int) {
	has := func(f crm.Field) bool {
		for _, p := range parts {
			if p.Field == f {
				return true
			}
		}
		return false
	}
	for n := min(longest, end); n > 0; n-- {
		words := r.words[end-n : end]
		if words[0].key == "" {
			continue
		}
		text := r.text[words[0].start:words[n-1].stop]
		for _, reads := range [...]struct {
			field crm.Field
			read  func(text string, from, end int) (value, said string)
		}{
			{crm.FieldStage, r.stage}, {crm.FieldOwner, r.owner}, {crm.FieldCloseDate, r.date}, {crm.FieldAmount, r.amount},
		} {
			if has(reads.field) {
				continue
			}
			if value, said := reads.read(text, end-n, end); value != "" {
				return Part{Field: reads.field, Value: value, Words: said}, n
			}
		}
	}
	return part, 0
}

// lead gives where a part begins with the small words and signs before it: the
// "for" of "for 25k", the dash of "Acme - 25k". A word of the name is left.
func (r *lineReader) lead(from int, f crm.Field) int {
	small := ""
	switch f {
	case crm.FieldAmount:
		small = " for at worth "
	case crm.FieldStage:
		small = " in at stage "
	case crm.FieldCloseDate:
		small = " by on the due close closes closing "
	case crm.FieldOwner:
		small = " for owner "
	}
	for from > 0 {
		key := r.words[from-1].key
		if key != "" && (from == 1 || !strings.Contains(small, " "+key+" ")) {
			break
		}
		from--
	}
	return from
}

// Line reads the name as [ReadLine] does. It has no Parts where the name, or its
// end, is not the rep's own.
func (d *Draft) Line(c Choices, today crm.Date) Line {
	in := d.input(crm.FieldName)
	if !in.touched || in.asPrefilled() || in.filled() {
		return Line{Name: in.text}
	}
	c.Currency = cmp.Or(c.Currency, d.Base.Amount.Currency)
	return ReadLine(in.text, c, today)
}

// Take puts the parts of a line into their fields as the rep's own, and leaves
// the name. Where no name is left it is what the form had put there.
func (d *Draft) Take(l Line) {
	for _, p := range l.Parts {
		d.Edit(p.Field, p.Value)
	}
	name := strings.TrimSpace(l.Name)
	d.Edit(crm.FieldName, name)
	if in := d.input(crm.FieldName); name == "" {
		in.text, in.touched = in.prefilled, false
	}
}

// Words is what the parts say, in the order of the form: "25,000 USD · Discovery".
func (l Line) Words(in words.Words) string {
	var said []string
	for _, f := range crm.Fields() {
		for _, p := range l.Parts {
			if p.Field == f {
				said = append(said, p.Words)
			}
		}
	}
	return in.Row(said...)
}
