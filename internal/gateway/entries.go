package gateway

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"github.com/dealmark/dealmark/internal/store"
)

// entries is the store of one operation's outbox: its own entry, and the outbox's
// note. Of that note all of the team's operations share which field gives tags
// back. What else it may tell keeps one operation back, a refused key or an
// endpoint that is used up, and is that one's own: the budget is shared elsewhere.
// A change of an entry is one statement that holds only while the record has the
// version that was read.
type entries struct {
	g         *Gateway
	team      string
	operation string
}

const noteKey = "outbox"

func (s entries) ownNote() string { return noteKey + "/" + s.operation }

// Read implements [store.Store].
func (s entries) Read(ctx context.Context, keys ...string) ([]store.Record, error) {
	list := make([]store.Record, len(keys))
	for i, key := range keys {
		value, _, err := s.read(ctx, key)
		if err != nil {
			return nil, err
		}
		list[i] = store.Record{Key: key, Value: value}
	}
	return list, nil
}

// List implements [store.Store]: of all entries it shows the operation's own.
func (s entries) List(ctx context.Context, prefix string) ([]store.Record, error) {
	key := "entry/" + s.operation
	if !strings.HasPrefix(key, prefix) {
		return nil, nil
	}
	value, _, err := s.read(ctx, key)
	if err != nil || value == nil {
		return nil, err
	}
	return []store.Record{{Key: key, Value: value}}, nil
}

// read gives a record and its version, 0 for none.
func (s entries) read(ctx context.Context, key string) (value []byte, version int64, err error) {
	own := key
	if key == noteKey {
		own = s.ownNote()
	}
	found, err := s.g.one(ctx, sql(`SELECT value, version FROM outbox WHERE team = ? AND key IN (?, ?) ORDER BY length(key) DESC LIMIT 1`, s.team, key, own))
	if err != nil || len(found.Rows) == 0 {
		return nil, 0, err
	}
	return []byte(found.Rows[0].Text(0)), found.Rows[0].Int(1), nil
}

// tries is how often a change begins again because another came between.
const tries = 100

var (
	errBusy = errors.New("another change came between, again and again")
	errMany = errors.New("an update may read and write one record")
)

// Update implements [store.Store] for at most one record, which is all that the
// outbox asks for.
func (s entries) Update(ctx context.Context, keys []string, change func([]store.Record) ([]store.Record, error)) error {
	if len(keys) > 1 {
		return errMany
	}
	for range tries {
		read := make([]store.Record, len(keys))
		version := int64(-1)
		for i, key := range keys {
			value, found, err := s.read(ctx, key)
			if err != nil {
				return err
			}
			read[i], version = store.Record{Key: key, Value: value}, found
		}
		write, err := change(read)
		if err != nil || len(write) == 0 {
			return err
		}
		if len(write) > 1 || version >= 0 && write[0].Key != keys[0] {
			return errMany
		}
		if write[0].Key == noteKey {
			return s.keepNote(ctx, write[0].Value)
		}
		done, err := s.g.one(ctx, s.write(write[0], version))
		if err != nil || done.Changes > 0 || version < 0 || version == 0 && write[0].Value == nil {
			return err
		}
	}
	return errBusy
}

// keepNote keeps a note for all, or for this operation. It may be lost, see the
// outbox.
func (s entries) keepNote(ctx context.Context, value []byte) error {
	own := false
	for _, member := range []string{`"locked":`, `"failures":`, `"until":`} {
		own = own || bytes.Contains(value, []byte(member))
	}
	if own {
		_, err := s.g.one(ctx, s.write(store.Record{Key: s.ownNote(), Value: value}, -1))
		return err
	}
	_, err := s.g.db.Batch(ctx, s.write(store.Record{Key: noteKey, Value: value}, -1), s.write(store.Record{Key: s.ownNote()}, -1))
	return err
}

// write is the statement for a record that has the version; -1 is any.
func (s entries) write(r store.Record, version int64) Statement {
	switch {
	case r.Value == nil && version < 0:
		return sql(`DELETE FROM outbox WHERE team = ? AND key = ?`, s.team, r.Key)
	case r.Value == nil:
		return sql(`DELETE FROM outbox WHERE team = ? AND key = ? AND version = ?`, s.team, r.Key, version)
	case version < 0:
		return sql(`INSERT INTO outbox (team, key, value, version) VALUES (?, ?, ?, 1)
			ON CONFLICT (team, key) DO UPDATE SET value = excluded.value, version = version + 1`, s.team, r.Key, string(r.Value))
	case version == 0:
		return sql(`INSERT INTO outbox (team, key, value, version) VALUES (?, ?, ?, 1) ON CONFLICT (team, key) DO NOTHING`,
			s.team, r.Key, string(r.Value))
	}
	return sql(`UPDATE outbox SET value = ?, version = version + 1 WHERE team = ? AND key = ? AND version = ?`,
		string(r.Value), s.team, r.Key, version)
}
