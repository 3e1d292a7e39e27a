package outbox

import (
	"bytes"
	"cmp"
	"context"
	"errors"

	"github.com/dealmark/dealmark/internal/store"
)

// pair is what both stores hold of one entry.
type pair struct {
	Entry
	err             error // why there is no Entry
	key             string
	primary, mirror []byte
	recovered       bool // the mirror alone has it, or has it later
	heal            bool // a store lacks what the other has
}

func (p *pair) value() []byte {
	if p.primary != nil {
		return p.primary
	}
	return p.mirror
}

// load gives all pairs, sorted by key. The first error is the primary's, without
// which the mirror is all that the pairs are made of; the second is fatal.
func (b *Box) load(ctx context.Context) (pairs []pair, primaryErr, err error) {
	records, primaryErr := b.Primary.List(ctx, prefix)
	if b.Mirror == nil {
		return b.join(records, nil, true), primaryErr, primaryErr
	}
	copies, mirrorErr := b.Mirror.List(ctx, prefix)
	if primaryErr != nil && mirrorErr != nil {
		return nil, primaryErr, errors.Join(primaryErr, mirrorErr)
	}
	return b.join(records, copies, primaryErr == nil && mirrorErr == nil), primaryErr, nil
}

// join merges two sorted lists. A list that could not be read is no reason to
// heal.
func (b *Box) join(records, copies []store.Record, both bool) []pair {
	pairs := make([]pair, 0, max(len(records), len(copies)))
	for len(records) > 0 || len(copies) > 0 {
		pairs = append(pairs, pair{})
		p := &pairs[len(pairs)-1]
		order := 0
		switch {
		case len(copies) == 0:
			order = -1
		case len(records) == 0:
			order = 1
		default:
			order = cmp.Compare(records[0].Key, copies[0].Key)
		}
		if order <= 0 {
			p.key, p.primary = records[0].Key, records[0].Value
			records = records[1:]
		}
		if order >= 0 {
			p.key, p.mirror = copies[0].Key, copies[0].Value
			copies = copies[1:]
		}
		b.settle(p)
		p.heal = p.heal && both
	}
	return pairs
}

// one gives the pair of one entry.
func (b *Box) one(ctx context.Context, id string) (pair, error) {
	p := pair{key: key(id)}
	var err, mirrorErr error
	p.primary, err = store.Get(ctx, b.Primary, p.key)
	if b.Mirror != nil {
		p.mirror, mirrorErr = store.Get(ctx, b.Mirror, p.key)
	}
	if err != nil && (mirrorErr != nil || p.mirror == nil) {
		return p, err
	}
	b.settle(&p)
	return p, nil
}

// settle decides what the pair is: the valid copy of the highest revision. What
// the mirror alone knows may be old. A copy that a newer version of Dealmark
// wrote freezes the entry.
func (b *Box) settle(p *pair) {
	err := read(store.Record{Key: p.key, Value: p.primary}, &p.Entry)
	if b.Mirror == nil || p.primary != nil && bytes.Equal(p.primary, p.mirror) {
		p.err = err
		b.aged(p, false)
		return
	}
	var second Entry
	mirrorErr := read(store.Record{Key: p.key, Value: p.mirror}, &second)
	switch {
	case errors.Is(err, errNewer) || errors.Is(mirrorErr, errNewer):
		p.err = errNewer
	case err != nil && mirrorErr != nil:
		if p.err = err; p.primary == nil {
			p.err = mirrorErr
		}
	case err != nil || mirrorErr == nil && second.Revision > p.Revision:
		p.Entry, p.heal, p.recovered = second, true, true
		b.aged(p, true)
	default:
		p.heal = mirrorErr != nil || p.Revision > second.Revision
		b.aged(p, false)
	}
}

func (b *Box) aged(p *pair, recovered bool) {
	if p.err == nil && (recovered || p.Boot != b.Boot) {
		p.doubt()
	}
}

// change rewrites one entry if the primary still has it as the caller saw it; it
// reports false if it does not. That comparison, within the store's atomic
// update, is what makes a second sender harmless. A record that is gone, cannot
// be read or went back in time is what the caller recovered: revisions only grow.
func (b *Box) change(ctx context.Context, entry *Entry, edit func(*Entry)) (bool, error) {
	edited := *entry
	edit(&edited)
	edited.Revision++
	edited.Boot = b.Boot
	edited.Keyed = entry.Keyed && b.policy.Idempotent
	if edited.State != entry.State {
		edited.Changed = b.Clock()
	}
	record := recordOf(&edited)
	ok := false
	err := b.Primary.Update(ctx, []string{record.Key}, func(found []store.Record) ([]store.Record, error) {
		there, err := revision(found[0])
		ok = err == nil && there == entry.Revision ||
			b.Mirror != nil && (err != nil && !errors.Is(err, errNewer) || err == nil && there < entry.Revision)
		if !ok {
			return nil, nil
		}
		return []store.Record{record}, nil
	})
	if err != nil || !ok {
		return false, err
	}
	*entry = edited
	// A copy that is missing is made by the next Drain; until then an older one
	// that must stand in for a lost primary is not trusted.
	_ = b.copy(ctx, record, edited.Revision)
	return true, nil
}

// copy writes an entry's record to the mirror, unless that has a later one.
func (b *Box) copy(ctx context.Context, record store.Record, of int) error {
	if b.Mirror == nil {
		return nil
	}
	return b.Mirror.Update(ctx, []string{record.Key}, func(found []store.Record) ([]store.Record, error) {
		there, err := revision(found[0])
		if errors.Is(err, errNewer) || err == nil && there >= of {
			return nil, nil
		}
		return []store.Record{record}, nil
	})
}

// remove deletes an entry: first the copy, for the primary alone says that there
// is an entry no more. It keeps one that has changed, and reports false then; the
// next Drain copies that again.
func (b *Box) remove(ctx context.Context, id string, revision int) (gone bool, err error) {
	if b.Mirror != nil {
		if err := store.Delete(ctx, b.Mirror, key(id)); err != nil {
			return false, err
		}
	}
	err = b.Primary.Update(ctx, []string{key(id)}, func(found []store.Record) ([]store.Record, error) {
		var there Entry
		if gone = read(found[0], &there) != nil || there.Revision == revision; !gone {
			return nil, nil
		}
		return []store.Record{{Key: key(id)}}, nil
	})
	return gone && err == nil, err
}

// heal gives each store what only the other has.
func (b *Box) heal(ctx context.Context, p *pair) error {
	switch {
	case !p.heal || p.err != nil:
		return nil
	case p.recovered:
		_, err := b.change(ctx, &p.Entry, func(*Entry) {})
		return err
	}
	return b.copy(ctx, recordOf(&p.Entry), p.Revision)
}
