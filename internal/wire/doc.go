// Package wire reads and writes JSON documents member by member, over jsontext
// tokens and without reflection.
//
// It exists because every byte of the shipped WebAssembly is paid for at each
// click: encoding/json costs 1 MB and three times the time. It does not know
// what a document means; each package that stores or sends a type says so
// itself, in a few lines, beside the type.
package wire
