// Command functions says whose each of its addresses is and what a panic left on
// the stack, and collects its memory: all that the table from addresses to
// functions is for.
package main

import (
	"reflect"
	"runtime"

	"github.com/dealmark/dealmark/internal/toolchain/testdata/functions/called"
)

// addresses is the room for each function.
const addresses = 1 << 16

func main() {
	pc := reflect.ValueOf(main).Pointer()
	for runtime.FuncForPC(pc-addresses) != nil {
		pc -= addresses
	}
	// The last function has no room, which one that follows would show.
	for ; runtime.FuncForPC(pc+addresses) != nil; pc += addresses {
		whole := true
		for _, within := range []uintptr{1, 255, 256, 4095, 4096, addresses / 2, addresses - 1} {
			whole = whole && runtime.FuncForPC(pc+within).Entry() == pc // also of what is inlined there
		}
		println(runtime.FuncForPC(pc).Name(), whole)
	}
	recovered()
	runtime.GC()
	println(halves(3))
	called.List[string]{}.At(1)
}

//go:noinline
func halves(n int) float64 { return float64(n) / 2 }

func recovered() {
	defer func() {
		println(recover().(error).Error())
		var pcs [32]uintptr
		frames := runtime.CallersFrames(pcs[:runtime.Callers(0, pcs[:])])
		for frame, more := frames.Next(); more; frame, more = frames.Next() {
			println(frame.Function, frame.Line)
		}
	}()
	var none []int
	println(none[len(none)])
}
