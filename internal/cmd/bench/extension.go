//go:build !js

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// program is what is opened: a popup and the core that it starts.
type program struct {
	name string
	dir  string // of popup.html and core.wasm in the extension, with a slash
	last string // the mark that its scripts set last
}

var (
	product = program{name: "the product", last: "form"}
	empty   = program{name: "an empty Go program", dir: "empty/", last: "core"}
)

const emptyProgram = "github.com/dealmark/dealmark/internal/cmd/size/testdata/empty"

// withEmpty copies the built extension, and into its folder empty once more, with
// an empty program as the core there. Nothing else differs: a document fetches
// the core from beside itself.
func withEmpty(ctx context.Context, built, folder string) error {
	if _, err := os.Stat(filepath.Join(built, "core.wasm")); err != nil {
		return fmt.Errorf(`there is no development build: %w: run "make build" first`, err)
	}
	for _, p := range []program{product, empty} {
		if err := os.CopyFS(filepath.Join(folder, p.dir), os.DirFS(built)); err != nil {
			return err
		}
	}
	// As the toolchain makes it by itself: a measure that stays when package
	// toolchain leaves out more of the core.
	build := exec.CommandContext(ctx, "go", "build", "-mod=readonly", "-trimpath", "-buildvcs=false",
		"-ldflags=-s -w -buildid=", "-o", filepath.Join(folder, empty.dir, "core.wasm"), emptyProgram)
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOWASM=", "GOEXPERIMENT=", "GOFLAGS=")
	if output, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("compile the empty program: %w\n%s", err, output)
	}
	return nil
}
