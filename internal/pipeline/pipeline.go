package pipeline

import (
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/index"
)

// Pipeline is the team's opportunities at one moment. It is not safe for
// concurrent use.
type Pipeline struct {
	list      index.List
	stages    []crm.Stage // in their order
	stageAt   map[crm.StageID]int
	order     []int    // of a stage, by the list's places of texts; after all others if it is not known
	owners    []string // by the same places
	companies []string // by the list's places of accounts
	search    lines
	orders    [columns][]int32 // the rows in each column's order, made when it is first asked for
}

// New gives the pipeline of what the index knows.
func New(all index.Everything) *Pipeline {
	p := &Pipeline{list: all.List, stages: append([]crm.Stage(nil), all.Team.Stages...), stageAt: map[crm.StageID]int{}}
	crm.SortStages(p.stages)
	for i, s := range p.stages {
		p.stageAt[s.ID] = i
	}
	users := map[crm.UserID]string{}
	for _, u := range all.Team.Users {
		users[u.ID] = u.Name
	}
	for _, id := range p.list.Texts() {
		at, ok := p.stageAt[crm.StageID(id)]
		if !ok {
			at = len(p.stages)
		}
		p.order, p.owners = append(p.order, at), append(p.owners, users[crm.UserID(id)])
	}
	for _, id := range p.list.Accounts() {
		p.companies = append(p.companies, all.Companies[id])
	}
	return p
}

// Len is the number of rows.
func (p *Pipeline) Len() int { return p.list.Len() }

// Stages are the team's stages in the order in which a deal walks through them.
func (p *Pipeline) Stages() []crm.Stage { return p.stages }
