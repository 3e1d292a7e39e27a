package main

import (
	"context"
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/browser"
	"github.com/dealmark/dealmark/internal/index"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/wire"
)

func (c *core) exportWorker(s *browser.Surface) {
	s.Export("drain", c.drain)
	s.Export("fillIndex", c.fillIndex)
}

// drain runs under a lock that all contexts of the extension share: what it
// finds half-sent was left by a sender that died.
func (c *core) drain(document []byte) ([]byte, error) {
	if _, err := texts(document); err != nil {
		return nil, err
	}
	ctx := context.Background()
	a, s, err := c.ready(ctx)
	if err != nil {
		return nil, err
	}
	var report outbox.Report
	var failed error
	if err := browser.Exclusively("drain", func() {
		report, failed = a.box().Drain(ctx, sender{client(s)})
	}); err != nil {
		return nil, err
	}
	if failed != nil {
		return nil, failed
	}
	for _, account := range report.Made {
		if err := a.idx().LearnAccount(ctx, account); err != nil {
			return nil, err
		}
	}
	if err := a.idx().LearnOpportunities(ctx, report.Stored); err != nil {
		return nil, err
	}
	return answer(func(w *wire.Writer) {
		w.Member("next").Int(seconds(report.Next)).Member("pending").Int(report.Pending)
	}), nil
}

// seconds is how long it is until t: at least 1, and 0 if there is no t.
func seconds(t time.Time) int {
	if t.IsZero() {
		return 0
	}
	return max(1, int(time.Until(t)/time.Second))
}

// fillIndex walks one at a time, whoever asks for it.
func (c *core) fillIndex(document []byte) ([]byte, error) {
	if _, err := texts(document); err != nil {
		return nil, err
	}
	ctx := context.Background()
	a, s, err := c.ready(ctx)
	if err != nil {
		return nil, err
	}
	api := client(s)
	var walk index.Walk
	var failed error
	if err := browser.Exclusively("fill", func() {
		walk, failed = a.idx().Fill(ctx, lister(api), func(index.Walk) { browser.Announce() })
	}); err != nil {
		return nil, err
	}
	if failed != nil {
		return nil, failed
	}
	return answer(func(w *wire.Writer) {
		w.Member("read").Int(walk.Read).Member("total").Int(walk.Total).Member("complete").Bool(walk.Complete())
	}), nil
}

func lister(api *apollo.Client) index.Lister {
	return func(ctx context.Context, number int) (index.Page, bool, error) {
		page, err := api.OpportunityPage(ctx, apollo.OpportunityQuery{Page: number})
		last := page.Page >= page.Pages
		return index.Page{
			Opportunities: page.Opportunities,
			Total:         page.Total,
			Last:          last && !page.Partial,
			Cut:           last && page.Partial,
		}, api.Spare(apollo.OpOpportunitySearch), err
	}
}
