package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/store"
)

var errStorage = errors.New("the storage failed")

// area is one simulated medium. It outlives every context.
type area struct {
	records []store.Record // sorted by key
	undo    []undo         // of what a loss of power may take
	fails   bool           // writes and reads may fail
}

type undo struct {
	at  time.Duration
	key string
	old []byte
}

func (a *area) find(key string) (int, bool) {
	return slices.BinarySearchFunc(a.records, key, func(r store.Record, key string) int { return strings.Compare(r.Key, key) })
}

func (a *area) get(key string) []byte {
	if i, ok := a.find(key); ok {
		return a.records[i].Value
	}
	return nil
}

func (a *area) put(key string, value []byte) {
	i, ok := a.find(key)
	switch {
	case ok && value == nil:
		a.records = slices.Delete(a.records, i, i+1)
	case ok:
		a.records[i].Value = value
	case value != nil:
		a.records = slices.Insert(a.records, i, store.Record{Key: key, Value: value})
	}
}

// lose takes back what was written in the last moments, as a disk does that
// says "flushed" too early: what was deleted comes back. A record that is new stays: no client could keep
// what two disks lose at once.
func (a *area) lose(since time.Duration) (lost int) {
	for i := len(a.undo) - 1; i >= 0 && a.undo[i].at >= since; i-- {
		u := a.undo[i]
		if u.old != nil {
			a.put(u.key, u.old)
			lost++
		}
	}
	a.undo = a.undo[:0]
	return lost
}

// handle is an area in the hands of one context.
type handle struct {
	*area
	c     *contextOf
	w     *world
	first point
}

func (h handle) Read(_ context.Context, keys ...string) ([]store.Record, error) {
	if err := h.reach(reading); err != nil {
		return nil, err
	}
	found := make([]store.Record, len(keys))
	for i, key := range keys {
		found[i] = store.Record{Key: key, Value: h.get(key)}
	}
	return found, nil
}

func (h handle) List(_ context.Context, prefix string) ([]store.Record, error) {
	if err := h.reach(listing); err != nil {
		return nil, err
	}
	from, _ := h.find(prefix)
	to := from
	for to < len(h.records) && strings.HasPrefix(h.records[to].Key, prefix) {
		to++
	}
	return slices.Clone(h.records[from:to]), nil
}

func (h handle) Update(_ context.Context, keys []string, change func([]store.Record) ([]store.Record, error)) error {
	if err := h.reach(writing); err != nil {
		return err
	}
	found := make([]store.Record, len(keys))
	for i, key := range keys {
		found[i] = store.Record{Key: key, Value: h.get(key)}
	}
	write, err := change(found)
	if err != nil {
		return err
	}
	if h.w.full && slices.ContainsFunc(write, func(r store.Record) bool { return r.Value != nil }) {
		h.w.hit("storage full")
		h.w.machine.single = true
		return errStorage
	}
	for _, r := range write {
		h.undo = append(h.undo, undo{h.w.now, r.Key, h.get(r.Key)})
		h.put(r.Key, r.Value)
		if r.Value == nil {
			h.w.dropped = append(h.w.dropped, r.Key)
		}
		if h.w.story != nil {
			h.w.tell("%s %s", pointNames[h.first+written], r.Value)
		}
		h.w.trace(len(r.Value))
	}
	h.c.step(h.first + written)
	if len(write) > 0 && h.fails && h.w.faulty() && h.w.chance(0.01) {
		h.w.hit("store: written, and an error")
		return errStorage
	}
	return nil
}

// reach takes a moment, and may fail.
func (h handle) reach(to point) error {
	h.c.step(h.first + to)
	h.c.sleep(time.Duration(1+h.w.n(4)) * time.Millisecond)
	if h.fails && h.w.faulty() && h.w.chance(0.01) {
		h.w.hit("store: an error")
		return errStorage
	}
	return nil
}
