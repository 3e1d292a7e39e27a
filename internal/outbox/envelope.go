package outbox

import (
	"bytes"
	"hash/crc32"
	"strconv"

	"github.com/dealmark/dealmark/internal/store"
	"github.com/dealmark/dealmark/internal/wire"
)

// The envelope is the same for every schema: a checksum that holds says that a
// version which is not known was written, and is no fault of the storage.
const (
	openSchema = `{"schema":`
	openSum    = `,"crc32":`
	openEntry  = `,"entry":`
)

func seal(version int, entry []byte) []byte {
	sealed := make([]byte, 0, len(entry)+len(openSchema)+len(openSum)+len(openEntry)+14)
	sealed = strconv.AppendInt(append(sealed, openSchema...), int64(version), 10)
	sealed = strconv.AppendUint(append(sealed, openSum...), uint64(checksum(version, entry)), 10)
	return append(append(append(sealed, openEntry...), entry...), '}')
}

func checksum(version int, entry []byte) uint32 {
	return crc32.Update(uint32(version), crc32.IEEETable, entry)
}

// unseal gives what seal was given.
func unseal(stored []byte) (version int, content []byte, err error) {
	rest, _ := bytes.CutPrefix(stored, []byte(openSchema))
	version, rest = digits(rest)
	rest, ok := bytes.CutPrefix(rest, []byte(openSum))
	if !ok {
		return version, nil, errEnvelope
	}
	sum, rest := digits(rest)
	rest, ok = bytes.CutPrefix(rest, []byte(openEntry))
	content, closed := bytes.CutSuffix(rest, []byte("}"))
	switch {
	case !ok || !closed:
		return 0, nil, errEnvelope
	case int(checksum(version, content)) != sum:
		return 0, nil, errSum
	}
	return version, content, nil
}

// digits reads a number that seal wrote, 0 if there is none.
func digits(text []byte) (int, []byte) {
	n := 0
	for n < len(text) && n < 12 && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	number, _ := strconv.Atoi(string(text[:n]))
	return number, text[n:]
}

// revision reads no more of a record than that. What the checksum vouches for is
// an entry as somebody wrote it, be it one that decode would not take.
func revision(stored store.Record) (int, error) {
	if stored.Value == nil {
		return 0, errNone
	}
	version, content, err := unseal(stored.Value)
	if err != nil || version != schema {
		var e Entry
		err := read(stored, &e)
		return e.Revision, err
	}
	n, its := 0, false
	r := wire.NewReader(content)
	r.Object(func(name []byte) {
		switch string(name) {
		case "id":
			its = key(r.String()) == stored.Key
		case "revision":
			n = r.Int()
		}
	})
	if err := r.End(); err != nil {
		return 0, err
	}
	if !its {
		return 0, errKey
	}
	return n, nil
}
