//go:build !js

// Command screenshots takes a picture of every state of every page, as package
// scene brings it about in a real Chromium: light and dark, at 100 % and at 200 %,
// from left to right and from right to left. It leaves them in build/screenshots
// with a page, index.html, that shows them side by side.
//
// With -readme it takes the four of README, in the repository.
//
// It says on the standard error what it is doing. It judges nothing: a person
// looks.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"syscall"
	"time"

	"github.com/dealmark/dealmark/internal/e2e/scene"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stderr); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "screenshots:", err)
		}
		stop()
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, log io.Writer) error {
	flags := flag.NewFlagSet("screenshots", flag.ContinueOnError)
	flags.SetOutput(log)
	out := flags.String("out", "build/screenshots", "the folder, which is emptied first")
	only := flags.String("only", "", `the states whose names match, such as "popup-.*key"; all if empty`)
	looks := flags.String("looks", "", `the looks whose names match, such as "ltr-100"; all if empty`)
	language := flags.String("language", "", `the browser's where it writes from left to right, such as "de"; the system's if empty`)
	small := flags.Bool("readme", false, "take README's pictures alone, in "+readme)
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *small {
		return takeReadme(ctx, readme, log)
	}
	states, err := named(scene.All(), *only, scene.Scene.ID)
	if err != nil {
		return err
	}
	wanted, err := named(allLooks, *looks, look.name)
	if err != nil {
		return err
	}
	begun := time.Now()
	if err := os.RemoveAll(*out); err != nil {
		return fmt.Errorf("empty %s: %w", *out, err)
	}
	shots := &album{dir: *out, language: *language, log: log, whole: len(states) * directions(wanted), begun: begun}
	if err := shots.take(ctx, wanted, states); err != nil {
		return err
	}
	if err := shots.index(states, wanted); err != nil {
		return err
	}
	fmt.Fprintf(log, "screenshots: %d pictures of %d states in %s: see %s/index.html\n", shots.taken, len(states), time.Since(begun).Round(time.Second), *out)
	if len(shots.missing) > 0 {
		return fmt.Errorf("%d states could not be come to:\n%w", len(shots.missing), errors.Join(shots.missing...))
	}
	return nil
}

// named are those whose names a pattern matches, and at least one.
func named[T any](all []T, pattern string, name func(T) string) ([]T, error) {
	match, err := regexp.Compile(pattern)
	if err != nil {
		return nil, err
	}
	var chosen []T
	for _, one := range all {
		if match.MatchString(name(one)) {
			chosen = append(chosen, one)
		}
	}
	if len(chosen) == 0 {
		return nil, fmt.Errorf("nothing is named like %q", pattern)
	}
	return chosen, nil
}

// directions counts in how many a state is brought about.
func directions(looks []look) int {
	there := map[bool]bool{}
	for _, l := range looks {
		there[l.rtl] = true
	}
	return len(there)
}
