package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
)

// keyVariable holds the API key: on a command line every process could read it.
const keyVariable = "APOLLO_API_KEY"

var opportunities = command{
	name: "opportunities",
	call: "opportunities list|view ID|create|update ID|stages [flags]",
	does: "List, show, make or change opportunities in Apollo, with the key in " + keyVariable + ".\n" +
		"        -base is the API's address, -json writes a JSON document a line in place of a\n" +
		"        table; -h after the verb lists the others.",
	run: runOpportunities,
}

// verb is one thing to do with opportunities. flags adds its own flags to set
// and gives what is done after they are parsed; with id an argument is needed.
type verb struct {
	name  string
	id    bool
	flags func(set *flag.FlagSet) func(ctx context.Context, s session) error
}

// verbs is a function, for a verb's own help needs the list.
func verbs() []verb {
	return []verb{
		{name: "list", flags: listFlags},
		{name: "view", id: true, flags: viewFlags},
		{name: "create", flags: createFlags},
		{name: "update", id: true, flags: updateFlags},
		{name: "stages", flags: stagesFlags},
	}
}

// session is what a verb works with.
type session struct {
	client *apollo.Client
	set    *flag.FlagSet // parsed: which flags were given
	id     crm.OpportunityID
	out    output
	warn   func(format string, values ...any)
}

func runOpportunities(ctx context.Context, args []string, w world) error {
	if len(args) == 0 {
		return misuse("say what to do: list, view, create, update or stages")
	}
	for _, v := range verbs() {
		if v.name != args[0] {
			continue
		}
		err := v.run(ctx, args[1:], w)
		if err != nil && !errors.Is(err, flag.ErrHelp) {
			return fmt.Errorf("%s: %w", v.name, err)
		}
		return nil
	}
	return misuse(fmt.Sprintf("there is no %q: list, view, create, update or stages", args[0]))
}

func (v verb) run(ctx context.Context, args []string, w world) error {
	set := flag.NewFlagSet(v.name, flag.ContinueOnError)
	set.SetOutput(io.Discard)
	base := set.String("base", apollo.DefaultBase, "`address` of the API")
	asJSON := set.Bool("json", false, "write a JSON document a line")
	do := v.flags(set)
	rest, err := parse(set, args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		set.SetOutput(w.stdout)
		id := ""
		if v.id {
			id = " ID"
		}
		fmt.Fprintf(w.stdout, "usage: dealmark opportunities %s%s [flags]\n", v.name, id)
		set.PrintDefaults()
		return err
	case err != nil:
		return misuse(err.Error())
	}
	s := session{set: set, out: output{to: w.stdout, json: *asJSON}}
	if v.id {
		if len(rest) == 0 {
			return misuse("give the opportunity's id")
		}
		id, ok := crm.ParseID[crm.OpportunityID](rest[0])
		if !ok {
			return misuse(fmt.Sprintf("%q is not an opportunity's id: 24 digits of 0-9 and a-f", rest[0]))
		}
		s.id, rest = id, rest[1:]
	}
	if len(rest) > 0 {
		return misuse(fmt.Sprintf("unexpected argument %q", rest[0]))
	}
	if err := apollo.CheckBase(*base); err != nil {
		return misuse(fmt.Sprintf("-base %q: %v", *base, err))
	}
	key := strings.TrimSpace(w.env(keyVariable))
	if key == "" {
		return misuse("no API key: set " + keyVariable)
	}
	s.client = apollo.New(apollo.Options{Base: *base, Key: key, Transport: w.transport, Clock: w.clock})
	s.warn = func(format string, values ...any) {
		fmt.Fprintf(w.stderr, "dealmark opportunities: %s: %s\n", v.name, fmt.Sprintf(format, values...))
	}
	return do(ctx, s)
}

// parse takes flags before and after arguments.
func parse(set *flag.FlagSet, args []string) (rest []string, err error) {
	for {
		if err := set.Parse(args); err != nil {
			return nil, err
		}
		if args = set.Args(); len(args) == 0 {
			return rest, nil
		}
		rest, args = append(rest, args[0]), args[1:]
	}
}
