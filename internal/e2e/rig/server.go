//go:build !js

package rig

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// Server serves a handler at a free port of 127.0.0.1.
type Server struct {
	Addr string
	web  *http.Server
	stop context.CancelFunc
}

// Serve starts one.
func Serve(handler http.Handler) (*Server, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen on this machine: %w", err)
	}
	// A request that is held up on purpose ends with the server.
	ctx, stop := context.WithCancel(context.Background())
	s := &Server{Addr: listener.Addr().String(), stop: stop, web: &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second,
		ErrorLog:    log.New(io.Discard, "", 0), // a connection that is cut on purpose is no news
		BaseContext: func(net.Listener) context.Context { return ctx },
	}}
	go func() { _ = s.web.Serve(listener) }() // ends with Close, which has nothing to say
	return s, nil
}

// Close ends it with all that is under way.
func (s *Server) Close() error {
	s.stop()
	return s.web.Close()
}
