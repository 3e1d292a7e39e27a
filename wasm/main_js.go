package main

import (
	"cmp"
	"context"
	"sync"

	"github.com/dealmark/dealmark/internal/alias"
	"github.com/dealmark/dealmark/internal/boundary"
	"github.com/dealmark/dealmark/internal/browser"
	"github.com/dealmark/dealmark/internal/form"
	"github.com/dealmark/dealmark/internal/popup"
	"github.com/dealmark/dealmark/internal/settings"
)

// program holds what its exported functions share.
type program struct {
	core  boundary.Core
	ready func() opened
	story *popup.Story // nil before openPage
}

// opened is what every story begins with.
type opened struct {
	stores   *boundary.Stores // nil if they cannot be opened
	settings settings.Settings
	form     form.Setup
	aliases  alias.Aliases
	err      error
}

func main() {
	p := &program{core: boundary.Core{Place: browser.Here()}}
	p.ready = sync.OnceValue(func() opened {
		ctx := context.Background()
		stores, err := p.core.Stores()
		if err != nil {
			return opened{err: err}
		}
		with := opened{stores: stores}
		var formErr, aliasErr error
		with.form, formErr = settings.LoadForm(ctx, stores.Opening)
		with.aliases, aliasErr = alias.Load(ctx, stores.Opening)
		with.settings, err = stores.LoadFrom(ctx, stores.Opening)
		with.err = cmp.Or(err, formErr, aliasErr)
		return with
	})
	go p.ready() // storage takes its time, and so does the reading of the page
	surface := browser.NewSurface(boundary.Refusal)
	p.exportPopup(surface)
	surface.Publish("dealmark")
	select {} // the functions are called from now on
}
