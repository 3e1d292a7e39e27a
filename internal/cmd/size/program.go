//go:build !js

package main

import (
	"fmt"

	"github.com/dealmark/dealmark/internal/toolchain"
)

// function is one function of a compiled program.
type function struct {
	name string // as the linker writes it, "" if it has none
	size int    // of its code, in bytes
}

// readProgram returns a program's functions, and the bytes of its data: the
// runtime's tables, types and texts.
func readProgram(program []byte) (functions []function, data int, err error) {
	sections, err := toolchain.Sections(program)
	if err != nil {
		return nil, 0, err
	}
	imported := 0
	names := map[int]string{}
	for _, section := range sections {
		body := toolchain.Reader{Rest: section.Body}
		switch section.ID {
		case toolchain.SectionImport:
			imported = body.Uint() // all are functions: the linker imports nothing else
		case toolchain.SectionCode:
			for range body.Uint() {
				size := body.Uint()
				body.Bytes(size)
				if body.Err != nil {
					break
				}
				functions = append(functions, function{size: size})
			}
		case toolchain.SectionData:
			data = len(body.Rest)
		case toolchain.SectionCustom:
			if string(body.Bytes(body.Uint())) == "name" {
				readNames(&body, names)
			}
		}
		if body.Err != nil {
			return nil, 0, body.Err
		}
	}
	for i := range functions {
		functions[i].name = names[imported+i]
	}
	if len(functions) == 0 || len(names) == 0 {
		return nil, 0, fmt.Errorf("%w: %d functions, %d names", toolchain.ErrMalformed, len(functions), len(names))
	}
	return functions, data, nil
}

// readNames reads the functions' names, by index, out of the name section.
//
// https://webassembly.github.io/spec/core/appendix/custom.html#name-section
func readNames(r *toolchain.Reader, into map[int]string) {
	const functionNames = 1
	for len(r.Rest) > 0 {
		kind := r.Byte()
		part := toolchain.Reader{Rest: r.Bytes(r.Uint())}
		if kind != functionNames {
			continue
		}
		for range part.Uint() {
			index := part.Uint()
			into[index] = string(part.Bytes(part.Uint()))
			if part.Err != nil {
				r.Rest, r.Err = nil, part.Err
				return
			}
		}
	}
}
