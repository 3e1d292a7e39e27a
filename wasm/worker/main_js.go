package main

import (
	"github.com/dealmark/dealmark/internal/boundary"
	"github.com/dealmark/dealmark/internal/browser"
)

// program holds what its exported functions share.
type program struct {
	boundary.Core
	recovered bool // the workspaces that got lost, which is looked for once
}

func main() {
	p := &program{Core: boundary.Core{Place: browser.Here()}}
	surface := browser.NewSurface(boundary.Refusal)
	p.exportSending(surface)
	p.exportSettings(surface)
	p.exportForm(surface)
	p.exportWorkspaces(surface)
	p.exportLock(surface)
	p.exportJournal(surface)
	p.exportAliases(surface)
	surface.Publish("dealmark")
	select {} // the functions are called from now on
}
