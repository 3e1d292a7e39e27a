package browser

import (
	"errors"
	"syscall/js"
	"time"
)

// ToASCII gives a host name in the form that the browser itself would use for
// it in an address, or an error if it can be none.
func ToASCII(host string) (ascii string, err error) {
	err = try(func() { ascii = text(js.Global().Get("URL").New("http://" + host).Get("hostname")) })
	if err == nil && ascii == "" {
		err = errors.New("not a host name")
	}
	return ascii, err
}

// NewID gives 128 random bits as 32 hexadecimal digits.
func NewID() string {
	const digits = "0123456789abcdef"
	id := make([]byte, 0, 32)
	for _, b := range random(16) {
		id = append(id, digits[b>>4], digits[b&15])
	}
	return string(id)
}

// Random gives 64 random bits.
func Random() (bits uint64) {
	for _, b := range random(8) {
		bits = bits<<8 | uint64(b)
	}
	return bits
}

func random(n int) []byte {
	bytes := js.Global().Get("Uint8Array").New(n)
	js.Global().Get("crypto").Call("getRandomValues", bytes)
	return copyOut(bytes)
}

// Exclusively runs f while no other context of the extension holds the lock of
// that name; it waits for its turn.
// https://developer.mozilla.org/docs/Web/API/LockManager/request
func Exclusively(name string, f func()) error {
	held := js.FuncOf(func(js.Value, []js.Value) any {
		return promise(func() (string, error) { f(); return "", nil }, func(err error) []byte { return []byte(err.Error()) })
	})
	defer held.Release()
	_, err := await(js.Global().Get("navigator").Get("locks").Call("request", name, held))
	return err
}

// AfterPaint calls f on a goroutine of its own when the page has been painted as
// it is now, or soon where it is not to be seen.
func AfterPaint(f func()) {
	painted := make(chan struct{}, 2)
	var frame js.Func
	frame = js.FuncOf(func(js.Value, []js.Value) any {
		frame.Release()
		time.AfterFunc(0, func() { painted <- struct{}{} }) // a frame is painted after its callbacks
		return nil
	})
	js.Global().Call("requestAnimationFrame", frame)
	hidden := time.AfterFunc(100*time.Millisecond, func() { painted <- struct{}{} })
	go func() {
		<-painted
		hidden.Stop()
		f()
	}()
}

// Announce tells the extension's other contexts that storage has changed.
func Announce() {
	channel := js.Global().Get("BroadcastChannel").New("dealmark")
	channel.Call("postMessage", map[string]any{"type": "changed"})
	channel.Call("close")
}

// OnPage says whether this program runs in a page, not in the worker.
func OnPage() bool { return !js.Global().Get("document").IsUndefined() }

// Soon calls f on a goroutine of its own when what is under way had a moment, so
// that what comes in quick succession is done at once.
func Soon(f func()) { time.AfterFunc(50*time.Millisecond, f) }
