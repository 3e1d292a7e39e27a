//go:build !js

package toolchain

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// The linker's table from addresses to functions, findfunctab, has a bucket for
// each 4 KB of code: the number of a function, and 16 bytes by which that of
// each 256 bytes is higher. For WebAssembly the linker gives every function
// 64 KB of addresses, of which it uses one for each point where the function can
// be continued. So a function has 16 buckets with its number and zeros, and no
// other than the first is ever read: a function with 4,096 such points would need the second,
// and Go 1.26 reads the first for any of them.
//
// https://github.com/golang/go/blob/go1.26.0/src/runtime/symtab.go#L918
const (
	bucketBytes        = 4 + 16
	bucketsPerFunction = 16
)

var errNoTable = errors.New("the linker's table of functions is not found: this toolchain lays it out in another way than package toolchain expects")

// trim leaves out of a program's data the buckets that are never read, and what a
// trace can do without. module is whose names are shortened.
func trim(program []byte, module string) ([]byte, error) {
	return changeData(program, func(segments []segment, functions int) ([]segment, error) {
		segments, err := withoutBuckets(segments, functions)
		if err != nil {
			return nil, err
		}
		list, err := findFunctions(memoryOf(segments))
		if err != nil {
			return nil, err
		}
		if err := list.forget(module); err != nil {
			return nil, err
		}
		return list.segments(), nil
	})
}

// changeData gives a program other data, which may depend on how many functions it has.
func changeData(program []byte, change func(segments []segment, functions int) ([]segment, error)) ([]byte, error) {
	sections, err := Sections(program)
	if err != nil {
		return nil, err
	}
	functions := 0
	for i, s := range sections {
		switch s.ID {
		case SectionCode:
			functions = (&Reader{Rest: s.Body}).Uint()
		case SectionData:
			segments, err := readSegments(s.Body)
			if err != nil {
				return nil, err
			}
			if segments, err = change(segments, functions); err != nil {
				return nil, err
			}
			sections[i].Body = writeSegments(segments)
		}
	}
	return join(sections), nil
}

// withoutBuckets leaves out the buckets that are never read: nine tenths of the segments.
func withoutBuckets(segments []segment, functions int) ([]segment, error) {
	trimmed, found := withoutUnread(segments)
	if found < functions/2 { // some have a last bucket that is cut, or are not in the table
		return nil, errNoTable
	}
	return trimmed, nil
}

// withoutUnread leaves out what fills the buckets that are never read, and says
// for how many functions. It drops nothing that is not in its place in a whole table.
func withoutUnread(all []segment) (left []segment, functions int) {
	at := make(map[uint32][]byte, len(all))
	for _, s := range all {
		at[s.address] = s.data
	}
	unread := map[uint32]bool{} // addresses of segments
	for _, s := range all {
		if functions = tableAt(at, s.address, unread); functions > 1 {
			break
		}
		clear(unread)
	}
	for _, s := range all {
		if !unread[s.address] {
			left = append(left, s)
		}
	}
	return left, functions
}

// tableAt counts the functions whose buckets follow each other from an address
// on, where function 1 begins: those of function 0 are zeros.
func tableAt(at map[uint32][]byte, address uint32, unread map[uint32]bool) (functions int) {
	for number := uint32(1); ; number++ {
		zeros, filled := bucket(number)
		for i := range uint32(bucketsPerFunction) {
			if !bytes.Equal(at[address+i*bucketBytes+zeros], filled) {
				return int(number) - 1
			}
		}
		for i := uint32(1); i < bucketsPerFunction; i++ {
			unread[address+i*bucketBytes+zeros] = true
		}
		address += bucketsPerFunction * bucketBytes
	}
}

// bucket is what a function's bucket holds: leading zeros, of which a segment has
// none, its number, and zeros.
func bucket(number uint32) (zeros uint32, filled []byte) {
	whole := binary.LittleEndian.AppendUint32(nil, number)
	filled = bytes.TrimLeft(whole, "\x00")
	return uint32(len(whole) - len(filled)), bytes.TrimRight(filled, "\x00")
}
