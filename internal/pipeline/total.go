package pipeline

import (
	"slices"

	"github.com/dealmark/dealmark/internal/crm"
)

// Amount is a sum in one currency.
type Amount struct {
	Currency string // ISO 4217 code, "" where it is not known
	Sum      crm.Sum
	Count    int // opportunities that have an amount in it
}

// Tally is how many opportunities there are, and their amounts by currency:
// amounts of different currencies are never added up.
type Tally struct {
	Count   int
	Amounts []Amount // by currency
	Without int      // so many have no amount
}

func (t *Tally) add(m crm.Money) {
	t.Count++
	if !m.IsSet() {
		t.Without++
		return
	}
	a := t.of(m.Currency)
	a.Sum.Add(m)
	a.Count++
}

// of gives the place of a currency, made where it belongs.
func (t *Tally) of(currency string) *Amount {
	at := 0
	for at < len(t.Amounts) && t.Amounts[at].Currency < currency {
		at++
	}
	if at == len(t.Amounts) || t.Amounts[at].Currency != currency {
		t.Amounts = append(t.Amounts, Amount{})
		copy(t.Amounts[at+1:], t.Amounts[at:])
		t.Amounts[at] = Amount{Currency: currency}
	}
	return &t.Amounts[at]
}

// Sum is the sum in a currency.
func (t *Tally) Sum(currency string) crm.Sum {
	for _, a := range t.Amounts {
		if a.Currency == currency {
			return a.Sum
		}
	}
	return crm.Sum{}
}

// Counts is the measure that counts opportunities.
const Counts = "count"

// Measure reads what is to be drawn: [Counts] or a currency that is there. For
// anything else it is the currency that most have, or counts where none has an
// amount.
func (t *Tally) Measure(asked string) (currency string, counts bool) {
	if asked == Counts {
		return "", true
	}
	most := -1
	for i, a := range t.Amounts {
		if a.Currency == asked && asked != "" {
			return asked, false
		}
		if most < 0 || a.Count > t.Amounts[most].Count {
			most = i
		}
	}
	if most < 0 {
		return "", true
	}
	return t.Amounts[most].Currency, false
}

// Line is the total of one stage or month.
type Line struct {
	Key    string // of a stage or a month, as a Query takes it
	Label  string // a stage's name; of a month the page writes it
	Tally         // of all states
	States [3]Tally
}

// rest adds a tally.
func (t *Tally) rest(other *Tally) {
	t.Count += other.Count
	t.Without += other.Without
	for _, a := range other.Amounts {
		to := t.of(a.Currency)
		to.Sum.AddSum(a.Sum)
		to.Count += a.Count
	}
}

// whole makes a line's tally of those of its states.
func (l *Line) whole() {
	for i := range l.States {
		l.Tally.rest(&l.States[i])
	}
}

// Totals are the totals of rows.
type Totals struct {
	All    Tally
	Stages []Line // every stage in its order, also an empty one; last those of no stage, if there are any
	Months []Line // from the first month that has any to the last, without a gap
}

// Totals adds rows up, of one pipeline or, for "", of all. Of months, those
// around today stand each by itself.
func (p *Pipeline) Totals(rows []int32, within crm.PipelineID, today crm.Date) Totals {
	var t Totals
	for _, s := range p.stages {
		t.Stages = append(t.Stages, Line{Key: string(s.ID), Label: s.Name})
	}
	t.Stages = append(t.Stages, Line{Key: None})
	for _, m := range months(today) {
		t.Months = append(t.Months, Line{Key: string(m)})
	}
	for _, i := range rows {
		at := int(i)
		state, amount := p.state(at), p.list.Amount(at)
		t.Stages[p.stageOrder(at)].States[state].add(amount)
		t.Months[place(today, p.list.CloseDate(at))].States[state].add(amount)
	}
	for i := range t.Stages {
		t.Stages[i].whole()
		t.All.rest(&t.Stages[i].Tally)
	}
	for i := range t.Months {
		t.Months[i].whole()
	}
	t.Stages = slices.DeleteFunc(t.Stages, func(l Line) bool {
		at, known := p.stageAt[crm.StageID(l.Key)]
		return !known && l.Count == 0 || known && within != "" && p.stages[at].PipelineID != within
	})
	t.Months = trimmed(t.Months)
	return t
}

// trimmed leaves out empty months at both ends, and what is without a date
// unless there is something.
func trimmed(lines []Line) []Line {
	dated, none := lines[:len(lines)-1], lines[len(lines)-1:]
	for len(dated) > 0 && dated[0].Count == 0 {
		dated = dated[1:]
	}
	for len(dated) > 0 && dated[len(dated)-1].Count == 0 {
		dated = dated[:len(dated)-1]
	}
	if none[0].Count > 0 {
		dated = append(dated[:len(dated):len(dated)], none...)
	}
	return dated
}
