//go:build !js

// Command demo does the rep's job in a real Chromium, against a local Apollo and
// a local company's site: it sets the API key, opens the site, clicks the icon,
// creates an opportunity and changes it.
//
// It says what it is doing on the standard error, leaves a picture of each step
// in build/demo, and prints one JSON object as its last line: the opportunity as
// Apollo had it after each of the two writes. With DEMO=window and a display it
// works in a window and leaves it open for a person to go on.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// limit is far more than the job takes, so that nothing can hang.
const limit = 80 * time.Second

var errSlow = errors.New("the job is not done after " + limit.String())

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := demo(ctx)
	if err != nil && ctx.Err() != nil {
		err = errors.New("stopped before the end")
	}
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}

func demo(ctx context.Context) error {
	window := os.Getenv("DEMO") == "window"
	if wish := os.Getenv("DEMO"); wish != "" && !window {
		return fmt.Errorf(`DEMO=%s is unknown: "DEMO=window" is all there is`, wish)
	}
	if window && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return errors.New("DEMO=window needs a display, and there is none: leave it out to work without a window")
	}
	s, err := start(ctx, window)
	if err != nil {
		return err
	}
	defer s.close()

	// Not a deadline: each wait of the driver has a shorter limit of its own, and
	// says what it saw when that is reached.
	working, cancel := context.WithCancelCause(ctx)
	defer time.AfterFunc(limit, func() { cancel(errSlow) }).Stop()
	outcome, err := s.job(working)
	if err != nil {
		return errors.Join(context.Cause(working), err)
	}
	if window {
		s.leave(ctx)
	}
	if err := s.close(); err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(outcome)
}

func say(format string, args ...any) { fmt.Fprintf(os.Stderr, "demo: "+format+"\n", args...) }
