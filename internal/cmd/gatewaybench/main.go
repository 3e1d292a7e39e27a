//go:build !js

// Command gatewaybench measures the native gateway: how long the question about a
// company takes in a team of 1,000 and of 100,000 opportunities, side by side in
// one run; how many of them one core answers; and what many reps at once meet.
//
// Figures in seconds are this machine's; the ratio between the teams is the
// program's.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"
)

func main() {
	var o options
	flag.IntVar(&o.small, "small", 1000, "opportunities of the small team")
	flag.IntVar(&o.large, "large", 100_000, "opportunities of the large team")
	flag.IntVar(&o.rounds, "rounds", 2000, "questions to each team")
	flag.IntVar(&o.reps, "reps", 20, "reps who ask and save at once")
	flag.DurationVar(&o.load, "load", 30*time.Second, "for how long")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := bench(ctx, o, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "gatewaybench:", err)
		os.Exit(1)
	}
}
