//go:build js && wasm

// The smallest core: what pack compiles in its test.
package main

func main() {}
