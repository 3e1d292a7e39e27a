//go:build !js

package toolchain

import (
	"bytes"
	"encoding/binary"
)

// memory is what a program's segments fill, from address 0 on.
type memory []byte

func memoryOf(all []segment) memory {
	size := 0
	for _, s := range all {
		size = max(size, int(s.address)+len(s.data))
	}
	m := make(memory, size)
	for _, s := range all {
		copy(m[s.address:], s.data)
	}
	return m
}

// gap is how many zeros cost as much as a new segment does.
const gap = 10

// segments are what fills the same memory: zeros are left out where that is less.
func (m memory) segments() []segment {
	var all []segment
	for at := 0; at < len(m); {
		if m[at] == 0 {
			at++
			continue
		}
		end := at + 1 // after the last byte that is not zero
		for next := end; next < len(m) && next-end < gap; next++ {
			if m[next] != 0 {
				end = next + 1
			}
		}
		all = append(all, segment{uint32(at), m[at:end]})
		at = end
	}
	return all
}

// The numbers of a program's memory are little-endian. Outside of it they are
// zeros, which no table has in the place of an address.
func (m memory) uint32(at int) int {
	if at < 0 || at > len(m)-4 {
		return 0
	}
	return int(binary.LittleEndian.Uint32(m[at:]))
}

func (m memory) word(at int) int {
	if at < 0 || at > len(m)-8 {
		return 0
	}
	return int(binary.LittleEndian.Uint64(m[at:]))
}

func (m memory) putUint32(at, value int) { binary.LittleEndian.PutUint32(m[at:], uint32(value)) }

// text is what ends before the next zero.
func (m memory) text(at int) string {
	if at < 0 || at >= len(m) {
		return ""
	}
	text, _, _ := bytes.Cut(m[at:], []byte{0})
	return string(text)
}
