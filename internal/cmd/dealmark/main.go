// Command dealmark does from a terminal, or a script, what the extension does
// at a click. Each subcommand is one file and one row of the table commands.
//
// Answers go to standard output, one JSON document a line; what went wrong goes
// to standard error. It exits with 0 after an answer, whatever it says, with 1
// after a failure to read or write, and with 2 after a wrong call.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
)

func main() {
	os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// world is what a command sees of the process that it runs in.
type world struct {
	stdin          io.Reader
	stdout, stderr io.Writer
}

// command is a subcommand: how it is called, what it does, and the function that
// does it for the arguments after its name. A function that cannot make sense of
// its arguments returns errMisused.
type command struct {
	name, call, does string
	run              func(ctx context.Context, args []string, w world) error
}

var errMisused = errors.New("wrong call")

func commands() []command {
	return []command{company}
}

func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		usage(stderr)
		return 2
	}
	switch args[0] {
	case "help", "-h", "-help", "--help":
		usage(stdout)
		return 0
	}
	for _, c := range commands() {
		if c.name != args[0] {
			continue
		}
		err := c.run(ctx, args[1:], world{stdin, stdout, stderr})
		switch {
		case err == nil:
			return 0
		case errors.Is(err, errMisused):
			usage(stderr)
			return 2
		}
		fmt.Fprintf(stderr, "dealmark %s: %v\n", c.name, err)
		return 1
	}
	fmt.Fprintf(stderr, "dealmark: there is no command %q\n", args[0])
	usage(stderr)
	return 2
}

func usage(to io.Writer) {
	fmt.Fprintln(to, "Usage:")
	for _, c := range commands() {
		fmt.Fprintf(to, "  dealmark %s\n        %s\n", c.call, c.does)
	}
}
