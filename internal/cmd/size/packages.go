//go:build !js

package main

import (
	"regexp"
	"strings"
)

// unnamed is where the code goes that belongs to no package.
const unnamed = "(made by the linker)"

// Of a symbol's name the Go linker keeps letters, digits, dots and underscores
// and makes the rest underscores: nameRegexp in cmd/link/internal/wasm.
var mangled = regexp.MustCompile(`[^\w.]`)

// compares begins the name of a function that compares two values of a type, or
// two arrays of so many of them.
var compares = regexp.MustCompile(`^type_\.eq\.(_\d+_)?`)

func mangle(path string) string { return mangled.ReplaceAllString(path, "_") }

// attribute gives the bytes of code by package, and the bytes of data.
func attribute(program []byte, packages []listed) (code map[string]int, data int, err error) {
	functions, data, err := readProgram(program)
	if err != nil {
		return nil, 0, err
	}
	paths := map[string]string{} // by what the linker makes of them
	for _, p := range packages {
		paths[mangle(p.ImportPath)] = p.ImportPath
	}
	paths["main"] = packages[len(packages)-1].ImportPath // the program itself is listed last
	code = map[string]int{}
	for _, f := range functions {
		code[packageOf(f.name, paths)] += f.size
	}
	return code, data, nil
}

// packageOf finds the longest path that a function's name begins with: a path
// may have dots of its own, and so has a method.
func packageOf(name string, paths map[string]string) string {
	name = compares.ReplaceAllString(name, "")
	for end := strings.LastIndexByte(name, '.'); end > 0; end = strings.LastIndexByte(name[:end], '.') {
		if path, ok := paths[name[:end]]; ok {
			return path
		}
	}
	return unnamed
}
