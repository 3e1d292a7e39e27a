package main

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
)

// mutant is a wrong outbox: another policy, or a wrong world around the right
// code. The simulator must see each of them fail.
type mutant struct {
	name string
	with func(*rules)
}

const never = 1000 * time.Hour

// right is the product's outbox in a world that is what it takes it for.
func right() rules { return rules{policy: outbox.DefaultPolicy()} }

func (m mutant) rules() rules {
	r := right()
	m.with(&r)
	return r
}

var mutants = []mutant{
	{"no quarantine", func(r *rules) { r.policy.Quarantine = 0 }},
	{"searches once, then resends", func(r *rules) { r.policy.Quarantine, r.policy.Misses = 0, 1 }},
	{"a quarantine of a minute", func(r *rules) { r.policy.Quarantine = time.Minute }},
	{"a quarantine of five minutes", func(r *rules) { r.policy.Quarantine, r.policy.Misses = 5*time.Minute, 1 }},
	{"a quarantine without end", func(r *rules) { r.policy.Quarantine = never }},
	{"does not watch", func(r *rules) { r.policy.Watch = [2]time.Duration{never, never} }},
	{"does not wait between tries", func(r *rules) { r.policy.FirstWait, r.policy.MaxWait, r.policy.Break = time.Second, time.Second, 1<<30 }},
	{"waits without end", func(r *rules) { r.policy.FirstWait, r.policy.MaxWait = never, never }},
	{"pauses without end", func(r *rules) { r.policy.Break, r.policy.Pause, r.policy.MaxPause = 1, never, never }},
	{"drops what is done at once", func(r *rules) { r.policy.Keep, r.policy.Linger = 0, 0 }},
	{"ignores the boot rule", ports(func(p *outbox.Ports, _ *world) { p.Boot = "always the same" })},
	{"skips the mirror", ports(func(p *outbox.Ports, _ *world) { p.Mirror = nil })},
	{"no lock and no compare-and-set", func(r *rules) {
		r.seams.noLock = true
		r.seams.ports = func(p *outbox.Ports, _ *world) { p.Primary = medium{Store: p.Primary, stale: map[string][]byte{}} }
	}},
	{"deletes before it sends", wasWritten(func(value []byte) []byte {
		if bytes.Contains(value, []byte(`"state":"sending"`)) {
			return nil
		}
		return value
	})},
	{"drops what failed", wasWritten(func(value []byte) []byte {
		if bytes.Contains(value, []byte(`"state":"queued"`)) && bytes.Contains(value, []byte(`"failures"`)) {
			return nil
		}
		return value
	})},
	{"takes half-sent for not sent", wasRead(replaced(`"state":"sending"`, `"state":"queued"`))},
	{"ignores the checksum", wasRead(reseal)},
	{"keeps all in memory", func(r *rules) { r.seams.volatile = true }},
	{"takes 500 for sent", failing(crm.Uncertain, "")},
	{"takes 500 for not sent", failing(crm.Uncertain, crm.Unavailable)},
	{"takes offline for sent", failing(crm.Unavailable, "")},
	{"takes a refusal for sent", failing(crm.Invalid, "")},
	{"takes 429 for sent", failing(crm.RateLimited, "")},
	{"ignores Retry-After", sending(func(_ *world, c *client) {
		c.failed = func(e *crm.Error) *crm.Error { e.RetryAfter = 0; return e }
	})},
	{"trusts the filter", sending(func(_ *world, c *client) {
		c.named = func(name string, l outbox.Listing) outbox.Listing {
			l.Rows = slices.DeleteFunc(slices.Clone(l.Rows), func(r outbox.Row) bool { return !strings.EqualFold(r.Name, name) })
			l.Whole = true
			return l
		}
	})},
	{"looks for nothing", sending(func(w *world, c *client) {
		c.named = func(string, outbox.Listing) outbox.Listing { return outbox.Listing{Whole: true, At: w.server()} }
	})},
	{"goes by its own clock", sending(func(w *world, c *client) {
		c.named = func(_ string, l outbox.Listing) outbox.Listing { l.At = w.machine.clock(); return l }
	})},
	{"takes a namesake for its own", sending(func(w *world, c *client) {
		c.named = func(name string, l outbox.Listing) outbox.Listing {
			l.Rows = slices.Clone(l.Rows)
			for i := range l.Rows {
				if l.Rows[i].Name == name {
					l.Rows[i].Tag = w.named(name).form
				}
			}
			return l
		}
	})},
	{"trusts a crossed answer", func(r *rules) { r.seams.trusting = true }},
	{"takes Apollo for a receiver that knows ids", func(r *rules) { r.policy.Idempotent, r.receiver = true, "apollo" }},
	{"a gateway that knows no ids", func(r *rules) { r.seams.forgetful, r.receiver = true, "gateway" }},
	{"forgets whom it asked", wasRead(func(value []byte) []byte {
		if bytes.Contains(value, []byte(`"keyed":`)) {
			return value
		}
		return replaced(`"state":`, `"keyed":true,"state":`)(value)
	})},
	{"changes without a look", sending(func(w *world, c *client) {
		c.viewed = func(o crm.Opportunity) crm.Opportunity {
			for _, op := range w.ops {
				if u, ok := op.command.(crm.Update); ok && u.ID == o.ID {
					o.Values = u.Base
				}
			}
			return o
		}
	})},
	{"reads no custom fields", sending(func(_ *world, c *client) {
		c.viewed = func(o crm.Opportunity) crm.Opportunity { o.Custom = ""; return o }
	})},
	{"compares no custom fields", sending(func(_ *world, c *client) {
		c.viewed = func(o crm.Opportunity) crm.Opportunity { o.Custom = crm.CustomUnknown; return o }
	})},
	{"takes custom fields as they are spelled", sending(func(_ *world, c *client) {
		c.viewed = func(o crm.Opportunity) crm.Opportunity {
			for f, text := range o.Custom.All() {
				_, id, _ := f.Custom()
				o.Custom = o.Custom.With(crm.CustomField(crm.CustomText, id), text+" ")
			}
			return o
		}
	})},
}

func ports(with func(*outbox.Ports, *world)) func(*rules) {
	return func(r *rules) { r.seams.ports = with }
}

func wasWritten(write func([]byte) []byte) func(*rules) {
	return ports(func(p *outbox.Ports, _ *world) {
		p.Primary, p.Mirror = medium{Store: p.Primary, write: write}, medium{Store: p.Mirror, write: write}
	})
}

func wasRead(read func([]byte) []byte) func(*rules) {
	return ports(func(p *outbox.Ports, _ *world) {
		p.Primary, p.Mirror = medium{Store: p.Primary, read: read}, medium{Store: p.Mirror, read: read}
	})
}

func sending(with func(*world, *client)) func(*rules) {
	return func(r *rules) {
		r.seams.sender = func(right outbox.Sender, w *world) outbox.Sender {
			c := client{Sender: right}
			with(w, &c)
			return c
		}
	}
}

// failing takes errors of one kind for another one, or for none.
func failing(kind, as crm.Kind) func(*rules) {
	return sending(func(_ *world, c *client) {
		c.failed = func(e *crm.Error) *crm.Error {
			switch {
			case e.Kind != kind:
				return e
			case as == "":
				return nil
			}
			return &crm.Error{Kind: as, Message: e.Message}
		}
	})
}

// replaced changes a record of this version that is whole.
func replaced(old, with string) func([]byte) []byte {
	return func(value []byte) []byte {
		if !bytes.HasPrefix(value, []byte(`{"schema":2`)) || !bytes.Equal(reseal(value), value) {
			return value
		}
		return reseal(bytes.Replace(value, []byte(old), []byte(with), 1))
	}
}

// reseal makes a record valid, whatever it holds.
func reseal(value []byte) []byte {
	_, entry, ok := bytes.Cut(value, []byte(`,"entry":`))
	if !ok || len(entry) == 0 || bytes.HasPrefix(value, []byte(`{"schema":3`)) {
		return value
	}
	return sealed(2, string(entry[:len(entry)-1]))
}

func mutantNamed(name string) (mutant, bool) {
	for _, m := range mutants {
		if m.name == name {
			return m, true
		}
	}
	return mutant{}, false
}

// playMutants prints which seed caught each mutant, and why.
func playMutants(out io.Writer, mutants []mutant, seeds int) bool {
	survived := 0
	for _, m := range mutants {
		first, why := catch(seeds, m.rules())
		if first < 0 {
			survived++
			fmt.Fprintf(out, "%-44s SURVIVED %d seeds\n", m.name, seeds)
			continue
		}
		fmt.Fprintf(out, "%-44s seed %-5d %s\n", m.name, first, why)
	}
	fmt.Fprintf(out, "%d mutants, %d survived\n", len(mutants), survived)
	return survived == 0
}

func catch(seeds int, rules rules) (seed int, why string) {
	p := player{rules: rules, tally: newTally()}
	defer p.stacks.end()
	for seed := range seeds {
		if w := p.play(uint64(seed)); len(w.faults) > 0 {
			return seed, w.faults[0]
		}
	}
	return -1, ""
}
