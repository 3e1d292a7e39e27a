package pipeline

import (
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/index"
)

// Pipeline is the team's opportunities at one moment. It is not safe for
// concurrent use.
type Pipeline struct {
	rows      []Row
	stages    []crm.Stage // in their order
	stageAt   map[crm.StageID]int
	owners    map[crm.UserID]string
	companies map[crm.AccountID]string
	search    lines
	orders    [columns][]int32 // the rows in each column's order, made when it is first asked for
}

// New gives the pipeline of what the index knows.
func New(all index.Everything) *Pipeline {
	p := &Pipeline{
		rows: make([]Row, 0, len(all.Opportunities)), stages: append([]crm.Stage(nil), all.Team.Stages...),
		stageAt: map[crm.StageID]int{}, owners: map[crm.UserID]string{}, companies: all.Companies,
	}
	crm.SortStages(p.stages)
	for i, s := range p.stages {
		p.stageAt[s.ID] = i
	}
	for _, u := range all.Team.Users {
		p.owners[u.ID] = u.Name
	}
	for _, o := range all.Opportunities {
		p.rows = append(p.rows, p.named(o))
	}
	for i := range p.rows {
		r := &p.rows[i]
		p.search.add(r.Name, r.Company, r.Stage, r.Owner, r.Amount.Text(), r.CloseDate.String())
	}
	return p
}

// Len is the number of rows.
func (p *Pipeline) Len() int { return len(p.rows) }

// Row is the row that a find gives as i.
func (p *Pipeline) Row(i int32) Row { return p.rows[i] }

// Stages are the team's stages in the order in which a deal walks through them.
func (p *Pipeline) Stages() []crm.Stage { return p.stages }
