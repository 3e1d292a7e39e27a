package index

import (
	"bytes"
	"context"

	"github.com/dealmark/dealmark/internal/store"
)

// bind makes a volume of a stack's sheets, unless the stack has been changed: one
// after the other, as they are.
func (x *Index) bind(ctx context.Context, s stack) error {
	keys := s.sheets.keys(sheetPrefix)
	return x.store.Update(ctx, append(keys, stackKey), func(read []store.Record) (write []store.Record, _ error) {
		sheets, on := read[:len(keys)], read[len(keys)]
		if !bytes.Equal(on.Value, encodeStack(s)) {
			return nil, nil
		}
		volume := store.Record{Key: volumeKey(s.volumes.to)}
		for _, sheet := range sheets {
			if !sheetWhole(string(sheet.Value)) {
				return s.gone(), nil
			}
			volume.Value = append(volume.Value, sheet.Value...)
			write = append(write, store.Record{Key: sheet.Key})
		}
		s.volumes.to++
		s.sheets.from = s.sheets.to
		return append(write, volume, s.record()), nil
	})
}
