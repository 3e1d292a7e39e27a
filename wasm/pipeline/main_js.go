package main

import (
	"sync"

	"github.com/dealmark/dealmark/internal/boundary"
	"github.com/dealmark/dealmark/internal/browser"
	"github.com/dealmark/dealmark/internal/index"
	"github.com/dealmark/dealmark/internal/pipeline"
)

// program holds what its exported functions share.
type program struct {
	boundary.Core

	mu    sync.Mutex
	all   *pipeline.Pipeline // nil before openPipeline
	query pipeline.Query
	found []int32
	board map[string][]int32 // what was found, by stage
}

func main() {
	p := &program{Core: boundary.Core{Place: browser.Here()}, all: pipeline.New(index.Everything{})}
	surface := browser.NewSurface(boundary.Refusal)
	surface.Export("openPipeline", p.openPipeline)
	surface.Export("findOpportunities", p.locked(p.findOpportunities))
	surface.Export("readRows", p.locked(p.readRows))
	surface.Export("readStage", p.locked(p.readStage))
	surface.Export("totalOpportunities", p.locked(p.totalOpportunities))
	surface.Export("exportRows", p.locked(p.exportRows))
	surface.Export("readWalk", p.ReadWalk)
	surface.Publish("dealmark")
	select {} // the functions are called from now on
}

// locked runs f while no other function has the pipeline.
func (p *program) locked(f func([]byte) ([]byte, error)) func([]byte) ([]byte, error) {
	return func(document []byte) ([]byte, error) {
		p.mu.Lock()
		defer p.mu.Unlock()
		return f(document)
	}
}
