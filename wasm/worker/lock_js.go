package main

import (
	"context"

	"github.com/dealmark/dealmark/internal/boundary"
	"github.com/dealmark/dealmark/internal/browser"
	"github.com/dealmark/dealmark/internal/crm"
)

func (p *program) exportLock(s *browser.Surface) {
	s.Export("readLock", p.readLock)
	s.Export("unlocked", p.unlocked)
}

// readLock gives the sealed key, for lock.js to open.
func (p *program) readLock(document []byte) ([]byte, error) {
	if _, err := boundary.Texts(document); err != nil {
		return nil, err
	}
	_, s, err := p.Ready(context.Background())
	if err != nil && crm.KindOf(err) != crm.Internal { // of a record that cannot be read there is nothing to open: what is saved next takes its place
		return nil, err
	}
	return boundary.Lock(s), nil
}

// unlocked has sent what waited for the passphrase.
func (p *program) unlocked(document []byte) ([]byte, error) {
	ctx := context.Background()
	stores, err := p.named(document)
	if err != nil {
		return nil, err
	}
	s, err := stores.Load(ctx)
	if err == nil {
		err = stores.Outbox(s).Unblock(ctx)
	}
	if err != nil {
		return nil, err
	}
	return boundary.Answer(nil), nil
}
