// Command functions says whose each of its addresses is and what a panic left on
// the stack, and collects its memory: all that the table from addresses to
// functions is for.
package main

import (
	"reflect"
	"runtime"
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
		sum := 0
		for _, within := range []uintptr{1, 255, 256, 4095, 4096, addresses / 2, addresses - 1} {
			for _, c := range []byte(runtime.FuncForPC(pc + within).Name()) { // of what is inlined there
				sum = sum*31 + int(c)
			}
		}
		println(runtime.FuncForPC(pc).Name(), sum)
	}
	recovered()
	runtime.GC()
	panic("with a trace")
}

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
