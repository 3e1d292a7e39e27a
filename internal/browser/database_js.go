package browser

import (
	"context"
	"syscall/js"

	"github.com/dealmark/dealmark/internal/store"
)

// Durability says what a finished Update of an area promises.
// https://developer.mozilla.org/docs/Web/API/IDBTransaction/durability
type Durability string

const (
	Strict  Durability = "strict"  // on the disk before it counts as done
	Relaxed Durability = "relaxed" // may be lost with the machine's power
)

// Database is an IndexedDB database of the extension's own origin, which no
// page and no content script can read.
type Database struct {
	value js.Value
	ahead bool // the page has opened it, and may have read of it
}

// OpenDatabase opens a database of the place, and makes what is missing of its
// areas. Version must grow when areas are added.
func (p Place) OpenDatabase(name string, version int, areas ...string) (*Database, error) {
	name = p.within(name)
	if db := aheadDatabase(name, version, areas); db.Truthy() {
		return newDatabase(db, true), nil
	}
	var request js.Value
	if err := try(func() { request = js.Global().Get("indexedDB").Call("open", name, version) }); err != nil {
		return nil, err // a browser that allows no storage may say so at once
	}
	upgrade := js.FuncOf(func(js.Value, []js.Value) any {
		db := request.Get("result")
		for _, area := range areas {
			if !db.Get("objectStoreNames").Call("contains", area).Bool() {
				db.Call("createObjectStore", area)
			}
		}
		return nil
	})
	defer upgrade.Release()
	request.Set("onupgradeneeded", upgrade)
	if err := settle(request, nil, "onsuccess", "onerror", "onblocked"); err != nil {
		return nil, err
	}
	return newDatabase(request.Get("result"), false), nil
}

func newDatabase(db js.Value, ahead bool) *Database {
	// Another context that wants a newer version must not wait for this one.
	// The function lives as long as the program.
	db.Set("onversionchange", js.FuncOf(func(js.Value, []js.Value) any {
		db.Call("close")
		return nil
	}))
	return &Database{db, ahead}
}

// Area gives one area as a store.
func (d *Database) Area(name string, durability Durability) store.Store {
	return &area{d.value, name, durability, d.ahead}
}

type area struct {
	db         js.Value
	name       string
	durability Durability
	ahead      bool
}

// Read implements [store.Store].
func (a *area) Read(ctx context.Context, keys ...string) ([]store.Record, error) {
	if records := a.aheadOf(keys); records != nil {
		return records, ctx.Err()
	}
	var records []store.Record
	return records, a.transact(ctx, "readonly", func(t *transaction) {
		t.get(keys, func(read []store.Record) { records = read })
	})
}

// List implements [store.Store].
func (a *area) List(ctx context.Context, prefix string) ([]store.Record, error) {
	if taken := a.takeAhead(prefix, true); !taken.IsUndefined() {
		return listed(taken.Get("keys"), taken.Get("values")), ctx.Err()
	}
	var records []store.Record
	return records, a.transact(ctx, "readonly", func(t *transaction) {
		var within any
		if prefix != "" {
			within = js.Global().Get("IDBKeyRange").Call("bound", prefix, prefix+"\uffff")
		}
		keys, values := t.area.Call("getAllKeys", within), t.area.Call("getAll", within)
		t.done(values, func() {
			records = listed(keys.Get("result"), values.Get("result"))
		})
	})
}

func listed(keys, values js.Value) []store.Record {
	records := make([]store.Record, keys.Length())
	for i := range records {
		records[i] = store.Record{Key: text(keys.Index(i)), Value: document(values.Index(i))}
	}
	return records
}

// Update implements [store.Store]: the browser runs transactions that write
// to one area one after the other, and none ends while its own requests are
// being answered.
func (a *area) Update(ctx context.Context, keys []string, change func([]store.Record) ([]store.Record, error)) error {
	a.dropAhead()
	var refused error
	err := a.transact(ctx, "readwrite", func(t *transaction) {
		t.get(keys, func(read []store.Record) {
			write, err := change(read)
			if err != nil {
				refused = err
				t.value.Call("abort")
				return
			}
			for _, record := range write {
				if record.Value == nil {
					t.area.Call("delete", record.Key)
				} else {
					t.area.Call("put", copyIn(record.Value), record.Key)
				}
			}
		})
	})
	if refused != nil {
		return refused
	}
	return err
}

// document is a stored value; something else than bytes, which only a fault of
// the storage can leave there, counts as an empty document.
func document(v js.Value) []byte {
	switch {
	case v.IsUndefined():
		return nil
	case v.InstanceOf(js.Global().Get("Uint8Array")):
		return copyOut(v)
	}
	return []byte{}
}
