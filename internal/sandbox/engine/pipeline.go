package engine

import "strings"

// Pipeline is an ordered set of stages. A team's first one is its default.
type Pipeline struct {
	ID    string
	Title string
}

type pipelineJSON struct {
	ID          string  `json:"id"`
	Title       string  `json:"title"`
	Default     bool    `json:"default_pipeline"`
	Order       int     `json:"display_order"`
	Source      *string `json:"source"`
	ExternalID  null    `json:"external_id"`
	SyncEnabled bool    `json:"sync_enabled"`
	TeamID      string  `json:"team_id"`
}

// listPipelines and viewPipeline are undocumented endpoints.
func (t *team) listPipelines(*Exchange) (any, *refusal) {
	rows := make([]pipelineJSON, len(t.pipelines))
	for i := range t.pipelines {
		rows[i] = t.pipelineJSON(i)
	}
	return struct {
		Pipelines []pipelineJSON `json:"opportunity_pipelines"`
	}{rows}, nil
}

func (t *team) viewPipeline(x *Exchange) (any, *refusal) {
	if !validID(x.id) {
		return nil, malformedID(x.id)
	}
	for i, p := range t.pipelines {
		if p.ID == strings.ToLower(x.id) {
			return struct {
				Pipeline pipelineJSON `json:"opportunity_pipeline"`
			}{t.pipelineJSON(i)}, nil
		}
	}
	return nil, notFound()
}

func (t *team) pipelineJSON(i int) pipelineJSON {
	p := t.pipelines[i]
	return pipelineJSON{ID: p.ID, Title: p.Title, Default: i == 0, Order: i, Source: nullable("apollo"), TeamID: t.id}
}

func (t *team) defaultPipeline() string {
	if len(t.pipelines) == 0 {
		return ""
	}
	return t.pipelines[0].ID
}
