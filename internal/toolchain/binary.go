//go:build !js

package toolchain

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// Sections of a WebAssembly program that somebody reads.
//
// https://webassembly.github.io/spec/core/binary/modules.html#sections
const (
	SectionCustom = 0
	SectionImport = 2
	SectionCode   = 10
	SectionData   = 11
)

const header = "\x00asm\x01\x00\x00\x00"

// ErrMalformed is what reading ends with that meets something else.
var ErrMalformed = errors.New("not a WebAssembly program as the Go linker writes it")

// Section is a part of a program.
type Section struct {
	ID   byte
	Body []byte
}

// Sections takes a program apart. The bodies are parts of it.
func Sections(program []byte) ([]Section, error) {
	rest, ok := bytes.CutPrefix(program, []byte(header))
	if !ok {
		return nil, ErrMalformed
	}
	var all []Section
	r := Reader{Rest: rest}
	for len(r.Rest) > 0 {
		all = append(all, Section{r.Byte(), r.Bytes(r.Uint())})
	}
	return all, r.Err
}

// join is the inverse of Sections.
func join(all []Section) []byte {
	program := []byte(header)
	for _, s := range all {
		program = append(program, s.ID)
		program = binary.AppendUvarint(program, uint64(len(s.Body)))
		program = append(program, s.Body...)
	}
	return program
}

// Reader reads from the front. After an error it gives zeros.
type Reader struct {
	Rest []byte
	Err  error
}

func (r *Reader) fail() { r.Rest, r.Err = nil, ErrMalformed }

// Uint reads an unsigned number of up to 32 bits.
func (r *Reader) Uint() int {
	value, length := binary.Uvarint(r.Rest)
	if length <= 0 || value > uint64(^uint32(0)) {
		r.fail()
		return 0
	}
	r.Rest = r.Rest[length:]
	return int(value)
}

// Byte reads one byte.
func (r *Reader) Byte() byte {
	if b := r.Bytes(1); len(b) == 1 {
		return b[0]
	}
	return 0
}

// Bytes reads so many bytes, nil if there are fewer.
func (r *Reader) Bytes(n int) []byte {
	if n > len(r.Rest) {
		r.fail()
		return nil
	}
	front := r.Rest[:n]
	r.Rest = r.Rest[n:]
	return front
}
