package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/sandbox"
)

const keyVariable = "DEALMARK_SANDBOX_KEY"

type settings struct {
	addr   string
	server sandbox.Options
	faults []sandbox.Fault
}

// parse reads the flags and the environment. A request for help is flag.ErrHelp,
// its text written to stderr.
func parse(args []string, env func(string) string, stderr io.Writer) (settings, error) {
	set := flag.NewFlagSet("sandbox", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	addr := set.String("addr", "127.0.0.1:8700", "`host:port` to listen on; port 0 takes a free one")
	key := set.String("key", "", "API `key` to accept (or "+keyVariable+")")
	count := set.Int("opportunities", 0, "generate opportunities until there are `N`")
	dialect := set.String("dialect", string(sandbox.DialectOpportunityCreatedAt), "name of the creation time: created_at or opportunity_created_at")
	honour := set.Bool("honour-account-filter", false, "let opportunities/search obey account_id")
	unpaid := set.Bool("unpaid", false, "refuse the searches, as documented for teams without a paid plan")
	scopes := set.String("scopes", "", "comma-separated `rights` of the key, in place of all")
	plan := set.String("plan", "basic", "rate limits: free, basic or none")
	seed := set.Uint64("seed", 1, "`seed` of object ids and of the chances of faults")
	var faults []sandbox.Fault
	set.Func("fault", "`JSON` of a fault, as POST /sandbox/faults takes it; may be repeated", func(s string) error {
		var f sandbox.Fault
		err := json.Unmarshal([]byte(s), &f)
		faults = append(faults, f)
		return err
	})
	if err := set.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			set.SetOutput(stderr)
			fmt.Fprintln(stderr, "usage: sandbox -key KEY [flags]")
			set.PrintDefaults()
		}
		return settings{}, err
	}
	if set.NArg() > 0 {
		return settings{}, fmt.Errorf("unexpected argument %q: everything is a flag", set.Arg(0))
	}
	if *key == "" {
		*key = env(keyVariable)
	}
	if *key == "" {
		return settings{}, fmt.Errorf("no API key to accept: give -key KEY or set %s", keyVariable)
	}
	if _, _, err := net.SplitHostPort(*addr); err != nil {
		return settings{}, fmt.Errorf("-addr %q is not host:port", *addr)
	}
	if *count < 0 {
		return settings{}, fmt.Errorf("-opportunities %d: give 0 or more", *count)
	}
	spoken := sandbox.Dialect(*dialect)
	if spoken != sandbox.DialectCreatedAt && spoken != sandbox.DialectOpportunityCreatedAt {
		return settings{}, fmt.Errorf("-dialect %q: give created_at or opportunity_created_at", *dialect)
	}
	accepted, err := newKey(*key, *scopes)
	if err != nil {
		return settings{}, err
	}
	limits, ok := map[string]sandbox.Limits{"free": sandbox.FreePlan(), "basic": sandbox.BasicPlan(), "none": {}}[*plan]
	if !ok {
		return settings{}, fmt.Errorf("-plan %q: give free, basic or none", *plan)
	}
	return settings{addr: *addr, faults: faults, server: sandbox.Options{
		Keys: []sandbox.Key{accepted}, Clock: time.Now, Seed: sandbox.DemoSeed().WithOpportunities(*count),
		Dialect: spoken, HonourAccountFilter: *honour, Unpaid: *unpaid, Limits: &limits, IDSeed: *seed,
	}}, nil
}

// newKey is a master key, or one with the scopes only. An unknown scope is
// refused, for a key that it was meant to open would not say so.
func newKey(secret, scopes string) (sandbox.Key, error) {
	if scopes == "" {
		return sandbox.Key{Secret: secret, Master: true}, nil
	}
	k := sandbox.Key{Secret: secret}
	for scope := range strings.SplitSeq(scopes, ",") {
		scope = strings.TrimSpace(scope)
		if !slices.Contains(sandbox.Scopes(), scope) {
			return k, fmt.Errorf("-scopes: unknown right %q: one of %s", scope, strings.Join(sandbox.Scopes(), ", "))
		}
		k.Scopes = append(k.Scopes, scope)
	}
	return k, nil
}
