package index

import (
	"bytes"
	"context"
	"slices"

	"github.com/dealmark/dealmark/internal/store"
)

// bind makes a volume of a stack's sheets, unless the stack has been changed.
func (x *Index) bind(ctx context.Context, s stack) error {
	keys := s.sheets.keys(sheetPrefix)
	return x.store.Update(ctx, append(keys, stackKey), func(read []store.Record) (write []store.Record, _ error) {
		sheets, on := read[:len(keys)], read[len(keys)]
		if !bytes.Equal(on.Value, encodeStack(s)) {
			return nil, nil
		}
		p := newPile(noTime)
		for _, record := range slices.Backward(sheets) {
			if !p.add(record.Value, false) {
				return s.gone(), nil
			}
			write = append(write, store.Record{Key: record.Key})
		}
		value, fits := p.sheet(0, p.Len(), true).encode()
		if !fits {
			return nil, nil
		}
		write = append(write, store.Record{Key: volumeKey(s.volumes.to), Value: value})
		s.rows += p.Len() - p.rows
		s.volumes.to++
		s.sheets.from = s.sheets.to
		return append(write, s.record()), nil
	})
}
