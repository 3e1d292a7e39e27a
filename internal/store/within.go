package store

import (
	"context"
	"slices"
	"strings"
)

// Within gives the part of an area that belongs to a space: a store of its own,
// which sees nothing of the other spaces and cannot be seen by them. The space ""
// has the keys of the area as they are, and every other one those that begin with
// "@", its name and "/". A name holds no "/".
func Within(area Store, space string) Store {
	if space != "" {
		space = "@" + space + "/"
	}
	return &within{area, space}
}

// SpaceOf names the space of a key of the area itself.
func SpaceOf(key string) string {
	if rest, ok := strings.CutPrefix(key, "@"); ok {
		space, _, _ := strings.Cut(rest, "/")
		return space
	}
	return ""
}

type within struct {
	area   Store
	prefix string
}

// Read implements [Store].
func (w *within) Read(ctx context.Context, keys ...string) ([]Record, error) {
	records, err := w.area.Read(ctx, w.full(keys)...)
	return w.own(records), err
}

// List implements [Store].
func (w *within) List(ctx context.Context, prefix string) ([]Record, error) {
	records, err := w.area.List(ctx, w.prefix+prefix)
	if w.prefix+prefix == "" {
		records = slices.DeleteFunc(records, func(r Record) bool { return strings.HasPrefix(r.Key, "@") })
	}
	return w.own(records), err
}

// Update implements [Store].
func (w *within) Update(ctx context.Context, keys []string, change func([]Record) ([]Record, error)) error {
	return w.area.Update(ctx, w.full(keys), func(read []Record) ([]Record, error) {
		write, err := change(w.own(read))
		write = slices.Clone(write) // change may keep its own
		for i := range write {
			write[i].Key = w.prefix + write[i].Key
		}
		return write, err
	})
}

func (w *within) full(keys []string) []string {
	full := slices.Clone(keys)
	for i := range full {
		full[i] = w.prefix + full[i]
	}
	return full
}

func (w *within) own(records []Record) []Record {
	for i := range records {
		records[i].Key = records[i].Key[len(w.prefix):]
	}
	return records
}
