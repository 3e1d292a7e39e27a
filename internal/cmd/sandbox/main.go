// Command sandbox serves a local Apollo: package sandbox on a TCP address.
//
//	sandbox -addr 127.0.0.1:8700 -key KEY
//
// It prints one line when it listens and ends on SIGINT or SIGTERM. A wrong
// flag, a missing key or an address that cannot be had is one line and status 2.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr))
}
