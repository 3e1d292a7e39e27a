package browser

import (
	"syscall/js"

	"github.com/dealmark/dealmark/internal/store"
)

// The popup's page has read what an opening needs of storage before its program
// ran: extension/ahead.js says how. Other pages, and the worker, have no such
// object, and read by themselves.
func ahead() js.Value { return js.Global().Get("ahead") }

// aheadDatabase is the database that the page has opened, if it is as wanted.
func aheadDatabase(name string, version int, areas []string) js.Value {
	if ahead().IsUndefined() {
		return js.Undefined()
	}
	db, err := await(ahead().Get("db"))
	if err != nil || db.IsUndefined() || text(db.Get("name")) != name || db.Get("version").Int() != version {
		return js.Undefined()
	}
	for _, area := range areas {
		if !db.Get("objectStoreNames").Call("contains", area).Bool() {
			return js.Undefined()
		}
	}
	return db
}

// aheadPromise is one that the page has made, or undefined.
func aheadPromise(of string) js.Value {
	if ahead().IsUndefined() {
		return js.Undefined()
	}
	promise := ahead().Get(of)
	ahead().Set(of, js.Undefined()) // once: it gets old
	return promise
}

// takeAhead gives what was read of a key, or of a prefix; undefined if nothing was.
func (a *area) takeAhead(key string, list bool) js.Value {
	if !a.ahead {
		return js.Undefined()
	}
	return ahead().Call("take", a.name, key, list)
}

// aheadOf gives the records of keys if all of them were read.
func (a *area) aheadOf(keys []string) []store.Record {
	var records []store.Record
	for _, key := range keys {
		if taken := a.takeAhead(key, false); !taken.IsUndefined() {
			records = append(records, store.Record{Key: key, Value: document(taken.Get("values"))})
		}
	}
	if len(records) < len(keys) {
		return nil
	}
	return records
}

// dropAhead forgets what was read: something is written.
func (a *area) dropAhead() {
	if a.ahead {
		ahead().Call("drop")
	}
}
