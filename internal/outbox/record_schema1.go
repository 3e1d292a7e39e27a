package outbox

import (
	"github.com/dealmark/dealmark/internal/wire"
)

// decode1 reads a record of schema 1, which had no checksum and wrote the step
// of an entry under way. Such an entry knows no start of the browser, so that
// what it left open is looked for before it is sent.
func decode1(stored []byte, e *Entry) error {
	var once seen
	step := ""
	r := wire.NewReader(stored)
	r.Object(func(name []byte) {
		once.member(r, name)
		switch string(name) {
		case "schema":
			r.Skip()
		case "step":
			step = r.String()
		default:
			if !readMember(r, name, e) {
				r.Fail(errUnknown)
			}
		}
	})
	if err := r.End(); err != nil {
		return err
	}
	switch {
	case e.State == Asking || e.State == Discarded:
		return errPartial
	case e.State == Sending && step == "account":
		e.State = Queued
	case e.State == Uncertain:
		e.Doubted = true
	}
	return e.whole()
}

// seen refuses a member that comes twice: one of the two would be lost.
type seen [32]string

func (s *seen) member(r *wire.Reader, name []byte) {
	for i := range s {
		switch s[i] {
		case "":
			s[i] = string(name)
			return
		case string(name):
			r.Fail(errUnknown)
			return
		}
	}
}
