package crm

import "cmp"

// Stage is a step of a sales pipeline. A stage is open, or closed as won or
// lost.
type Stage struct {
	ID          StageID
	Name        string
	PipelineID  PipelineID // may be empty
	Order       int        // position among all of the team's stages
	Probability int        // percent, 0 to 100
	Closed      bool
	Won         bool
}

// SortStages puts stages into the order in which a deal walks through them.
func SortStages(stages []Stage) {
	Sort(stages, func(a, b Stage) int { return cmp.Compare(a.Order, b.Order) })
}

// StageByID finds a stage.
func StageByID(stages []Stage, id StageID) (Stage, bool) {
	for _, s := range stages {
		if s.ID == id {
			return s, true
		}
	}
	return Stage{}, false
}

// FirstOpen gives the first stage that is not closed: where a new opportunity
// starts. Stages must be sorted.
func FirstOpen(stages []Stage) (Stage, bool) {
	for _, s := range stages {
		if !s.Closed {
			return s, true
		}
	}
	return Stage{}, false
}

// NameStage sets the name of o's stage from stages where Apollo left it out,
// which it does for all but opportunities of another CRM.
func (o *Opportunity) NameStage(stages []Stage) {
	if s, ok := StageByID(stages, o.StageID); ok && o.StageName == "" {
		o.StageName = s.Name
	}
}
