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

	order int // of its stage; after all others if that is not known
	state int // its place among States
}

// named gives an opportunity's row. The stage as the team has it now says more
// than what Apollo said of the opportunity when it was last seen.
func (p *Pipeline) named(o crm.Opportunity) Row {
	r := Row{
		Opportunity: o, Company: p.companies[o.AccountID], Owner: p.owners[o.OwnerID],
		Stage: o.StageName, order: len(p.stages),
	}
	if at, ok := p.stageAt[o.StageID]; ok {
		stage := p.stages[at]
		r.Stage, r.Closed, r.Won, r.order = stage.Name, stage.Closed, stage.Won, at
	}
	switch {
	case r.Won:
		r.State, r.state = Won, 1
	case r.Closed:
		r.State, r.state = Lost, 2
	default:
		r.State, r.state = Open, 0
	}
	return r
}
