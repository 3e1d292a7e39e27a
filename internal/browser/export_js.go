package browser

import "syscall/js"

// Surface is the object under which Go's functions are published to
// JavaScript.
type Surface struct {
	object js.Value
	refuse func(error) []byte
}

// NewSurface makes a surface. refuse writes an error as the document with
// which a promise is rejected.
func NewSurface(refuse func(error) []byte) *Surface {
	return &Surface{js.Global().Get("Object").New(), refuse}
}

// Export publishes f under a name: a function of one string that gives a
// promise of one. f runs on a goroutine of its own and may block. Its error,
// or its panic, rejects the promise with an Error whose message is the document
// that refuse writes.
func (s *Surface) Export(name string, f func(document []byte) ([]byte, error)) {
	s.object.Set(name, js.FuncOf(func(_ js.Value, args []js.Value) any {
		document := []byte(text(first(args)))
		return promise(func() (string, error) {
			answer, err := f(document)
			return string(answer), err
		}, s.refuse)
	}))
}

// Publish puts the surface onto the global object.
func (s *Surface) Publish(name string) {
	js.Global().Set(name, s.object)
}

// Panic is the error of an exported function that panicked.
type Panic struct {
	Cause string
}

func (p *Panic) Error() string { return "panic: " + p.Cause }

// guarded runs f and gives its panic as an error: a goroutine that panics would
// end the program, and with it the popup.
func guarded(f func() (string, error)) (answer string, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = panicked(fault)
		}
	}()
	return f()
}

func panicked(fault any) error {
	p := &Panic{}
	switch fault := fault.(type) {
	case error:
		p.Cause = fault.Error()
	case string:
		p.Cause = fault
	default:
		p.Cause = "of an unusual type"
	}
	return p
}

// promise runs f on its own goroutine and gives a promise of its answer. An
// error, or a panic, rejects it with an Error whose message refuse writes.
func promise(f func() (string, error), refuse func(error) []byte) js.Value {
	executor := js.FuncOf(func(_ js.Value, args []js.Value) any {
		resolve, reject := args[0], args[1]
		go func() {
			answer, err := guarded(f)
			if err != nil {
				reject.Invoke(js.Global().Get("Error").New(string(refuse(err))))
				return
			}
			resolve.Invoke(answer)
		}()
		return nil
	})
	defer executor.Release() // a promise calls its executor before it is made
	return js.Global().Get("Promise").New(executor)
}
