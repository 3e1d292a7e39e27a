// Command dealmark does from a terminal, or a script, what the extension does
// at a click. Each subcommand is one file and one row of the table commands.
//
// Answers go to standard output; what went wrong goes to standard error. It
// exits with 0 after an answer, whatever it says, with 1 after a failure, and
// with 2 after a wrong call.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], world{os.Stdin, os.Stdout, os.Stderr, os.Getenv, time.Now, transport()}))
}

// world is what a command sees of the process that it runs in.
type world struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	env            func(string) string
	clock          func() time.Time
	transport      apollo.Transport
}

// command is a subcommand: how it is called, what it does, and the function that
// does it for the arguments after its name. A function that cannot make sense of
// its arguments returns errMisused, or a misuse to say which one.
type command struct {
	name, call, does string
	run              func(ctx context.Context, args []string, w world) error
}

var errMisused = errors.New("wrong call")

// misuse is a wrong call in one line.
type misuse string

func (m misuse) Error() string { return string(m) }

func commands() []command {
	return []command{company, opportunities}
}

func run(ctx context.Context, args []string, w world) int {
	if len(args) == 0 {
		usage(w.stderr)
		return 2
	}
	switch args[0] {
	case "help", "-h", "-help", "--help":
		usage(w.stdout)
		return 0
	}
	for _, c := range commands() {
		if c.name != args[0] {
			continue
		}
		err := c.run(ctx, args[1:], w)
		if err == nil {
			return 0
		}
		if errors.Is(err, errMisused) {
			usage(w.stderr)
			return 2
		}
		fmt.Fprintf(w.stderr, "dealmark %s: %v\n", c.name, err)
		if _, wrong := errors.AsType[misuse](err); wrong {
			return 2
		}
		return 1
	}
	fmt.Fprintf(w.stderr, "dealmark: there is no command %q\n", args[0])
	usage(w.stderr)
	return 2
}

func usage(to io.Writer) {
	fmt.Fprintln(to, "Usage:")
	for _, c := range commands() {
		fmt.Fprintf(to, "  dealmark %s\n        %s\n", c.call, c.does)
	}
}
