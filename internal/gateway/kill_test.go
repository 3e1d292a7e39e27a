//go:build !js

package gateway_test

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	cryptorand "crypto/rand"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/gateway"
	"github.com/dealmark/dealmark/internal/gateway/gatewaytest"
	"github.com/dealmark/dealmark/internal/gateway/sqlite"
	"github.com/dealmark/dealmark/internal/sandbox"
)

var kills = flag.Int("kills", 15, "how often the gateway's process is killed")

// TestMain lets the test binary be the gateway that is killed.
func TestMain(m *testing.M) {
	if path := os.Getenv("GATEWAY_TO_KILL"); path != "" {
		if err := victim(path, os.Getenv("GATEWAY_UPSTREAM")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// impatient is a policy whose waits fit into a test.
func impatient() gateway.Policy {
	p := gateway.DefaultPolicy()
	p.Lease = 300 * time.Millisecond
	p.Requests, p.Writes = 1e6, 1e6
	p.Minute, p.Hour, p.Day = 1e6, 1e6, 1e6
	o := &p.Outbox
	o.FirstWait, o.MaxWait, o.Look = 50*time.Millisecond, 200*time.Millisecond, 100*time.Millisecond
	// Apollo's clock has whole seconds.
	o.Quarantine, o.MissesApart = 3*time.Second, time.Second
	o.Pause, o.MaxPause, o.Blanks = 100*time.Millisecond, 200*time.Millisecond, 100
	return p
}

// victim serves the gateway until it is killed.
func victim(path, upstream string) error {
	db, err := sqlite.Open(path)
	if err != nil {
		return err
	}
	if err := gateway.Migrate(context.Background(), db); err != nil {
		return err
	}
	g, err := gateway.New(gateway.Config{
		DB: db, Upstream: apollo.HTTP{}, Clock: time.Now, Rand: rand.Uint64, Policy: impatient(),
		Teams: []gateway.Team{{ID: gatewaytest.Team, Key: gatewaytest.Key, Base: upstream}},
	})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(listener.Addr())
	return http.Serve(listener, g)
}

// TestKilled kills the gateway's process again and again while reps save. Every
// save is told to be done in the end, and Apollo has each exactly once.
func TestKilled(t *testing.T) {
	apolloServer := sandbox.New(sandbox.Options{
		Keys: []sandbox.Key{{Secret: gatewaytest.Key, Master: true}}, Seed: gatewaytest.Seed(), Limits: &sandbox.Limits{}, IDSeed: 5,
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	server := &http.Server{Handler: apolloServer}
	go func() { _ = server.Serve(listener) }()
	defer server.Close()
	path := t.TempDir() + "/killed.db"
	db, err := sqlite.Open(path)
	require.NoError(t, err)
	require.NoError(t, gateway.Migrate(t.Context(), db))
	token, err := gateway.Reps{DB: db, Clock: time.Now, Random: cryptorand.Reader}.Add(t.Context(), gatewaytest.Write.Rep())
	require.NoError(t, err)
	require.NoError(t, db.Close())

	var url atomic.Value
	url.Store("")
	start := func() *exec.Cmd {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), "GATEWAY_TO_KILL="+path, "GATEWAY_UPSTREAM=http://"+listener.Addr().String()+"/api/v1")
		out, err := c.StdoutPipe()
		require.NoError(t, err)
		c.Stderr = os.Stderr
		require.NoError(t, c.Start())
		line, err := bufio.NewReader(out).ReadString('\n')
		require.NoError(t, err)
		url.Store("http://" + strings.TrimSpace(line))
		return c
	}
	save := func(id string) int {
		request, err := http.NewRequest("POST", url.Load().(string)+"/v1/opportunities", strings.NewReader(`{"name":"Killed `+id+`"}`))
		if err != nil {
			return 0
		}
		request.Header = http.Header{"Authorization": {"Bearer " + string(token)}, "Content-Type": {"application/json"}, "Idempotency-Key": {id}}
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			return 0
		}
		defer answer.Body.Close()
		return answer.StatusCode
	}
	var saved sync.Map // id -> acknowledged
	finish := make(chan struct{})
	var reps sync.WaitGroup
	for range 6 {
		reps.Go(func() {
			for {
				id := gatewaytest.NewID()
				saved.Store(id, false)
				for end := time.Now().Add(time.Minute); ; {
					status := save(id)
					if status == 201 {
						saved.Store(id, true)
						break
					}
					if status != 0 && status != 202 && status != 503 && status != 500 || time.Now().After(end) {
						t.Errorf("%s: %d", id, status)
						return
					}
					time.Sleep(30 * time.Millisecond)
				}
				select {
				case <-finish:
					return
				default:
				}
			}
		})
	}
	for range *kills {
		c := start()
		time.Sleep(time.Duration(rand.IntN(300)) * time.Millisecond)
		require.NoError(t, c.Process.Kill())
		_ = c.Wait()
	}
	last := start()
	close(finish)
	reps.Wait()
	defer func() {
		_ = last.Process.Kill()
		_ = last.Wait()
	}()

	made := map[string]int{}
	for _, e := range apolloServer.Log() {
		if e.Operation == "opportunity.create" && e.Stored {
			made[strings.TrimPrefix(e.Fields["name"].(string), "Killed ")]++
		}
	}
	total, lost, twice := 0, 0, 0
	saved.Range(func(id, acknowledged any) bool {
		total++
		if n := made[id.(string)]; n == 0 {
			lost++
		} else if n > 1 {
			twice++
		}
		assert.Equal(t, true, acknowledged, id)
		assert.Equal(t, 1, made[id.(string)], "opportunities of %s in Apollo", id)
		return true
	})
	assert.Len(t, made, total)
	t.Logf("%d kills, %d saves, %d lost, %d made twice", *kills, total, lost, twice)
	assert.NotZero(t, total)
}
