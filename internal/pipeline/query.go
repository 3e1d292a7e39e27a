package pipeline

import (
	"slices"

	"github.com/dealmark/dealmark/internal/crm"
)

// None stands in a [Query] for what has no stage, no owner or no date.
const None = "none"

// Query says which rows are meant, and in which order. The zero Query means all.
type Query struct {
	Text   string         // words, all of which a row has
	Within crm.PipelineID // "" for all
	Stage  string         // a stage's id, None, or "" for all
	Owner  string         // a user's id, None, or "" for all
	State  State          // "" for all
	Month  string         // of the expected close, a [Month], or "" for all

	Sort       Column
	Descending bool
}

// Find gives the rows that are meant, in their order.
func (p *Pipeline) Find(q Query) []int32 {
	var marked []bool
	if words := words(q.Text); len(words) > 0 {
		marked = p.lines().mark(words)
	}
	within, dated := Month(q.Month).span()
	if q.Month != "" && !dated {
		return nil // no row is in what is no month
	}
	order := p.inOrder(q.Sort)
	if marked == nil && q.everything() {
		return turned(p, q, slices.Clone(order))
	}
	found := make([]int32, 0, len(order))
	if q.everything() { // but for its words
		for _, at := range order {
			if marked[at] {
				found = append(found, at)
			}
		}
		return turned(p, q, found)
	}
	for _, at := range order {
		if (marked == nil || marked[at]) && p.fits(&q, int(at)) && (q.Month == "" || within.has(p.list.CloseDate(int(at)))) {
			found = append(found, at)
		}
	}
	return turned(p, q, found)
}

// Board parts rows by the keys of their stages, in the order that they have: the
// keys are those of the Totals.
func (p *Pipeline) Board(rows []int32) map[string][]int32 {
	board := map[string][]int32{}
	for _, at := range rows {
		key := None
		if order := p.stageOrder(int(at)); order < len(p.stages) {
			key = string(p.stages[order].ID)
		}
		board[key] = append(board[key], at)
	}
	return board
}

// everything says whether no filter is set.
func (q Query) everything() bool {
	q.Text, q.Sort, q.Descending = "", 0, false
	return q == Query{}
}

// turned puts rows that are in a column's order into the one that is asked for:
// what has no value stays last.
func turned(p *Pipeline, q Query, found []int32) []int32 {
	if !q.Descending {
		return found
	}
	end := len(found)
	for end > 0 && !p.has(q.Sort, int(found[end-1])) {
		end--
	}
	slices.Reverse(found[:end])
	return found
}

func (p *Pipeline) fits(q *Query, i int) bool {
	return (q.State == "" || q.State == States()[p.state(i)]) &&
		(q.Stage == "" || q.Stage == p.list.Texts()[p.list.Stage(i)] || q.Stage == None && p.stageOrder(i) == len(p.stages)) &&
		(q.Owner == "" || q.Owner == p.list.Texts()[p.list.Owner(i)] || q.Owner == None && p.list.Texts()[p.list.Owner(i)] == "") &&
		(q.Within == "" || p.stageOrder(i) < len(p.stages) && p.stages[p.stageOrder(i)].PipelineID == q.Within)
}
