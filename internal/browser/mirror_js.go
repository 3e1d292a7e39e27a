package browser

import (
	"cmp"
	"context"
	"strings"
	"syscall/js"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/store"
)

// Mirror is the extension's storage.local as a store: of another kind than
// IndexedDB, so that a fault of one leaves the other. Its keys begin with
// "mirror/", or with the place's own name for it. It has no transactions; a lock that all contexts share keeps an
// Update whole, and one that is cut off in the middle writes one record or none:
// more than one record is no atomic step here.
// https://developer.chrome.com/docs/extensions/reference/api/storage
type Mirror struct{ Place Place }

func (m Mirror) prefix() string { return m.Place.within("mirror") + "/" }

func local() js.Value { return js.Global().Get("chrome").Get("storage").Get("local") }

// Read implements [store.Store].
func (m Mirror) Read(ctx context.Context, keys ...string) ([]store.Record, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	records := make([]store.Record, len(keys))
	for i, key := range keys {
		found, err := await(local().Call("get", m.prefix()+key))
		if err != nil {
			return nil, err
		}
		records[i] = store.Record{Key: key, Value: mirrorValue(found.Get(m.prefix() + key))}
	}
	return records, nil
}

// List implements [store.Store].
func (m Mirror) List(ctx context.Context, prefix string) ([]store.Record, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	all := aheadPromise("local")
	if all.IsUndefined() {
		all = local().Call("get", js.Null())
	}
	found, err := await(all)
	if err != nil {
		return m.listEach(prefix, err)
	}
	var records []store.Record
	names := js.Global().Get("Object").Call("keys", found)
	for i := range names.Length() {
		name := text(names.Index(i))
		if key, ours := strings.CutPrefix(name, m.prefix()); ours && strings.HasPrefix(key, prefix) {
			records = append(records, store.Record{Key: key, Value: mirrorValue(found.Get(name))})
		}
	}
	sorted(records)
	return records, nil
}

// listEach reads the records one by one: a single one that the browser cannot
// read any more makes it refuse all. Such a one counts as an empty document.
func (m Mirror) listEach(prefix string, why error) ([]store.Record, error) {
	if local().Get("getKeys").Type() != js.TypeFunction { // before Chrome 130
		return nil, why
	}
	names, err := await(local().Call("getKeys"))
	if err != nil {
		return nil, err
	}
	var records []store.Record
	for i := range names.Length() {
		name := text(names.Index(i))
		key, ours := strings.CutPrefix(name, m.prefix())
		if !ours || !strings.HasPrefix(key, prefix) {
			continue
		}
		record := store.Record{Key: key, Value: []byte{}}
		if found, err := await(local().Call("get", name)); err == nil {
			record.Value = mirrorValue(found.Get(name))
		}
		records = append(records, record)
	}
	sorted(records)
	return records, nil
}

func sorted(records []store.Record) {
	crm.Sort(records, func(a, b store.Record) int { return cmp.Compare(a.Key, b.Key) })
}

// Update implements [store.Store].
func (m Mirror) Update(ctx context.Context, keys []string, change func([]store.Record) ([]store.Record, error)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	var failed error
	var fault any // a panic of change's, for the goroutine that asked
	err := Exclusively("mirror", func() {
		defer func() { fault = recover() }()
		var read, write []store.Record
		if read, failed = m.Read(ctx, keys...); failed != nil {
			return
		}
		if write, failed = change(read); failed != nil {
			return
		}
		for _, record := range write {
			if failed = m.put(record); failed != nil {
				return
			}
		}
	})
	switch {
	case fault != nil:
		panic(fault)
	case failed != nil:
		return failed
	}
	return err
}

func (m Mirror) put(record store.Record) error {
	key := m.prefix() + record.Key
	if record.Value == nil {
		_, err := await(local().Call("remove", key))
		return err
	}
	_, err := await(local().Call("set", map[string]any{key: mirrorText(record.Value)}))
	return err
}

// mirrorText has a character for each byte: storage.local keeps texts, and not
// all bytes are one.
func mirrorText(value []byte) string {
	characters := make([]rune, len(value))
	for i, b := range value {
		characters[i] = rune(b)
	}
	return string(characters)
}

// mirrorValue is a stored text; something else, which only a fault of the storage can
// leave there, counts as an empty document.
func mirrorValue(v js.Value) []byte {
	switch v.Type() {
	case js.TypeUndefined:
		return nil
	case js.TypeString:
		stored := v.String()
		value := make([]byte, 0, len(stored))
		for _, character := range stored {
			value = append(value, byte(character))
		}
		return value
	}
	return []byte{}
}
