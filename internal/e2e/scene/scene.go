//go:build !js

package scene

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/dealmark/dealmark/internal/e2e/chromium"
	"github.com/dealmark/dealmark/internal/e2e/rig"
	"github.com/dealmark/dealmark/internal/sandbox"
)

// Key is the API key of the local Apollo.
const Key = "key-of-the-scenes"

// Scene is a state of a page.
type Scene struct {
	Page  string // "popup", "panel", "options", "welcome", "pipeline"
	Name  string // lower-case words with hyphens, once on its page
	Shows string // what a person sees there, in a sentence

	apollo func(*sandbox.Options) // how this Apollo is another than the demo's; nil is not at all
	steps  func(*rep)
}

// All are the scenes in the order in which a rep may meet them.
func All() []Scene { return slices.Concat(popup, more, entries, panel, options, welcome, pipeline) }

// ID is the scene's name among those of all pages: "popup-known".
func (s Scene) ID() string { return s.Page + "-" + s.Name }

// Play brings the scene about, in an extension that remembers nothing, and gives
// the page that shows it. End closes what the scene has opened; it is to be called
// after an error as well.
func (s Scene) Play(ctx context.Context, r *rig.Rig) (page *chromium.Page, end func() error, err error) {
	var all []func() error
	end = func() error {
		var errs []error
		for _, close := range slices.Backward(all) {
			errs = append(errs, close())
		}
		return errors.Join(errs...)
	}
	o := sandbox.Options{Keys: []sandbox.Key{rig.Narrow(Key)}, Seed: sandbox.DemoSeed(), IDSeed: 1}
	if s.apollo != nil {
		s.apollo(&o)
	}
	apollo, err := rig.ServeApollo(o)
	if err != nil {
		return nil, end, s.failed(err)
	}
	all = append(all, apollo.Close)
	does := &rep{ctx: ctx, rig: r, apollo: apollo}
	all = append(all, func() error { return does.end() })
	does.try(func() error { return r.Forget(ctx, apollo.Base(), Key) })
	s.steps(does)
	if does.err != nil {
		return nil, end, s.failed(does.err)
	}
	return does.page, end, nil
}

func (s Scene) failed(err error) error { return fmt.Errorf("scene %s: %w", s.ID(), err) }
