package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"

	"github.com/dealmark/dealmark/internal/sandbox"
)

// grace is how long requests under way may take when the server is told to end.
const grace = 2 * time.Second

// run serves until ctx ends and returns the exit status.
func run(ctx context.Context, args []string, env func(string) string, stdout, stderr io.Writer) int {
	chosen, err := parse(args, env, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		return fail(stderr, err)
	}
	server := sandbox.New(chosen.server)
	for _, f := range chosen.faults {
		if err := server.AddFault(f); err != nil {
			return fail(stderr, err)
		}
	}
	listener, err := net.Listen("tcp", chosen.addr)
	if err != nil {
		return fail(stderr, err)
	}
	seed := chosen.server.Seed
	fmt.Fprintf(stdout, "sandbox: listening on http://%s/api/v1 (%d opportunities, %d accounts)\n",
		listener.Addr(), len(seed.Opportunities), len(seed.Accounts))

	// Requests end with ctx, so that one which a fault delays does not hold up the end.
	web := &http.Server{
		Handler: server, ReadHeaderTimeout: 10 * time.Second, ErrorLog: log.New(stderr, "sandbox: ", 0),
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	served := make(chan error, 1)
	go func() { served <- web.Serve(listener) }()
	select {
	case err := <-served:
		return fail(stderr, err)
	case <-ctx.Done():
	}
	ending, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	if web.Shutdown(ending) != nil {
		_ = web.Close()
	}
	return 0
}

func fail(stderr io.Writer, err error) int {
	fmt.Fprintln(stderr, "sandbox:", err)
	return 2
}
