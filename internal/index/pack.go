package index

import (
	"context"

	"github.com/dealmark/dealmark/internal/store"
)

// packing is what [Index.Pack] needs to know of how all was read.
type packing struct {
	of     stack // as it was then
	needed bool
	values [][]byte // of the volumes, if they are made already
}

// beginPacking has everything that is learned from now on laid on a stack.
func (x *Index) beginPacking(ctx context.Context) (p packing) {
	err := x.store.Update(ctx, []string{stackKey}, func(read []store.Record) ([]store.Record, error) {
		if p.of, p.needed = decodeStack(read[0].Value); p.needed {
			return nil, nil
		}
		begun := stack{since: x.clock().UnixMilli()}.record()
		p.of, p.needed = decodeStack(begun.Value)
		return []store.Record{begun}, nil
	})
	p.needed = p.needed && err == nil // without a stack all can be read as well
	return p
}

// Pack makes the next All quick where this one was not: what it read becomes the
// stack, below what was learned meanwhile. Another Pack in between goes before.
func (x *Index) Pack(ctx context.Context, all *Everything) error {
	if !all.pack.needed || all.Unreadable > 0 {
		return nil
	}
	values, ok := all.volumes()
	if !ok {
		return nil
	}
	before := all.pack.of
	return x.store.Update(ctx, []string{stackKey}, func(read []store.Record) ([]store.Record, error) {
		s, there := decodeStack(read[0].Value)
		if !there || s.volumes != before.volumes || s.since != before.since {
			return nil, nil
		}
		write := before.gone()
		write = write[:len(write)-1] // the stack itself stays
		s.volumes = span{before.volumes.to, before.volumes.to + len(values)}
		for i, value := range values {
			write = append(write, store.Record{Key: volumeKey(s.volumes.from + i), Value: value})
		}
		s.sheets.from, s.packed, s.whole = before.sheets.to, len(values), 1
		s.known, s.marked = all.List.Len(), 0
		s.rows += s.known - before.rows
		return append(write, s.record()), nil
	})
}

// volumes gives what was read as values of volumes.
func (all *Everything) volumes() (values [][]byte, ok bool) {
	if all.pack.values != nil {
		return all.pack.values, true
	}
	for from := 0; from == 0 || from < all.List.Len(); from += volumeOf {
		volume := all.List.sheet(from, min(from+volumeOf, all.List.Len()), from == 0)
		for i := range volume.accounts {
			volume.accounts[i].whole = false // nothing lies lower
		}
		value, fits := volume.encode()
		if !fits {
			return nil, false
		}
		values = append(values, value)
	}
	return values, true
}
