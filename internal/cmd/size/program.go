//go:build !js

package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// function is one function of a compiled program.
type function struct {
	name string // as the linker writes it, "" if it has none
	size int    // of its code, in bytes
}

var errMalformed = errors.New("not a WebAssembly program as the Go linker writes it")

// Sections of a WebAssembly program that are read here.
//
// https://webassembly.github.io/spec/core/binary/modules.html#sections
const (
	sectionCustom = 0
	sectionImport = 2
	sectionCode   = 10
	sectionData   = 11
)

// readProgram returns a program's functions, and the bytes of its data: the
// runtime's tables, types and texts.
func readProgram(program []byte) (functions []function, data int, err error) {
	rest, ok := bytes.CutPrefix(program, []byte("\x00asm\x01\x00\x00\x00"))
	if !ok {
		return nil, 0, errMalformed
	}
	imported := 0
	names := map[int]string{}
	for r := (reader{rest: rest}); len(r.rest) > 0; {
		id := r.byte()
		body := reader{rest: r.bytes(r.uint())}
		switch id {
		case sectionImport:
			imported = body.uint() // all are functions: the linker imports nothing else
		case sectionCode:
			for range body.uint() {
				size := body.uint()
				body.bytes(size)
				if body.err != nil {
					break
				}
				functions = append(functions, function{size: size})
			}
		case sectionData:
			data = len(body.rest)
		case sectionCustom:
			if string(body.bytes(body.uint())) == "name" {
				body.names(names)
			}
		}
		if err := errors.Join(r.err, body.err); err != nil {
			return nil, 0, err
		}
	}
	for i := range functions {
		functions[i].name = names[imported+i]
	}
	if len(functions) == 0 || len(names) == 0 {
		return nil, 0, fmt.Errorf("%w: %d functions, %d names", errMalformed, len(functions), len(names))
	}
	return functions, data, nil
}

// reader reads from the front. After an error it gives zeros.
type reader struct {
	rest []byte
	err  error
}

func (r *reader) uint() int {
	value, length := binary.Uvarint(r.rest)
	if length <= 0 || value > uint64(^uint32(0)) {
		r.rest, r.err = nil, errMalformed
		return 0
	}
	r.rest = r.rest[length:]
	return int(value)
}

func (r *reader) byte() byte {
	if b := r.bytes(1); len(b) == 1 {
		return b[0]
	}
	return 0
}

func (r *reader) bytes(n int) []byte {
	if n > len(r.rest) {
		r.rest, r.err = nil, errMalformed
		return nil
	}
	front := r.rest[:n]
	r.rest = r.rest[n:]
	return front
}

// names reads the functions' names, by index, out of the name section.
//
// https://webassembly.github.io/spec/core/appendix/custom.html#name-section
func (r *reader) names(into map[int]string) {
	const functionNames = 1
	for len(r.rest) > 0 {
		kind := r.byte()
		part := reader{rest: r.bytes(r.uint())}
		if kind != functionNames {
			continue
		}
		for range part.uint() {
			index := part.uint()
			into[index] = string(part.bytes(part.uint()))
			if part.err != nil {
				r.rest, r.err = nil, part.err
				return
			}
		}
	}
}
