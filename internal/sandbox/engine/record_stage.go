package engine

// RecordStage is how far the team is with an account or a contact.
type RecordStage struct {
	ID, Name string
	// Category is succeeded, failed, in_progress or empty. It concerns accounts only.
	Category string
}

type accountStageJSON struct {
	ID          string  `json:"id"`
	TeamID      string  `json:"team_id"`
	DisplayName string  `json:"display_name"`
	Name        string  `json:"name"`
	Order       int     `json:"display_order"`
	Excluded    bool    `json:"default_exclude_for_leadgen"`
	Category    *string `json:"category"`
	MeetingSet  null    `json:"is_meeting_set"`
}

// listAccountStages are the stages of accounts, not those of opportunities.
//
// https://docs.apollo.io/reference/list-account-stages
func (t *team) listAccountStages(*Exchange) (any, *refusal) {
	rows := make([]accountStageJSON, len(t.accountStages))
	for i, s := range t.accountStages {
		rows[i] = accountStageJSON{
			ID: s.ID, TeamID: t.id, DisplayName: s.Name, Name: s.Name, Order: i + 1, Excluded: s.Category == "succeeded", Category: nullable(s.Category),
		}
	}
	return struct {
		Stages []accountStageJSON `json:"account_stages"`
	}{rows}, nil
}

// stageName is what a breadcrumb calls a stage.
func stageName(stages []RecordStage, id string) string {
	for _, s := range stages {
		if s.ID == id {
			return s.Name
		}
	}
	return "[Deleted Stage]"
}
