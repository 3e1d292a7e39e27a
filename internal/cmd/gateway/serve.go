//go:build !js

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/gateway"
)

const version = "0.1"

// serve serves until ctx ends, and synchronises meanwhile.
func (p process) serve(ctx context.Context, args []string) (err error) {
	set := flag.NewFlagSet("serve", flag.ContinueOnError)
	path := set.String("db", "dealmark.db", "`file` of the database; made if there is none")
	addr := set.String("addr", "127.0.0.1:8787", "`host:port` to listen on; port 0 takes a free one")
	metricsAddr := set.String("metrics", "", "`host:port` to serve /metrics on, for Prometheus; nowhere by default")
	certificate := set.String("tls-cert", "", "`file` of the certificate")
	private := set.String("tls-key", "", "`file` of the certificate's key")
	plain := set.Bool("behind-tls", false, "listen without TLS on an address that others reach: a proxy before it has TLS")
	extensions := set.String("extensions", "", "comma-separated `ids` of Chromium extensions that may ask")
	every := set.Duration("sync", time.Minute, "`time` between two steps of the synchronisation")
	grace := set.Duration("grace", 30*time.Second, "`time` that requests under way have when it is told to end")
	from := addTeamFlags(set)
	teams, err := p.teams(set, args, from)
	if err != nil {
		return err
	}
	if err := safe(*addr, *certificate != "" || *plain); err != nil {
		return err
	}
	if *every <= 0 || *grace <= 0 {
		return fmt.Errorf("%w: -sync and -grace must be longer than 0", errUsage)
	}
	db, err := p.open(ctx, *path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	logger := slog.New(slog.NewJSONHandler(p.stderr, nil))
	counts := newMetrics()
	config := gateway.Config{
		DB: db, Upstream: apollo.HTTP{}, Teams: teams, Clock: time.Now, Rand: rand.Uint64, Version: version,
		Event: func(ctx context.Context, e gateway.Event) {
			counts.add(e)
			logEvent(ctx, logger, e)
		},
	}
	if *extensions != "" {
		config.Extensions = strings.Split(*extensions, ",")
	}
	g, err := gateway.New(config)
	if err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		return err
	}
	scheme := "http"
	if *certificate != "" {
		scheme = "https"
	}
	names := make([]string, len(teams))
	for i, t := range teams {
		names[i] = t.ID
	}
	fmt.Fprintf(p.stdout, "gateway: listening on %s://%s for %s (database %s)\n", scheme, listener.Addr(), strings.Join(names, ", "), *path)

	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, 2)
	if *metricsAddr != "" {
		listener, err := net.Listen("tcp", *metricsAddr)
		if err != nil {
			return err
		}
		fmt.Fprintf(p.stdout, "gateway: metrics on http://%s/metrics\n", listener.Addr())
		web := server(counts, p.stderr)
		defer web.Close()
		go func() { ended <- web.Serve(listener) }()
	}
	synced := make(chan struct{})
	go func() {
		defer close(synced)
		synchronise(ctx, g, *every, logger, counts)
	}()
	web := server(g, p.stderr)
	go func() {
		if *certificate != "" {
			ended <- web.ServeTLS(listener, *certificate, *private)
		} else {
			ended <- web.Serve(listener)
		}
	}()
	select {
	case err = <-ended:
		stop()
	case <-ctx.Done():
		last, cancel := context.WithTimeout(context.Background(), *grace)
		defer cancel()
		if err = web.Shutdown(last); err != nil {
			err = errors.Join(fmt.Errorf("requests were still under way when it ended: %w", err), web.Close())
		}
	}
	<-synced
	return err
}

// safe refuses to take tokens over a readable line.
func safe(addr string, covered bool) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("%w: -addr %q is not host:port", errUsage, addr)
	}
	at, err := netip.ParseAddr(host)
	if covered || host == "localhost" || err == nil && at.IsLoopback() {
		return nil
	}
	return fmt.Errorf("%w: on %s tokens would travel readable for everybody: give -tls-cert and -tls-key, or -behind-tls where a proxy has TLS", errUsage, addr)
}

func server(handler http.Handler, stderr io.Writer) *http.Server {
	return &http.Server{
		Handler: handler, ErrorLog: log.New(stderr, "gateway: ", 0),
		ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: 3 * time.Minute, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 16 << 10, // the gateway's own bound is lower and says so
	}
}

// synchronise takes step after step, without a pause while there is more to do.
func synchronise(ctx context.Context, g *gateway.Gateway, every time.Duration, logger *slog.Logger, counts *metrics) {
	for {
		more, err := g.Sync(ctx)
		if ctx.Err() != nil {
			return
		}
		counts.synced(err)
		if err != nil {
			logger.ErrorContext(ctx, "sync", "error", err.Error())
		}
		wait := every
		if more && err == nil {
			wait = 10 * time.Millisecond
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}

func logEvent(ctx context.Context, logger *slog.Logger, e gateway.Event) {
	level := slog.LevelInfo
	if e.Status >= 500 {
		level = slog.LevelError
	}
	attributes := []slog.Attr{
		slog.String("route", e.Route), slog.Int("status", e.Status), slog.String("team", e.Team), slog.String("rep", e.Rep),
		slog.Duration("took", e.Took), slog.Int("upstream", e.Upstream),
	}
	if e.Problem != "" {
		attributes = append(attributes, slog.String("problem", e.Problem))
	}
	if e.Panic != "" {
		attributes = append(attributes, slog.String("panic", e.Panic))
	}
	logger.LogAttrs(ctx, level, "request", attributes...)
}
