//go:build !js

// Command gateway runs the team's gateway on this machine, with SQLite, and keeps
// the reps' tokens.
//
//	gateway serve -db dealmark.db
//	gateway token add -db dealmark.db -rep dana -user USER_ID -scope write
//	gateway token list|rotate|revoke -db dealmark.db
//	gateway tag
//
// The team's key is in the environment or in a file, never in a flag: everybody on
// the machine can read flags. It ends on SIGINT or SIGTERM when the requests under
// way are answered. A wrong call is one line and status 2, a failure status 1.
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
