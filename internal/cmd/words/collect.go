//go:build !js

package main

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/dealmark/dealmark/internal/words"
)

// text is a text for reps.
type text struct {
	english string // of several things, for a text that depends on a number
	one     string // the text for one thing; "" for a text that depends on no number
	where   string // a place where it stands
}

// collect gives all texts by their keys.
func collect(ctx context.Context, root string) (map[string]text, error) {
	var all []text
	fromGo, err := collectGo(ctx, root)
	if err != nil {
		return nil, err
	}
	all = append(all, fromGo...)
	for pattern, from := range map[string]func(path string) ([]text, error){"*.js": collectJS, "*.html": collectHTML} {
		files, err := filepath.Glob(filepath.Join(root, "extension", pattern))
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			found, err := from(file)
			if err != nil {
				return nil, err
			}
			all = append(all, found...)
		}
	}
	texts := map[string]text{}
	for _, t := range all {
		key := words.Key(t.english)
		if known, ok := texts[key]; ok && (known.english != t.english || known.one != t.one) {
			return nil, fmt.Errorf("%s: %q has the key of %q (%s): say one of them otherwise", t.where, t.english, known.english, known.where)
		}
		texts[key] = t
	}
	return texts, nil
}
