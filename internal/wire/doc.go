// Package wire reads and writes JSON documents member by member, without
// reflection and without building anything that nobody asked for.
//
// It exists because every byte of the shipped WebAssembly is paid for at each
// click: encoding/json costs 1.3 MB there, the tokens of jsontext 0.25 MB, this
// package 0.02. Its tests hold it against both. It does not know what a document
// means; each package that stores or sends a type says so itself, in a few
// lines, beside the type.
package wire
