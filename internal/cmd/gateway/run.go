//go:build !js

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
)

const usage = `usage:
  gateway serve  -db FILE [flags]                serve the team
  gateway token  add|list|rotate|revoke [flags]  keep the reps' tokens
  gateway tag    [flags]                         make the field in Apollo that keeps writes from being done twice
`

// errUsage is a wrong call: status 2.
var errUsage = errors.New("wrong call")

// process is what a command works with.
type process struct {
	env            func(string) string
	stdout, stderr io.Writer
}

// run does one command and gives the exit status.
func run(ctx context.Context, args []string, env func(string) string, stdout, stderr io.Writer) int {
	p := process{env, stdout, stderr}
	commands := map[string]func(context.Context, []string) error{"serve": p.serve, "token": p.token, "tag": p.tag}
	var command func(context.Context, []string) error
	if len(args) > 0 {
		command = commands[args[0]]
	}
	if command == nil {
		fmt.Fprint(stderr, usage)
		return 2
	}
	err := command(ctx, args[1:])
	switch {
	case err == nil:
		return 0
	case errors.Is(err, flag.ErrHelp):
		return 0
	case errors.Is(err, errUsage):
		fmt.Fprintln(stderr, "gateway:", err)
		return 2
	}
	fmt.Fprintln(stderr, "gateway:", err)
	return 1
}

// parse reads the flags of a command.
func (p process) parse(set *flag.FlagSet, args []string) error {
	set.SetOutput(io.Discard)
	err := set.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		set.SetOutput(p.stderr)
		fmt.Fprintln(p.stderr, "usage: gateway "+set.Name()+" [flags]")
		set.PrintDefaults()
		return err
	}
	if err == nil && set.NArg() > 0 {
		err = fmt.Errorf("unexpected argument %q", set.Arg(0))
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	return nil
}
