//go:build !js

package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"slices"
)

// sums are the hashes of files, sorted by name, as sha256sum -c reads them.
func sums(files map[string][]byte) []byte {
	var out bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(&out, "%x  %s\n", sha256.Sum256(files[name]), name)
	}
	return out.Bytes()
}

// report says what was made.
func report(w io.Writer, folder, version string, made map[string][]byte, dirty bool) error {
	fmt.Fprintf(w, "Dealmark %s, in %s:\n", version, folder)
	for _, name := range slices.Sorted(maps.Keys(made)) {
		fmt.Fprintf(w, "  %-22s %9d bytes  sha256 %x\n", name, len(made[name]), sha256.Sum256(made[name]))
	}
	if dirty {
		fmt.Fprintln(w, "This tree has changes that are not committed: publish nothing of it.")
	}
	_, err := fmt.Fprintf(w, "To compare another build with it: (cd %s && sha256sum -c %s)\n", folder, sumsName)
	return err
}
