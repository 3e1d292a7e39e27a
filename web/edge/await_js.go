package edge

import (
	"errors"
	"syscall/js"
)

// await waits for a promise. Both functions are released, whichever was called.
func await(promise js.Value) (js.Value, error) {
	type settled struct {
		value js.Value
		err   error
	}
	done := make(chan settled, 1)
	fulfilled := js.FuncOf(func(_ js.Value, args []js.Value) any {
		done <- settled{value: args[0]}
		return nil
	})
	defer fulfilled.Release()
	rejected := js.FuncOf(func(_ js.Value, args []js.Value) any {
		done <- settled{err: fault(args[0])}
		return nil
	})
	defer rejected.Release()
	promise.Call("then", fulfilled, rejected)
	s := <-done
	return s.value, s.err
}

// fault is an Error of JavaScript as Go's.
func fault(reason js.Value) error {
	return errors.New(js.Global().Get("String").Invoke(reason).String())
}

// attempt makes an error of what a call of JavaScript throws.
func attempt(call func() js.Value) (value js.Value, err error) {
	defer func() {
		switch thrown := recover().(type) {
		case nil:
		case js.Error:
			err = fault(thrown.Value)
		default:
			panic(thrown)
		}
	}()
	return call(), nil
}
