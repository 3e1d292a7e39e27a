// Package toolchain compiles Go programs for the browser with the settings of
// what is shipped, and leaves out what such a program can never use: settings
// by environment variable, nine tenths of a table that the linker writes, and what
// a trace of a panic can do without.
//
// It needs the go command. It does not know which programs there are, nor
// where they are put.
package toolchain
