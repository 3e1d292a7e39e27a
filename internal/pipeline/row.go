package pipeline

import (
	"github.com/dealmark/dealmark/internal/crm"
)

// State is what has become of an opportunity.
type State string

const (
	Open State = "open"
	Won  State = "won"
	Lost State = "lost"
)

// States are all states, in the order in which they are shown.
func States() []State { return []State{Open, Won, Lost} }

// Row is an opportunity with the names that its ids stand for.
type Row struct {
	crm.Opportunity
	Company string // "" where it is not known
	Stage   string
	Owner   string
	State   State
}

// Row is the row that a find gives as i.
func (p *Pipeline) Row(i int32) Row {
	at := int(i)
	r := Row{
		Opportunity: p.list.Opportunity(at), Company: p.company(at), Stage: p.stage(at), Owner: p.owner(at),
		State: States()[p.state(at)],
	}
	if order := p.stageOrder(at); order < len(p.stages) {
		r.Closed, r.Won = p.stages[order].Closed, p.stages[order].Won
	}
	return r
}

func (p *Pipeline) company(i int) string { return p.companies[p.list.Account(i)] }
func (p *Pipeline) owner(i int) string   { return p.owners[p.list.Owner(i)] }

// stageOrder is the place of a row's stage; after all others if it is not known.
func (p *Pipeline) stageOrder(i int) int { return p.order[p.list.Stage(i)] }

// stage is the name of a row's stage. The stage as the team has it now says more
// than what Apollo said of the opportunity when it was last seen.
func (p *Pipeline) stage(i int) string {
	if order := p.stageOrder(i); order < len(p.stages) {
		return p.stages[order].Name
	}
	return p.list.StageName(i)
}

// state is the place of a row's state among States.
func (p *Pipeline) state(i int) int {
	closed, won := p.list.Closed(i), p.list.Won(i)
	if order := p.stageOrder(i); order < len(p.stages) {
		closed, won = p.stages[order].Closed, p.stages[order].Won
	}
	switch {
	case won:
		return 1
	case closed:
		return 2
	}
	return 0
}
