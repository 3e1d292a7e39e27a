package engine

import (
	"encoding/binary"
	"encoding/hex"
	"math/rand/v2"
	"time"
)

// ids makes MongoDB ObjectIds: 4 bytes of time, 5 of the machine, a counter of 3.
type ids struct {
	random  *rand.Rand
	machine [5]byte
	counter uint32
}

func newIDs(seed uint64) *ids {
	g := &ids{random: rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15))}
	for i := range g.machine {
		g.machine[i] = byte(g.random.Uint32())
	}
	g.counter = g.random.Uint32() & 0x7fffff
	return g
}

func (g *ids) object(now time.Time) string {
	var b [12]byte
	binary.BigEndian.PutUint32(b[:], uint32(now.Unix()))
	copy(b[4:], g.machine[:])
	g.counter = (g.counter + 1) & 0xffffff
	b[9], b[10], b[11] = byte(g.counter>>16), byte(g.counter>>8), byte(g.counter)
	return hex.EncodeToString(b[:])
}

// request makes a random UUID, version 4.
func (g *ids) request() string {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:], g.random.Uint64())
	binary.BigEndian.PutUint64(b[8:], g.random.Uint64())
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	h := hex.EncodeToString(b[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

func validID(s string) bool {
	if len(s) != 24 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') && (c < 'A' || c > 'F') {
			return false
		}
	}
	return true
}
