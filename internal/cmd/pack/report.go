//go:build !js

package main

import (
	"crypto/sha256"
	"fmt"
	"io"
)

// report says what was packed, with the core's hash: the same source and
// toolchain give the same one on every machine.
func report(w io.Writer, out string, files map[string][]byte, development bool) error {
	core := files["core.wasm"]
	_, err := fmt.Fprintf(w, "packed %d files into %s\ncore.wasm: %.2f MB, sha256 %x\n",
		len(files), out, float64(len(core))/1e6, sha256.Sum256(core))
	if err != nil || !development {
		return err
	}
	id, err := extensionID(developmentKey)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "development build: id %s, allowed %s\n", id, loopback)
	return err
}
