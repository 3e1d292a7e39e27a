//go:build !js

package main

import (
	"context"
	cryptorand "crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/gateway"
	"github.com/dealmark/dealmark/internal/gateway/sqlite"
	"github.com/dealmark/dealmark/internal/sandbox"
)

const key = "key-of-the-benchmark"

// team is a gateway with a local Apollo behind it.
type team struct {
	opportunities int
	companies     int // of the generated ones
	handler       *gateway.Gateway
	tokens        []string
	close         func()
}

// newTeam makes one and has the gateway read it.
func newTeam(ctx context.Context, opportunities, reps int, out io.Writer) (*team, error) {
	folder, err := os.MkdirTemp("", "gatewaybench")
	if err != nil {
		return nil, err
	}
	db, err := sqlite.Open(filepath.Join(folder, "db"))
	if err != nil {
		return nil, err
	}
	seed := sandbox.DemoSeed().WithOpportunities(opportunities)
	upstream := httptest.NewServer(sandbox.New(sandbox.Options{Keys: []sandbox.Key{{Secret: key, Master: true}}, Seed: seed, Limits: &sandbox.Limits{}}))
	t := &team{opportunities: opportunities, companies: len(seed.Accounts) - len(sandbox.DemoSeed().Accounts)}
	t.close = func() {
		upstream.Close()
		_ = db.Close()
		_ = os.RemoveAll(folder)
	}
	if err := gateway.Migrate(ctx, db); err != nil {
		return nil, err
	}
	policy := gateway.DefaultPolicy()
	policy.Requests, policy.Writes = 1e9, 1e9
	policy.Minute, policy.Hour, policy.Day = 1e9, 1e9, 1e9
	t.handler, err = gateway.New(gateway.Config{
		DB: db, Upstream: apollo.HTTP{}, Clock: time.Now, Rand: rand.Uint64, Policy: policy,
		Teams: []gateway.Team{{ID: "team", Key: key, Base: upstream.URL + "/api/v1"}},
	})
	if err != nil {
		return nil, err
	}
	keeper := gateway.Reps{DB: db, Clock: time.Now, Random: cryptorand.Reader}
	for i := range reps {
		token, err := keeper.Add(ctx, gateway.Rep{Team: "team", Name: "rep-" + strconv.Itoa(i), UserID: "65f000020000000000000002", Scope: gateway.ScopeWrite})
		if err != nil {
			return nil, err
		}
		t.tokens = append(t.tokens, string(token))
	}
	began := time.Now()
	for more := true; more; {
		if more, err = t.handler.Sync(ctx); err != nil {
			return nil, err
		}
	}
	fmt.Fprintf(out, "%d opportunities read in %v\n", opportunities, time.Since(began).Round(time.Millisecond))
	// The domains are asked about once before, which the gateway remembers.
	for i := range asked {
		if err := t.ask(i); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// asked is how many companies the questions are about.
const asked = 100

func (t *team) ask(i int) error {
	number := 1 + (i%asked)*max(t.companies/asked, 1)%t.companies
	return t.request(t.tokens[i%len(t.tokens)], "GET", "/v1/companies/company-"+strconv.Itoa(number)+".test", "", 200)
}

func (t *team) save(i int) error {
	id := make([]byte, 16)
	_, _ = cryptorand.Read(id)
	return t.request(t.tokens[i%len(t.tokens)], "POST", "/v1/opportunities", `{"name":"Load `+hex.EncodeToString(id)+`"}`, 201)
}

func (t *team) request(token, method, path, body string, want int) error {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header = http.Header{"Authorization": {"Bearer " + token}}
	if body == "" {
		r = httptest.NewRequest(method, path, nil)
		r.Header = http.Header{"Authorization": {"Bearer " + token}}
	} else {
		id := make([]byte, 16)
		_, _ = cryptorand.Read(id)
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Idempotency-Key", hex.EncodeToString(id))
	}
	w := httptest.NewRecorder()
	t.handler.ServeHTTP(w, r)
	if w.Code != want {
		return fmt.Errorf("%s %s: %d %s", method, path, w.Code, w.Body)
	}
	return nil
}

// crowd has reps ask, and save now and then, all at once.
func (t *team) crowd(ctx context.Context, reps int, load time.Duration) (companies, saves, failures int64) {
	ctx, stop := context.WithTimeout(ctx, load)
	defer stop()
	var a, s, f atomic.Int64
	var wait sync.WaitGroup
	for rep := range reps {
		wait.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				var err error
				if n%20 == 19 {
					err = t.save(rep)
					s.Add(1)
				} else {
					err = t.ask(rep + n*reps)
					a.Add(1)
				}
				if err != nil {
					f.Add(1)
					fmt.Fprintln(os.Stderr, err)
				}
			}
		})
	}
	wait.Wait()
	return a.Load(), s.Load(), f.Load()
}
