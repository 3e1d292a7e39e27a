//go:build !js

package main

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/gateway"
	"github.com/dealmark/dealmark/internal/gateway/sqlite"
)

// token makes, lists and ends tokens. With -sql it prints the statements instead,
// for the database of a Worker.
func (p process) token(ctx context.Context, args []string) error {
	verb := ""
	if len(args) > 0 {
		verb, args = args[0], args[1:]
	}
	set := flag.NewFlagSet("token "+verb, flag.ContinueOnError)
	path := set.String("db", "", "`file` of the gateway's database; made if there is none")
	print := set.Bool("sql", false, "print the SQL for another database in place of changing one: wrangler d1 execute takes it")
	team := set.String("team", defaultTeam, "the team's `name`")
	rep := set.String("rep", "", "the rep's `name`: lower-case letters, digits, hyphens")
	user := set.String("user", "", "the rep's `id` in Apollo: the owner of what they create")
	scope := set.String("scope", "write", "what the rep may do: read, write or admin")
	if err := p.parse(set, args); err != nil {
		return err
	}
	if *rep == "" && verb != "list" {
		return fmt.Errorf("%w: say whose token with -rep NAME", errUsage)
	}
	if (*path == "") == !*print || *print && verb == "list" {
		return fmt.Errorf("%w: give the database with -db FILE, or -sql to print statements", errUsage)
	}
	var db gateway.DB = printer{p}
	if !*print {
		file, err := p.open(ctx, *path)
		if err != nil {
			return err
		}
		defer file.Close()
		db = file
	}
	reps := gateway.Reps{DB: db, Clock: time.Now, Random: rand.Reader}
	var token gateway.Token
	var err error
	switch verb {
	case "add":
		token, err = reps.Add(ctx, gateway.Rep{Team: *team, Name: *rep, UserID: crm.UserID(*user), Scope: gateway.Scope(*scope)})
	case "rotate":
		token, err = reps.Rotate(ctx, *team, *rep)
	case "revoke":
		if err = reps.Revoke(ctx, *team, *rep); err == nil {
			fmt.Fprintf(p.stderr, "%s's tokens have ended; the next request with one is refused.\n", *rep)
		}
		return err
	case "list":
		return p.list(ctx, reps)
	default:
		return fmt.Errorf("%w: token add, list, rotate or revoke", errUsage)
	}
	if err != nil {
		return err
	}
	if *print {
		fmt.Fprintln(p.stderr, string(token))
		fmt.Fprintln(p.stderr, "The line above is the token, shown this once. The statements are on the standard output.")
		return nil
	}
	fmt.Fprintln(p.stdout, string(token))
	fmt.Fprintf(p.stderr, "This is %s's token. It is shown this once and stored nowhere; the rep enters it in the extension's settings.\n", *rep)
	return nil
}

func (p process) open(ctx context.Context, path string) (*sqlite.DB, error) {
	db, err := sqlite.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the database %s cannot be opened: %w", path, err)
	}
	if err := gateway.Migrate(ctx, db); err != nil {
		return nil, errors.Join(fmt.Errorf("the database %s cannot be used: %w", path, err), db.Close())
	}
	return db, nil
}

func (p process) list(ctx context.Context, reps gateway.Reps) error {
	list, err := reps.List(ctx)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(p.stdout, 0, 8, 2, ' ', 0)
	fmt.Fprintln(w, "TEAM\tREP\tSCOPE\tUSER\tTOKEN\tCREATED\tUSED\tSTATE")
	for _, t := range list {
		state := "lives"
		switch now := time.Now(); {
		case t.Revoked:
			state = "revoked"
		case !t.Expires.IsZero() && !t.Expires.After(now):
			state = "rotated"
		case !t.Expires.IsZero():
			state = "until " + t.Expires.Format(time.DateTime)
		case now.Sub(t.Used) > gateway.DefaultPolicy().Idle:
			state = "unused too long"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", t.Team, t.Name, t.Scope, t.UserID, t.ID,
			t.Created.Format(time.DateTime), t.Used.Format(time.DateTime), state)
	}
	return w.Flush()
}

// printer is a database that writes the statements down for another one.
type printer struct{ process }

// Batch implements [gateway.DB].
func (p printer) Batch(_ context.Context, statements ...gateway.Statement) ([]gateway.Result, error) {
	results := make([]gateway.Result, len(statements))
	for i, s := range statements {
		parts := strings.Split(s.SQL, "?")
		if len(parts) != len(s.Args)+1 {
			return nil, errors.New("this cannot be printed")
		}
		text := parts[0]
		for j, arg := range s.Args {
			switch v := arg.(type) {
			case string:
				text += "'" + strings.ReplaceAll(v, "'", "''") + "'"
			default:
				text += fmt.Sprint(v)
			}
			text += parts[j+1]
		}
		fmt.Fprintln(p.stdout, strings.Join(strings.Fields(text), " ")+";")
		results[i].Changes = 1
	}
	return results, nil
}
