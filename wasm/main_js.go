package main

import (
	"github.com/dealmark/dealmark/internal/boundary"
	"github.com/dealmark/dealmark/internal/browser"
	"github.com/dealmark/dealmark/internal/popup"
)

// program holds what its exported functions share.
type program struct {
	boundary.Core
	story *popup.Story // nil before openPage
}

func main() {
	p := &program{}
	surface := browser.NewSurface(boundary.Refusal)
	p.exportPopup(surface)
	surface.Publish("dealmark")
	select {} // the functions are called from now on
}
