package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/boundary"
	"github.com/dealmark/dealmark/internal/browser"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/index"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/sender"
	"github.com/dealmark/dealmark/internal/settings"
	"github.com/dealmark/dealmark/internal/wire"
)

func (p *program) exportSending(s *browser.Surface) {
	s.Export("drain", p.drain)
	s.Export("fillIndex", p.fillIndex)
	s.Export("pauseIndex", p.pauseIndex)
	s.Export("resumeIndex", p.resumeIndex)
	s.Export("readWalk", p.ReadWalk)
	s.Export("exportOutbox", p.exportOutbox)
}

// drain runs under a lock that all contexts of the extension share: what it
// finds half-sent was left by a sender that died.
func (p *program) drain(document []byte) ([]byte, error) {
	if _, err := boundary.Texts(document); err != nil {
		return nil, err
	}
	ctx := context.Background()
	var sum drained
	var failed error
	if err := p.Place.Exclusively("drain", func() { sum, failed = p.drainEach(ctx) }); err != nil {
		return nil, err
	}
	if failed != nil {
		return nil, failed
	}
	return boundary.Answer(func(w *wire.Writer) {
		w.Member("next").Int(seconds(sum.next)).Member("pending").Int(sum.pending)
	}), nil
}

// drained is what a drain left.
type drained struct {
	next    time.Time // when there is something to do again, zero if there is nothing
	pending int
}

// drainEach sends what waits in all workspaces, side by side: none waits for
// another's network.
func (p *program) drainEach(ctx context.Context) (sum drained, err error) {
	if !p.recovered {
		if err := p.Recover(ctx); err != nil {
			return sum, err
		}
		p.recovered = true
	}
	all, err := p.Each()
	if err != nil {
		return sum, err
	}
	left := make([]drained, len(all))
	errs := make([]error, len(all))
	var group sync.WaitGroup
	for i, stores := range all {
		group.Go(func() { left[i], errs[i] = p.drainOne(ctx, stores) })
	}
	group.Wait()
	for _, one := range left {
		sum.pending += one.pending
		if !one.next.IsZero() && (sum.next.IsZero() || one.next.Before(sum.next)) {
			sum.next = one.next
		}
	}
	return sum, errors.Join(errs...)
}

// drainOne sends what waits in a workspace to whom its own settings name.
func (p *program) drainOne(ctx context.Context, stores *boundary.Stores) (d drained, err error) {
	// Settings that cannot be understood are as good as none: each entry then
	// says that it waits for a key.
	s, err := stores.Load(ctx)
	if err != nil && crm.KindOf(err) != crm.Internal {
		return d, err
	}
	box := stores.Outbox(s)
	report, err := box.Drain(ctx, p.sender(s))
	if err != nil {
		return d, err
	}
	for _, account := range report.Made {
		if err := stores.Index().LearnAccount(ctx, account); err != nil {
			return d, err
		}
	}
	if err := stores.Index().LearnOpportunities(ctx, report.Stored); err != nil {
		return d, err
	}
	_, damaged, err := box.List(ctx) // nobody knows what became of these: they are not done
	return drained{report.Next, report.Pending + len(damaged)}, err
}

// sender carries what is saved to whom the settings name.
func (p *program) sender(s settings.Settings) outbox.Sender {
	if s.Gateway() {
		return p.Team(s)
	}
	return sender.Apollo{Client: p.Client(s), Field: apollo.FieldID(s.Tag)}
}

// seconds is how long it is until t: at least 1, and 0 if there is no t.
func seconds(t time.Time) int {
	if t.IsZero() {
		return 0
	}
	return max(1, int(time.Until(t)/time.Second))
}

// named gives the stores of the workspace that a document names, of the current one
// if it names none.
func (p *program) named(document []byte) (*boundary.Stores, error) {
	doc, err := boundary.Texts(document)
	if err != nil {
		return nil, err
	}
	if id, ok := doc["workspace"]; ok {
		return p.Of(id)
	}
	return p.Stores()
}

// fillIndex walks one at a time, whoever asks for it.
func (p *program) fillIndex(document []byte) ([]byte, error) {
	ctx := context.Background()
	stores, err := p.named(document)
	if err != nil {
		return nil, err
	}
	s, err := stores.Load(ctx)
	if err != nil {
		return nil, err
	}
	if s.Gateway() { // which has read the list for everybody
		return boundary.Answer(func(w *wire.Writer) {
			w.Member("next").Int(0)
		}), nil
	}
	api := p.Client(s)
	var walk index.Walk
	var failed error
	if err := p.Place.Exclusively("fill", func() {
		if !api.Spare(apollo.OpOpportunitySearch) {
			walk, failed = stores.Index().Walk(ctx) // as far as the last one came
			return
		}
		learnTeam(ctx, stores.Index(), api)
		walk, failed = stores.Index().Fill(ctx, lister(api), func(index.Walk) { browser.Announce() })
	}); err != nil {
		return nil, err
	}
	if failed != nil {
		return nil, failed
	}
	next := 0
	if walk.UnderWay() && !walk.Paused && !api.Spare(apollo.OpOpportunitySearch) {
		next = fillAgain
	}
	return boundary.Answer(func(w *wire.Writer) { w.Member("next").Int(next) }), nil
}

// fillAgain is how long, in seconds, the walk waits where the hour's requests are
// used as far as it may: they come back little by little.
const fillAgain = 600

func (p *program) pauseIndex(document []byte) ([]byte, error) {
	return p.changeIndex(document, (*index.Index).Pause)
}

func (p *program) resumeIndex(document []byte) ([]byte, error) {
	return p.changeIndex(document, (*index.Index).Resume)
}

func (p *program) changeIndex(document []byte, change func(*index.Index, context.Context) error) ([]byte, error) {
	stores, err := p.named(document)
	if err != nil {
		return nil, err
	}
	if err := change(stores.Index(), context.Background()); err != nil {
		return nil, err
	}
	return boundary.Answer(nil), nil
}

func lister(api *apollo.Client) index.Lister {
	return func(ctx context.Context, number int) (index.Page, bool, error) {
		page, err := api.OpportunityPage(ctx, apollo.OpportunityQuery{Page: number})
		last := page.Page >= page.Pages
		return index.Page{
			Opportunities: page.Opportunities,
			Accounts:      page.Accounts,
			Total:         page.Total,
			Last:          last && !page.Partial,
			Cut:           last && page.Partial,
		}, api.Spare(apollo.OpOpportunitySearch), err
	}
}

// exportOutbox gives all that is kept, as a text to be saved.
func (p *program) exportOutbox(document []byte) ([]byte, error) {
	if _, err := boundary.Texts(document); err != nil {
		return nil, err
	}
	stores, err := p.Stores()
	if err != nil {
		return nil, err
	}
	text, pending, err := stores.Outbox(settings.Settings{}).Export(context.Background())
	if err != nil {
		return nil, err
	}
	return boundary.Answer(func(w *wire.Writer) {
		w.Member("outbox").String(string(text)).Member("pending").Int(pending)
	}), nil
}
