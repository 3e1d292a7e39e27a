package main

import (
	"github.com/dealmark/dealmark/internal/browser"
)

func main() {
	c := &core{}
	surface := browser.NewSurface(refusal)
	c.exportPopup(surface)
	c.exportWorker(surface)
	c.exportOptions(surface)
	surface.Publish("dealmark")
	select {} // the functions are called from now on
}
