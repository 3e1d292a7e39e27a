package store

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"sync"
)

// Memory is a Store in memory. The zero Memory is empty and ready. It is safe
// for concurrent use.
type Memory struct {
	// Fail, if set, is asked before every operation ("read", "list", "update");
	// an error that it returns is the operation's.
	Fail func(operation string) error

	mu      sync.Mutex
	records map[string][]byte
}

// Read implements [Store].
func (m *Memory) Read(ctx context.Context, keys ...string) ([]Record, error) {
	if err := m.refuse(ctx, "read"); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.read(keys), nil
}

// List implements [Store].
func (m *Memory) List(ctx context.Context, prefix string) ([]Record, error) {
	if err := m.refuse(ctx, "list"); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var found []Record
	for key, value := range m.records {
		if strings.HasPrefix(key, prefix) {
			found = append(found, Record{key, bytes.Clone(value)})
		}
	}
	slices.SortFunc(found, func(a, b Record) int { return strings.Compare(a.Key, b.Key) })
	return found, nil
}

// Update implements [Store].
func (m *Memory) Update(ctx context.Context, keys []string, change func([]Record) ([]Record, error)) error {
	if err := m.refuse(ctx, "update"); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	write, err := change(m.read(keys))
	if err != nil {
		return err
	}
	if m.records == nil {
		m.records = map[string][]byte{}
	}
	for _, record := range write {
		if record.Value == nil {
			delete(m.records, record.Key)
		} else {
			m.records[record.Key] = bytes.Clone(record.Value)
		}
	}
	return nil
}

func (m *Memory) read(keys []string) []Record {
	found := make([]Record, len(keys))
	for i, key := range keys {
		found[i] = Record{key, bytes.Clone(m.records[key])}
	}
	return found
}

func (m *Memory) refuse(ctx context.Context, operation string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if m.Fail != nil {
		return m.Fail(operation)
	}
	return nil
}
