package apollo

import (
	"context"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

var stageList = &operation{
	name: OpStages, method: "GET", path: "/opportunity_stages",
	right: "deals/api/v1/opportunity_stages/index",
}

// Stages reads the stages of all of the team's pipelines, sorted.
//
// https://docs.apollo.io/reference/list-deal-stages
func (c *Client) Stages(ctx context.Context) ([]crm.Stage, error) {
	var stages []crm.Stage
	err := c.do(ctx, call{operation: stageList}, func(r *wire.Reader) {
		envelope(r, func(name []byte) bool {
			if string(name) != "opportunity_stages" || !r.Is('[') && !r.Is('n') {
				return false
			}
			rows(r, func() bool {
				stage, ok := readStage(r)
				if ok {
					stages = append(stages, stage)
				}
				return ok
			})
			return true
		})
	})
	if err != nil {
		return nil, err
	}
	crm.SortStages(stages)
	return stages, nil
}

func readStage(r *wire.Reader) (crm.Stage, bool) {
	var s crm.Stage
	r.Object(func(name []byte) {
		switch string(name) {
		case "id":
			s.ID = id[crm.StageID](r)
		case "name":
			s.Name = text(r)
		case "opportunity_pipeline_id":
			s.PipelineID = id[crm.PipelineID](r)
		case "display_order":
			s.Order = number(r)
		case "probability":
			s.Probability = min(number(r), 100)
		case "is_closed":
			s.Closed = truth(r)
		case "is_won":
			s.Won = truth(r)
		}
	})
	return s, s.ID != ""
}
