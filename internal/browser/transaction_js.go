package browser

import (
	"context"
	"errors"
	"syscall/js"

	"github.com/dealmark/dealmark/internal/store"
)

// transaction is an IndexedDB transaction of one area. Everything in it is
// done from within the answers to its own requests: it ends by itself as soon
// as none is under way.
type transaction struct {
	value js.Value
	area  js.Value
	funcs []js.Func
	fault any        // a panic within an answer
	read  chan error // of a transaction that only reads: who reads waits for the answers, not for its end
}

// transact runs a transaction to its end. body makes its first requests.
func (a *area) transact(ctx context.Context, mode string, body func(*transaction)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	var t transaction
	err := try(func() {
		t.value = a.db.Call("transaction", a.name, mode, map[string]any{"durability": string(a.durability)})
		t.area = t.value.Call("objectStore", a.name)
		if mode == "readonly" {
			t.read = make(chan error, 1)
		}
		body(&t)
	})
	if err == nil {
		err = settle(t.value, t.read, "oncomplete", "onabort", "onerror")
	}
	for _, f := range t.funcs {
		f.Release()
	}
	switch fault := t.fault.(type) {
	case nil:
		return err
	case js.Error:
		return errorOf(fault.Value)
	default:
		panic(fault) // on the goroutine that asked: there somebody can recover it
	}
}

// get reads keys and calls then from within the last answer.
func (t *transaction) get(keys []string, then func([]store.Record)) {
	if len(keys) == 0 {
		then(nil)
		return
	}
	requests := make([]js.Value, len(keys))
	for i, key := range keys {
		requests[i] = t.area.Call("get", key)
	}
	t.done(requests[len(requests)-1], func() {
		records := make([]store.Record, len(keys))
		for i, key := range keys {
			records[i] = store.Record{Key: key, Value: document(requests[i].Get("result"))}
		}
		then(records)
	})
}

// done calls then from within a request's answer. Requests of one transaction
// are answered in their order, so the last one's answer means all.
func (t *transaction) done(request js.Value, then func()) {
	f := js.FuncOf(func(js.Value, []js.Value) any {
		defer func() {
			if t.fault = recover(); t.fault != nil {
				t.value.Call("abort")
			}
		}()
		then()
		if t.read != nil {
			t.read <- nil
		}
		return nil
	})
	t.funcs = append(t.funcs, f)
	request.Set("onsuccess", f)
}

// settle waits for one of an object's events: the first name is success, the
// others are failures; or for a result that comes first, if it is not nil.
func settle(target js.Value, result chan error, success string, failures ...string) error {
	if result == nil {
		result = make(chan error, 1)
	}
	var funcs []js.Func
	listen := func(name string, outcome func() error) {
		f := js.FuncOf(func(js.Value, []js.Value) any {
			select {
			case result <- outcome():
			default: // an event after the first: it was decided
			}
			return nil
		})
		funcs = append(funcs, f)
		target.Set(name, f)
	}
	listen(success, func() error { return nil })
	for _, name := range failures {
		listen(name, func() error {
			if cause := target.Get("error"); cause.Type() == js.TypeObject {
				return errorOf(cause)
			}
			return errors.New("the browser's storage answered " + name)
		})
	}
	err := <-result
	for i, name := range append([]string{success}, failures...) {
		target.Set(name, js.Null())
		funcs[i].Release()
	}
	return err
}
