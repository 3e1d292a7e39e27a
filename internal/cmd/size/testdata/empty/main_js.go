// Command empty is the least that the toolchain makes of a program that waits
// for JavaScript: the floor under the core, in bytes and in time. It publishes an
// object without functions where the core publishes its own.
package main

import "syscall/js"

func main() {
	js.Global().Set("dealmark", js.Global().Get("Object").New())
	select {}
}
