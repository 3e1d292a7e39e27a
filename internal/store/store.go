// Package store defines where small records are kept: named areas of records
// by key, changed atomically. It also has the store in memory.
//
// It does not know what a record means, nor when one may be dropped. The store
// of the browser is in package browser.
package store

import "context"

// Record is one stored document under its key. A nil Value means that there is
// no record: it is what a read of an unknown key gives, and writing it deletes.
type Record struct {
	Key   string
	Value []byte
}

// Store is one area of records. Several contexts (a popup, a worker) may share
// it: Update is what keeps them from overwriting each other.
type Store interface {
	// Read gives one Record per key, in the order of keys.
	Read(ctx context.Context, keys ...string) ([]Record, error)

	// List gives all records whose key begins with prefix, sorted by key.
	List(ctx context.Context, prefix string) ([]Record, error)

	// Update reads keys and writes the records that change returns, as one
	// atomic step: no other Update of the area runs in between, and either all
	// or none is written. When it returns nil, what was written is durable as
	// far as the area promises. If change returns an error nothing is written
	// and Update returns that error. change must not block.
	Update(ctx context.Context, keys []string, change func(read []Record) (write []Record, err error)) error
}

// Put writes one record, whatever was there.
func Put(ctx context.Context, s Store, key string, value []byte) error {
	return s.Update(ctx, nil, func([]Record) ([]Record, error) {
		return []Record{{key, value}}, nil
	})
}

// Delete removes the records under keys; unknown keys do not matter.
func Delete(ctx context.Context, s Store, keys ...string) error {
	return s.Update(ctx, nil, func([]Record) ([]Record, error) {
		gone := make([]Record, len(keys))
		for i, key := range keys {
			gone[i].Key = key
		}
		return gone, nil
	})
}

// Get reads one record; nil if there is none.
func Get(ctx context.Context, s Store, key string) ([]byte, error) {
	records, err := s.Read(ctx, key)
	if err != nil {
		return nil, err
	}
	return records[0].Value, nil
}
