package outbox

import (
	"context"

	"github.com/dealmark/dealmark/internal/wire"
)

// Export writes everything that is kept as one JSON document, for a rep to save
// before a browser is reset and for support to read:
//
//	{"entries":[{"id":…,"state":…,"create":{…}}],"damaged":[{"key":…,"why":…,"record":…}]}
//
// with the entries as they are stored, the latest saved first, and the text of
// what cannot be read. It gives the number of entries that are not done, too.
func (b *Box) Export(ctx context.Context) (document []byte, pending int, err error) {
	entries, damaged, err := b.List(ctx)
	if err != nil {
		return nil, 0, err
	}
	var w wire.Writer
	w.BeginObject().Member("entries").BeginArray()
	for i := range entries {
		if entries[i].Pending() {
			pending++
		}
		w.Raw(body(&entries[i]))
	}
	w.EndArray().Member("damaged").BeginArray()
	for _, d := range damaged {
		pending++
		w.BeginObject().Text("key", d.Key).Text("why", d.Err.Error()).Text("record", string(d.Record)).EndObject()
	}
	return w.EndArray().EndObject().Bytes(), pending, nil
}
