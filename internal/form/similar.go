package form

import (
	"cmp"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
)

// Likeness is how an opportunity that is there is like the one in the form.
type Likeness string

const (
	Unlike     Likeness = ""
	SameAmount Likeness = "amount"
	SameName   Likeness = "name" // or nearly
)

// Similar finds the opportunity that the form of a new one may be about: one of
// a similar name, else of the same amount. company is what the company is
// called, which says nothing within a name.
func (d *Draft) Similar(list []crm.Opportunity, company string, c Choices) (crm.Opportunity, Likeness) {
	if d.updates() {
		return crm.Opportunity{}, Unlike
	}
	ignored := nameKey(company) + " " + nameKey(d.Domain.Label())
	name := newNameWords(d.Text(crm.FieldName), ignored)
	for _, o := range list {
		if name.like(newNameWords(o.Name, ignored)) {
			return o, SameName
		}
	}
	amount, err := ReadMoney(d.Text(crm.FieldAmount), cmp.Or(c.Currency, d.Base.Amount.Currency))
	if err != nil || !amount.IsSet() || amount.Text() == "0" {
		return crm.Opportunity{}, Unlike
	}
	for _, o := range list {
		if o.Amount.Text() == amount.Text() {
			return o, SameAmount
		}
	}
	return crm.Opportunity{}, Unlike
}

// nameWords is a name as it is compared.
type nameWords struct {
	whole string   // all of it, folded
	words []string // without the company's
	marks string   // what tells siblings apart: phase 2, Q3, site B, part II
}

func newNameWords(name, ignored string) nameWords {
	n := nameWords{whole: nameKey(name)}
	for word := range strings.FieldsSeq(n.whole) {
		if strings.Contains(" "+ignored+" ", " "+word+" ") {
			continue
		}
		n.words = append(n.words, word)
		if strings.ContainsAny(word, "0123456789") || len([]rune(word)) == 1 || strings.Trim(word, "ivx") == "" {
			n.marks += word + " "
		}
	}
	return n
}

// like says whether two names are the same but for order, the company's name
// and a slip of the finger.
func (n nameWords) like(other nameWords) bool {
	if n.whole == "" || other.whole == "" || (len(n.words) == 0) != (len(other.words) == 0) {
		return false
	}
	if n.sameWords(other) {
		return true
	}
	a, b := []rune(strings.Join(n.words, "")), []rune(strings.Join(other.words, ""))
	slips := 0
	switch length := min(len(a), len(b)); {
	case length >= 8:
		slips = 2
	case length >= 5:
		slips = 1
	}
	return n.marks == other.marks && within(a, b, slips)
}

func (n nameWords) sameWords(other nameWords) bool {
	count := func(words []string, word string) (n int) {
		for _, w := range words {
			if w == word {
				n++
			}
		}
		return n
	}
	for _, word := range n.words {
		if count(n.words, word) != count(other.words, word) {
			return false
		}
	}
	return len(n.words) == len(other.words)
}

// within says whether so many letters left out, added or replaced make a of b.
func within(a, b []rune, edits int) bool {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	switch {
	case len(a) == 0 || len(b) == 0:
		return len(a)+len(b) <= edits
	case edits == 0:
		return false
	}
	return within(a[1:], b[1:], edits-1) || within(a[1:], b, edits-1) || within(a, b[1:], edits-1)
}
