package apollo

import (
	"cmp"
	"context"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

var (
	pipelineList = &operation{name: OpPipelines, method: "GET", path: "/opportunity_pipelines"}
	pipelineView = &operation{name: OpPipelineView, method: "GET", path: "/opportunity_pipelines", gone: "Apollo has no such pipeline any more."}
)

// Pipelines reads the team's pipelines, sorted. Apollo does not document this
// endpoint.
func (c *Client) Pipelines(ctx context.Context) ([]crm.Pipeline, error) {
	pipelines, err := all(ctx, c, call{operation: pipelineList}, "opportunity_pipelines", readPipeline)
	crm.Sort(pipelines, func(a, b crm.Pipeline) int { return cmp.Compare(a.Order, b.Order) })
	return pipelines, err
}

// Pipeline reads one pipeline. Apollo does not document this endpoint.
func (c *Client) Pipeline(ctx context.Context, id crm.PipelineID) (crm.Pipeline, error) {
	if _, ok := crm.ParseID[crm.PipelineID](string(id)); !ok {
		return crm.Pipeline{}, unsent(pipelineView, &crm.Error{Kind: crm.Invalid, Message: "The pipeline is not known."})
	}
	return one(ctx, c, call{operation: pipelineView, id: string(id)}, "opportunity_pipeline", readPipeline, func(seen crm.Pipeline) bool {
		return seen.ID == id
	})
}

func readPipeline(r *wire.Reader) (crm.Pipeline, bool) {
	var p crm.Pipeline
	r.Object(func(name []byte) {
		switch string(name) {
		case "id":
			p.ID = id[crm.PipelineID](r)
		case "title":
			p.Name = text(r)
		case "default_pipeline":
			p.Default = truth(r)
		case "display_order":
			p.Order = number(r)
		}
	})
	return p, p.ID != ""
}
