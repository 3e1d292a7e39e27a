package main

import (
	"cmp"
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
		before, err := stores.Load(ctx)
		if err != nil {
			return nil, err
		}
		s, changed, refused := policy.Apply(before, apollo.CheckBase)
		if s != before {
			if err := settings.Save(ctx, stores.Settings, s, policy); err != nil {
				return nil, cmp.Or(refused, err)
			}
		}
		switch {
		case refused != nil:
			return nil, refused
		case before.Bare && !s.Bare: // it may be used again
			if err := stores.Outbox(s).Unblock(ctx); err != nil {
				return nil, err
			}
			p.Place.Wake("drain", "")
		}
		if !changed {
			continue
		}
		if err := stores.Index().Forget(ctx); err != nil {
			return nil, err
		}
	}
	return boundary.Answer(nil), nil
}
