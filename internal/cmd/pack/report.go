//go:build !js

package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// report says what was packed, with the hashes of the programs: the same source
// and toolchain give the same ones on every machine.
func report(w io.Writer, to target, out string, files map[string][]byte) error {
	_, err := fmt.Fprintf(w, "packed %d files into %s\n", len(files), out)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err == nil && strings.HasSuffix(name, ".wasm") {
			_, err = fmt.Fprintf(w, "%s: %.2f MB, sha256 %x\n", name, float64(len(files[name]))/1e6, sha256.Sum256(files[name]))
		}
	}
	if err != nil || !to.Development || to.Browser != "chromium" {
		return err
	}
	id, err := extensionID(developmentKey)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "development build: id %s, allowed %s\n", id, loopback)
	return err
}
