//go:build !js

package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
)

// coreBar is the most that core.wasm may weigh, in bytes: each MB costs 11 to
// 13 ms at every click on the icon.
const coreBar = 4_000_000

// size prints the core's bytes, raw and as a store's download, and refuses a
// core over the bar.
func size(path string) outcome {
	core, err := os.ReadFile(path)
	if err != nil {
		return outcome{err: err}
	}
	var compressed bytes.Buffer
	w, err := gzip.NewWriterLevel(&compressed, gzip.BestCompression)
	if err != nil {
		return outcome{err: err}
	}
	if _, err := w.Write(core); err != nil {
		return outcome{err: err}
	}
	if err := w.Close(); err != nil {
		return outcome{err: err}
	}
	o := outcome{output: fmt.Sprintf("core.wasm: %d bytes raw (bar %d), %d gzip", len(core), coreBar, compressed.Len())}
	if len(core) > coreBar {
		o.err = fmt.Errorf("core.wasm is %d bytes over its bar", len(core)-coreBar)
	}
	return o
}
