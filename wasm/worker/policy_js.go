package main

import (
	"context"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/boundary"
	"github.com/dealmark/dealmark/internal/settings"
)

// applyPolicy sets in every workspace what the team's admin has set. What was
// learned at another address is forgotten, as when a rep changes it.
func (p *program) applyPolicy(document []byte) ([]byte, error) {
	if _, err := boundary.Texts(document); err != nil {
		return nil, err
	}
	policy := p.Policy()
	ctx := context.Background()
	all, err := p.Each()
	if err != nil {
		return nil, err
	}
	for _, stores := range all {
		s, err := stores.Load(ctx)
		if err != nil {
			return nil, err
		}
		s, changed, err := policy.Apply(s, apollo.CheckBase)
		if err != nil {
			return nil, err
		}
		if !changed {
			continue
		}
		if err := settings.Save(ctx, stores.Settings, s, policy); err != nil {
			return nil, err
		}
		if err := stores.Index().Forget(ctx); err != nil {
			return nil, err
		}
	}
	return boundary.Answer(nil), nil
}
