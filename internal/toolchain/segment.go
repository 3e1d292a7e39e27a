//go:build !js

package toolchain

import "encoding/binary"

// segment is a stretch of a program's first memory. Between segments are zeros.
type segment struct {
	address uint32
	data    []byte
}

// What surrounds a segment's address: memory 0, and a constant expression.
const (
	inMemory0  = 0x00
	i32Const   = 0x41
	endOfConst = 0x0b
)

// readSegments reads the section of data.
func readSegments(body []byte) ([]segment, error) {
	r := Reader{Rest: body}
	var all []segment
	for range r.Uint() {
		if r.Byte() != inMemory0 || r.Byte() != i32Const {
			r.fail()
		}
		address := r.address()
		if r.Byte() != endOfConst {
			r.fail()
		}
		all = append(all, segment{address, r.Bytes(r.Uint())})
		if r.Err != nil {
			return nil, r.Err
		}
	}
	if len(r.Rest) > 0 {
		r.fail()
	}
	return all, r.Err
}

// address reads a signed number, as constants are, that is not negative: its
// last byte's seventh bit is the sign.
func (r *Reader) address() uint32 {
	before := r.Rest
	value := r.Uint()
	if length := len(before) - len(r.Rest); r.Err == nil && before[length-1]&0x40 != 0 {
		r.fail()
	}
	return uint32(value)
}

// writeSegments is the inverse of readSegments.
func writeSegments(all []segment) []byte {
	body := binary.AppendUvarint(nil, uint64(len(all)))
	for _, s := range all {
		body = append(body, inMemory0, i32Const)
		body = appendAddress(body, s.address)
		body = append(body, endOfConst)
		body = binary.AppendUvarint(body, uint64(len(s.data)))
		body = append(body, s.data...)
	}
	return body
}

// appendAddress appends what address reads.
func appendAddress(to []byte, address uint32) []byte {
	for ; address > 0x3f; address >>= 7 {
		to = append(to, byte(address)|0x80)
	}
	return append(to, byte(address))
}
