package store

import "context"

// Ahead gives an area of which all records were listed before: what is read is
// answered with these, so that who reads several of them waits for the area once.
func Ahead(area Store, listed []Record) Store { return ahead{area, listed} }

type ahead struct {
	Store
	listed []Record
}

// Read implements [Store].
func (a ahead) Read(_ context.Context, keys ...string) ([]Record, error) {
	found := make([]Record, len(keys))
	for i, key := range keys {
		found[i].Key = key
		for _, r := range a.listed {
			if r.Key == key {
				found[i].Value = r.Value
			}
		}
	}
	return found, nil
}
