package journal

import (
	"bytes"
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/store"
)

// The records lie in Most slots that are used in turn; "next" holds the number of
// the next one.
const (
	slotPrefix = "slot/"
	nextKey    = "next"
)

// keep stores documents in one step: that of a new note in the next slot, that of
// a stored one in its own, if what was stored is still there.
func (j *Journal) keep(ctx context.Context, notes []*note, documents [][]byte) error {
	if len(notes) == 0 {
		return nil
	}
	keys := make([]string, 1, 1+len(notes))
	keys[0] = nextKey
	for _, n := range notes {
		keys = append(keys, slotPrefix+n.slot)
	}
	slots := make([]string, len(notes))
	err := j.store.Update(ctx, keys, func(found []store.Record) (write []store.Record, err error) {
		next := digits(string(found[0].Value)) // 0 where nobody can read it: old ones are overwritten early
		for i, n := range notes {
			slots[i] = n.slot
			if n.stored == nil {
				slots[i] = strconv.Itoa(next % Most)
				next++
			} else if !bytes.Equal(n.stored, found[1+i].Value) {
				continue
			}
			write = append(write, store.Record{Key: slotPrefix + slots[i], Value: documents[i]})
		}
		return append(write, store.Record{Key: nextKey, Value: []byte(strconv.Itoa(next))}), nil
	})
	if err == nil {
		for i, n := range notes {
			n.slot, n.stored = slots[i], documents[i]
		}
	}
	return err
}

// document is a line of fields. None of them can hold a tab.
func (r *Record) document() []byte {
	fields := []string{strconv.FormatInt(r.At.UnixMilli(), 10), r.Workspace, r.Host, r.Method, r.Route, strconv.Itoa(r.Bytes), r.Outcome}
	for _, rate := range r.Rates {
		fields = append(fields, strconv.Itoa(rate.Limit), strconv.Itoa(rate.Left))
	}
	return []byte(strings.Join(fields, "\t"))
}

func read(document []byte) (r Record, ok bool) {
	f := strings.Split(string(document), "\t")
	if len(f) != 7+2*len(r.Rates) {
		return r, false
	}
	at, ok := crm.ParseDigits(f[0])
	r = Record{At: time.UnixMilli(at), Workspace: f[1], Host: f[2], Method: f[3], Route: f[4], Bytes: digits(f[5]), Outcome: f[6]}
	for i := range r.Rates {
		r.Rates[i] = apollo.Rate{Limit: digits(f[7+2*i]), Left: digits(f[8+2*i])}
	}
	return r, ok
}

func digits(text string) int {
	n, _ := crm.ParseDigits(text)
	return int(n)
}

func outcome(response *apollo.Response, err error) string {
	switch {
	case errors.Is(err, apollo.ErrNotSent):
		return NotSent
	case err != nil || response.Status == 0:
		return NoAnswer
	}
	return strconv.Itoa(response.Status)
}

// host is the host of an address, with its port.
func host(base string) string {
	_, rest, _ := strings.Cut(base, "://")
	h, _, _ := strings.Cut(rest, "/")
	return h
}
