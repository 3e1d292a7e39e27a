package browser

import (
	"errors"
	"syscall/js"
)

// await waits for a promise on the calling goroutine, which must not be the one
// of a js.Func. A rejection becomes an error.
func await(promise js.Value) (js.Value, error) {
	type outcome struct {
		value js.Value
		err   error
	}
	settled := make(chan outcome, 1)
	var fulfilled, rejected js.Func
	settle := func(o outcome) {
		fulfilled.Release()
		rejected.Release()
		settled <- o
	}
	fulfilled = js.FuncOf(func(_ js.Value, args []js.Value) any {
		settle(outcome{value: first(args)})
		return nil
	})
	rejected = js.FuncOf(func(_ js.Value, args []js.Value) any {
		settle(outcome{err: errorOf(first(args))})
		return nil
	})
	promise.Call("then", fulfilled, rejected)
	o := <-settled
	return o.value, o.err
}

// try runs f and gives what JavaScript throws meanwhile as an error.
func try(f func()) (err error) {
	defer func() {
		switch thrown := recover().(type) {
		case nil:
		case js.Error:
			err = errorOf(thrown.Value)
		default:
			panic(thrown)
		}
	}()
	f()
	return nil
}

// errorOf gives a thrown or rejected value as an error; it may be anything.
func errorOf(v js.Value) error {
	if v.Type() == js.TypeObject {
		if message := v.Get("message"); message.Type() == js.TypeString {
			if name := v.Get("name"); name.Type() == js.TypeString {
				return errors.New(name.String() + ": " + message.String())
			}
			return errors.New(message.String())
		}
	}
	if v.Type() == js.TypeString {
		return errors.New(v.String())
	}
	return errors.New("JavaScript failed without saying why")
}

func first(args []js.Value) js.Value {
	if len(args) == 0 {
		return js.Undefined()
	}
	return args[0]
}

// text is a JavaScript string; "" for anything else, null and undefined too.
func text(v js.Value) string {
	if v.Type() != js.TypeString {
		return ""
	}
	return v.String()
}

// copyIn makes a Uint8Array of bytes.
func copyIn(b []byte) js.Value {
	array := js.Global().Get("Uint8Array").New(len(b))
	js.CopyBytesToJS(array, b)
	return array
}

// copyOut gives the bytes of a Uint8Array.
func copyOut(array js.Value) []byte {
	b := make([]byte, array.Length())
	js.CopyBytesToGo(b, array)
	return b
}
