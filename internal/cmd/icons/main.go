//go:build !js

// Command icons draws the extension's icons, each size for itself, and writes them
// into a folder: "go generate" in this package, into extension/icons. The mark is a
// bookmark with a tick, said once in mark.go; a test holds what is committed against
// what this draws.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

//go:generate go run . ../../../extension/icons

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "icons: give the folder to write to, such as extension/icons")
		os.Exit(2)
	}
	files, err := draw()
	for name, content := range files {
		if err == nil {
			err = os.WriteFile(filepath.Join(os.Args[1], name), content, 0o644)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "icons:", err)
		os.Exit(1)
	}
}
