//go:build !js

package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"
)

// entry is a file of an archive.
type entry struct {
	name    string // with slashes
	content []byte
	program bool // a person may run it
}

// archivedAt is the time of every entry: the earliest that a zip can hold.
var archivedAt = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// archive makes a zip of nothing but the entries' names, contents and whether
// they are programs.
func archive(entries []entry) ([]byte, error) {
	entries = slices.SortedFunc(slices.Values(entries), func(a, b entry) int { return strings.Compare(a.name, b.name) })
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	w.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.BestCompression)
	})
	for _, e := range entries {
		header := &zip.FileHeader{Name: e.name, Method: zip.Deflate, Modified: archivedAt}
		mode := fs.FileMode(0o644)
		if e.program {
			mode = 0o755
		}
		header.SetMode(mode)
		to, err := w.CreateHeader(header)
		if err != nil {
			return nil, err
		}
		if _, err := to.Write(e.content); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return out.Bytes(), err
}
