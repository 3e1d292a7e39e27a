//go:build !js

package main

import (
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/dealmark/dealmark/internal/e2e/companysite"
)

// companies are the company sites, at a free port of 127.0.0.1.
type companies struct {
	addr string
	web  *http.Server
}

func serveCompanies() (*companies, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen on this machine: %w", err)
	}
	web := &http.Server{Handler: companysite.Handler(), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = web.Serve(listener) }() // ends with close, which has nothing to say
	return &companies{listener.Addr().String(), web}, nil
}

func (c *companies) close() error { return c.web.Close() }
