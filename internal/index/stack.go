package index

import (
	"strconv"

	"github.com/dealmark/dealmark/internal/store"
)

// What the accounts' records hold is held once more for who reads all of it: as
// sheets that lie on each other, one for each thing that was learned, the newest
// on top. What lies higher counts. Many sheets are bound into a volume, for a few
// large values are read in a tenth of the time of many small ones.
//
// The accounts' records are the truth: a stack that is missing, damaged or does
// not reach far enough is made anew from them.

// stack says which volumes and sheets there are.
type stack struct {
	since   int64 // from when on it has all that was learned
	whole   int   // 1: it has what was learned before as well
	volumes span  // below the sheets
	packed  int   // so many of the volumes, the lowest, have no opportunity twice
	sheets  span
	rows    int // of all volumes and sheets
	known   int // opportunities, as far as is known: what the rows are more is void
	mark    int // the volumes below this one were there before the walk under way
	marked  int // so many rows were
}

// span is of numbers, the end not among them.
type span struct{ from, to int }

const stackKey = "stack"

const (
	volumePrefix = "volume/"
	sheetPrefix  = "sheet/"
)

func volumeKey(n int) string { return volumePrefix + strconv.Itoa(n) }

const (
	bindAt   = 32  // so many sheets become a volume
	heapAt   = 256 // so many are too many to be read one by one
	spare    = 50_000
	tooHigh  = 3 // times what is known, and spare: nobody has read all for long, and nobody packs it
	volumeOf = 6_000
)

// reaches says whether all that counts is in the stack: what the last whole
// walk did not meet is gone.
func (s stack) reaches(w Walk) bool {
	return s.whole == 1 || w.Complete() && s.since <= w.Since.UnixMilli()
}

// keys are those of the volumes and sheets, from the lowest on.
func (s *stack) keys() []string {
	return append(s.volumes.keys(volumePrefix), s.sheets.keys(sheetPrefix)...)
}

//go:noinline
func (s span) keys(prefix string) (keys []string) {
	for n := s.from; n < s.to; n++ {
		keys = append(keys, prefix+strconv.Itoa(n))
	}
	return keys
}

func (s stack) record() store.Record { return store.Record{Key: stackKey, Value: encodeStack(s)} }

// gone gives the records that take the stack away.
//
//go:noinline
func (s *stack) gone() (write []store.Record) {
	for _, key := range append(s.keys(), stackKey) {
		write = append(write, store.Record{Key: key})
	}
	return write
}

// layer is a stored sheet that is to be laid on a stack, nil if there is none.
type layer struct {
	value []byte
	rows  int
	fits  bool
}

// laid gives the records that lay a sheet on a stack, and the stack then; where
// the sheet must not be laid there, those that take the stack away. Where there
// is no stack nothing is to be done. then, if there is one, changes the stack as
// well and gives what else is to be written.
func laid(on store.Record, top layer, then func(*stack) []store.Record) (write []store.Record, s stack) {
	s, ok := decodeStack(on.Value)
	if !ok || top.value == nil && then == nil {
		return nil, stack{}
	}
	if then != nil {
		write = then(&s)
	}
	if s.rows += top.rows; !top.fits || s.rows > tooHigh*s.known+spare {
		return s.gone(), stack{}
	}
	if top.value != nil {
		write = append(write, store.Record{Key: sheetPrefix + strconv.Itoa(s.sheets.to), Value: top.value})
		s.sheets.to++
	}
	return append(write, s.record()), s
}

// begin marks what lies in volumes before a walk.
func (s *stack) begin() {
	s.mark, s.marked = s.volumes.to, s.rows
}

// finish takes away what lay in volumes before a walk that is finished: what the
// walk did not meet is gone.
func (s *stack) finish() (write []store.Record) {
	for s.volumes.from < s.mark {
		write = append(write, store.Record{Key: volumeKey(s.volumes.from)})
		s.volumes.from++
		s.packed = max(0, s.packed-1)
	}
	s.rows -= s.marked
	s.mark, s.marked = 0, 0
	return write
}

// numbers are what is stored of a stack, in this order.
func (s *stack) numbers() [10]*int {
	return [...]*int{&s.volumes.from, &s.volumes.to, &s.packed, &s.sheets.from, &s.sheets.to, &s.rows, &s.known, &s.mark, &s.marked, &s.whole}
}

// encodeStack gives numbers that end like the texts of rows.
func encodeStack(s stack) []byte {
	to := append(strconv.AppendInt(nil, s.since, 10), textEnd)
	for _, n := range s.numbers() {
		to = append(strconv.AppendInt(to, int64(*n), 10), textEnd)
	}
	return to
}

func decodeStack(stored []byte) (s stack, ok bool) {
	r := rows{rest: string(stored), ok: stored != nil}
	s.since = r.number()
	for _, n := range s.numbers() {
		*n = int(r.number())
	}
	return s, r.ok && r.rest == ""
}
