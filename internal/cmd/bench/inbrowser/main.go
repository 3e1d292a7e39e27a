//go:build js

// Command inbrowser is what bench -index runs on a page of a real browser: the
// index over IndexedDB at three sizes of team, and how long it takes to tell the
// company of a page. It prints lines of name, number and unit.
package main

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/dealmark/dealmark/internal/browser"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/index"
	"github.com/dealmark/dealmark/internal/pipeline"
	"github.com/dealmark/dealmark/internal/site"
	"github.com/dealmark/dealmark/internal/store"
)

const each = 20 // opportunities of an account

func main() {
	domains()
	for _, size := range []int{1_000, 10_000, 100_000} {
		if err := measure(context.Background(), size); err != nil {
			say("failed: "+err.Error(), 0, "")
			return
		}
	}
}

func say(name string, value float64, unit string) {
	println(name + "\t" + strconv.FormatFloat(value, 'f', 3, 64) + "\t" + unit)
}

func id[T crm.ID](n int) T {
	digits := strconv.Itoa(n)
	return T("000000000000000000000000"[len(digits):] + digits)
}

func opportunity(n int) crm.Opportunity {
	amount, _ := crm.ParseMoney(strconv.Itoa(n) + ".5")
	closes, _ := crm.NewDate(2026, time.December, 1+n%28)
	return crm.Opportunity{
		ID: id[crm.OpportunityID](n), StageName: "Proposal", CreatedAt: time.Unix(int64(n)*60, 0).UTC(),
		Values: crm.Values{
			Name: "Opportunity " + strconv.Itoa(n), Amount: amount, CloseDate: closes, StageID: id[crm.StageID](n % 5),
			OwnerID: id[crm.UserID](n % 7), AccountID: id[crm.AccountID](n / each),
		},
	}
}

func domain(account int) crm.Domain { return crm.Domain("company" + strconv.Itoa(account) + ".com") }

func measure(ctx context.Context, size int) error {
	name := "index of " + strconv.Itoa(size)
	var area store.Store
	open := func() (*index.Index, error) {
		db, err := browser.Place{}.OpenDatabase(name, 1, "index")
		if err != nil {
			return nil, err
		}
		area = db.Area("index", browser.Relaxed)
		return index.New(area, time.Now), nil
	}
	x, err := open()
	if err != nil {
		return err
	}
	if err := fill(ctx, x, size); err != nil {
		return err
	}
	const looks = 200
	for n := range looks {
		account := n * (size / each) / looks
		of := crm.Account{ID: id[crm.AccountID](account), Name: "Company", Domain: domain(account)}
		if err := x.LearnCompany(ctx, of.Domain, []crm.Account{of}); err != nil {
			return err
		}
	}
	began := time.Now()
	if x, err = open(); err != nil {
		return err
	}
	look := func(n int) error {
		company, _, err := x.Open(ctx, domain(n*(size/each)/looks))
		if err != nil {
			return err
		}
		_, err = x.Opportunities(ctx, company.Accounts[0].ID)
		return err
	}
	if err := look(0); err != nil {
		return err
	}
	label := strconv.Itoa(size) + " opportunities: "
	say(label+"opened, and a first company looked up", ms(began), "ms")
	began = time.Now()
	for n := range looks {
		if err := look(n); err != nil {
			return err
		}
	}
	say(label+"a company looked up", ms(began)/looks, "ms")
	began = time.Now()
	const pages = 10
	for n := range pages {
		walk, err := x.Begin(ctx)
		if err != nil {
			return err
		}
		page := index.Page{Total: size}
		for i := range 100 {
			page.Opportunities = append(page.Opportunities, opportunity((n*100+i*97)%size))
		}
		if _, err := x.LearnPage(ctx, walk, page); err != nil {
			return err
		}
	}
	say(label+"a page of 100 changed ones written", ms(began)/pages, "ms")
	return everything(ctx, area, x, label)
}

// fill has the index learn a team's list as a walk does, page by page.
func fill(ctx context.Context, x *index.Index, size int) error {
	const perPage = 100
	_, err := x.Fill(ctx, func(_ context.Context, n int) (p index.Page, more bool, err error) {
		for i := (n - 1) * perPage; i < n*perPage; i++ {
			p.Opportunities = append(p.Opportunities, opportunity(i))
		}
		p.Total, p.Last = size, n*perPage >= size
		return p, true, nil
	}, func(index.Walk) {})
	return err
}

// everything measures what the pipeline's page waits for: after a walk, from the
// accounts where there is no stack, and from a stack that was packed. The first
// reading of each is not counted.
func everything(ctx context.Context, area store.Store, x *index.Index, label string) error {
	const reads = 5
	for _, how := range []string{"after a walk", "from the accounts", "packed"} {
		var read, order [reads]float64
		var all index.Everything
		for n := range 1 + reads {
			if how == "from the accounts" {
				if err := forgetStack(ctx, area); err != nil {
					return err
				}
			}
			began := time.Now()
			var err error
			if all, err = x.All(ctx); err != nil {
				return err
			}
			if n > 0 {
				read[n-1] = ms(began)
			}
			began = time.Now()
			pipeline.New(all).Find(pipeline.Query{})
			if n > 0 {
				order[n-1] = ms(began)
			}
		}
		say(label+"all "+strconv.Itoa(all.List.Len())+" read "+how, median(read[:]), "ms")
		say(label+"and put in order for the page", median(order[:]), "ms")
		began := time.Now()
		if err := x.Pack(ctx, &all); err != nil {
			return err
		}
		if how == "from the accounts" {
			say(label+"packed, once", ms(began), "ms")
		}
	}
	return nil
}

func forgetStack(ctx context.Context, area store.Store) error {
	keys := []string{"stack"}
	for _, prefix := range []string{"volume/", "sheet/"} {
		records, err := area.List(ctx, prefix)
		if err != nil {
			return err
		}
		for _, record := range records {
			keys = append(keys, record.Key)
		}
	}
	return store.Delete(ctx, area, keys...)
}

func median(of []float64) float64 {
	slices.Sort(of)
	return of[len(of)/2]
}

func ms(since time.Time) float64 { return float64(time.Since(since).Microseconds()) / 1000 }

// hosts are those that page.js gives tldts as well.
var hosts = []string{"www.acme.com", "shop.acme.co.uk", "a.b.c.example.com.au", "acme.de", "x.github.io", "sub.domain.kawasaki.jp"}

func domains() {
	ascii := func(host string) (string, error) { return host, nil } // what the browser does is the browser's time
	const rounds = 20_000
	for range 2 { // the first is to warm up
		began := time.Now()
		for n := range rounds {
			site.ParseDomain(hosts[n%len(hosts)], ascii)
		}
		took := time.Since(began)
		say("the domain of a host", float64(took.Nanoseconds())/rounds, "ns")
	}
}
