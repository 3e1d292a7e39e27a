package main

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
)

// mutant is a wrong outbox: another policy, or a wrong world around the right
// code. The simulator must see each of them fail.
type mutant struct {
	name string
	with func(*outbox.Policy, *seams)
}

const never = 1000 * time.Hour

func (m mutant) apply() (outbox.Policy, seams) {
	policy, s := outbox.DefaultPolicy(), seams{}
	m.with(&policy, &s)
	return policy, s
}

var mutants = []mutant{
	{"no quarantine", func(p *outbox.Policy, _ *seams) { p.Quarantine = 0 }},
	{"searches once, then resends", func(p *outbox.Policy, _ *seams) { p.Quarantine, p.Misses = 0, 1 }},
	{"a quarantine of a minute", func(p *outbox.Policy, _ *seams) { p.Quarantine = time.Minute }},
	{"a quarantine of five minutes", func(p *outbox.Policy, _ *seams) { p.Quarantine, p.Misses = 5*time.Minute, 1 }},
	{"a quarantine without end", func(p *outbox.Policy, _ *seams) { p.Quarantine = never }},
	{"does not watch", func(p *outbox.Policy, _ *seams) { p.Watch = [2]time.Duration{never, never} }},
	{"does not wait between tries", func(p *outbox.Policy, _ *seams) { p.FirstWait, p.MaxWait, p.Break = time.Second, time.Second, 1<<30 }},
	{"waits without end", func(p *outbox.Policy, _ *seams) { p.FirstWait, p.MaxWait = never, never }},
	{"pauses without end", func(p *outbox.Policy, _ *seams) { p.Break, p.Pause, p.MaxPause = 1, never, never }},
	{"drops what is done at once", func(p *outbox.Policy, _ *seams) { p.Keep = 0 }},
	{"ignores the boot rule", ports(func(p *outbox.Ports, _ *world) { p.Boot = "always the same" })},
	{"skips the mirror", ports(func(p *outbox.Ports, _ *world) { p.Mirror = nil })},
	{"no lock and no compare-and-set", func(_ *outbox.Policy, s *seams) {
		s.noLock = true
		s.ports = func(p *outbox.Ports, _ *world) { p.Primary = medium{Store: p.Primary, stale: map[string][]byte{}} }
	}},
	{"deletes before it sends", written(func(value []byte) []byte {
		if bytes.Contains(value, []byte(`"state":"sending"`)) {
			return nil
		}
		return value
	})},
	{"drops what failed", written(func(value []byte) []byte {
		if bytes.Contains(value, []byte(`"state":"queued"`)) && bytes.Contains(value, []byte(`"failures"`)) {
			return nil
		}
		return value
	})},
	{"takes half-sent for not sent", wasRead(func(value []byte) []byte {
		if bytes.Contains(value, []byte(`"state":"sending"`)) {
			return reseal(bytes.Replace(value, []byte(`"state":"sending"`), []byte(`"state":"queued"`), 1))
		}
		return value
	})},
	{"ignores the checksum", wasRead(reseal)},
	{"keeps all in memory", func(_ *outbox.Policy, s *seams) { s.volatile = true }},
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
	{"trusts a crossed answer", func(_ *outbox.Policy, s *seams) { s.trusting = true }},
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
}

func ports(with func(*outbox.Ports, *world)) func(*outbox.Policy, *seams) {
	return func(_ *outbox.Policy, s *seams) { s.ports = with }
}

func written(write func([]byte) []byte) func(*outbox.Policy, *seams) {
	return ports(func(p *outbox.Ports, _ *world) {
		p.Primary, p.Mirror = medium{Store: p.Primary, write: write}, medium{Store: p.Mirror, write: write}
	})
}

func wasRead(read func([]byte) []byte) func(*outbox.Policy, *seams) {
	return ports(func(p *outbox.Ports, _ *world) {
		p.Primary, p.Mirror = medium{Store: p.Primary, read: read}, medium{Store: p.Mirror, read: read}
	})
}

func sending(with func(*world, *client)) func(*outbox.Policy, *seams) {
	return func(_ *outbox.Policy, s *seams) {
		s.sender = func(right outbox.Sender, w *world) outbox.Sender {
			c := client{Sender: right}
			with(w, &c)
			return c
		}
	}
}

// failing takes errors of one kind for another one, or for none.
func failing(kind, as crm.Kind) func(*outbox.Policy, *seams) {
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

// reseal makes a record valid, whatever it holds.
func reseal(value []byte) []byte {
	_, entry, ok := bytes.Cut(value, []byte(`,"entry":`))
	if !ok || len(entry) == 0 {
		return value
	}
	entry = entry[:len(entry)-1]
	sum := strconv.FormatUint(uint64(crc32.Update(2, crc32.IEEETable, entry)), 10)
	return []byte(`{"schema":2,"crc32":` + sum + `,"entry":` + string(entry) + `}`)
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
func playMutants(out io.Writer, seeds int) bool {
	survived := 0
	for _, m := range mutants {
		policy, s := m.apply()
		first, why := catch(seeds, policy, s)
		if first < 0 {
			survived++
			fmt.Fprintf(out, "%-36s SURVIVED %d seeds\n", m.name, seeds)
			continue
		}
		fmt.Fprintf(out, "%-36s seed %-5d %s\n", m.name, first, why)
	}
	fmt.Fprintf(out, "%d mutants, %d survived\n", len(mutants), survived)
	return survived == 0
}

func catch(seeds int, policy outbox.Policy, s seams) (seed int, why string) {
	for seed := range seeds {
		if w := play(uint64(seed), policy, s, newTally()); len(w.faults) > 0 {
			return seed, w.faults[0]
		}
	}
	return -1, ""
}
