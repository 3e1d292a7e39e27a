package engine

// Stage is a step of a pipeline. Of an opportunity it decides whether it is
// closed, whether it is won, its probability and its forecast.
type Stage struct {
	ID   string
	Name string
	// Probability is in percent, 0 to 100.
	Probability int
	// Forecast is Pipeline, Best Case, Committed, Closed, Omitted or empty.
	Forecast    string
	Closed, Won bool
	// Pipeline is the id of its pipeline.
	Pipeline string
}

type stageJSON struct {
	ID             string  `json:"id"`
	TeamID         string  `json:"team_id"`
	Name           string  `json:"name"`
	DisplayOrder   int     `json:"display_order"`
	ForecastCD     *string `json:"forecast_category_cd"`
	IsWon          bool    `json:"is_won"`
	IsClosed       bool    `json:"is_closed"`
	Probability    int     `json:"probability"`
	Description    *string `json:"description"`
	SalesforceID   *string `json:"salesforce_id"`
	IsMeetingSet   *bool   `json:"is_meeting_set"`
	PipelineID     *string `json:"opportunity_pipeline_id"`
	IsEditable     bool    `json:"is_editable"`
	Classification string  `json:"type"`
}

func (t *team) listStages(*Exchange) (any, *refusal) {
	stages := make([]stageJSON, len(t.stages))
	for i, s := range t.stages {
		kind := "Open"
		switch {
		case s.Won:
			kind = "Closed/Won"
		case s.Closed:
			kind = "Closed/Lost"
		}
		stages[i] = stageJSON{
			ID: s.ID, TeamID: t.id, Name: s.Name, DisplayOrder: i, ForecastCD: nullable(s.Forecast),
			IsWon: s.Won, IsClosed: s.Closed, Probability: s.Probability, PipelineID: nullable(s.Pipeline),
			IsEditable: true, Classification: kind,
		}
	}
	return struct {
		Stages []stageJSON `json:"opportunity_stages"`
	}{stages}, nil
}

func (t *team) stage(id string) *Stage {
	for i := range t.stages {
		if t.stages[i].ID == id {
			return &t.stages[i]
		}
	}
	return nil
}

// nullable is the string, or null where it is empty.
func nullable(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
