//go:build !js

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/dealmark/dealmark/internal/toolchain"
)

// source is where the parts of the extension are, relative to the module's root.
type source struct {
	Root      string
	Extension string            // the folder of static files
	Programs  map[string]string // the Go packages compiled for the browser, by the files they become
}

// packedAt is the time of every packed file: the earliest that a zip can hold.
var packedAt = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// assemble reads and compiles what a package consists of, by slash-separated path.
func assemble(ctx context.Context, s source, to target) (map[string][]byte, error) {
	files, err := shippedFiles(filepath.Join(s.Root, s.Extension))
	if err != nil {
		return nil, err
	}
	if files[manifestName], err = manifestFor(to, files[manifestName]); err != nil {
		return nil, err
	}
	for file, program := range s.Programs {
		if files[file], err = toolchain.Compile(ctx, s.Root, program, false); err != nil {
			return nil, err
		}
	}
	if files["wasm_exec.js"], err = toolchain.WasmExec(ctx, s.Root); err != nil {
		return nil, err
	}
	return files, errors.Join(joinSheets(files), joinModules(files, to.Development))
}

// pack builds the folder beside its final place and moves it there when it is
// whole, so that a build that fails leaves the previous one as it was.
func pack(ctx context.Context, s source, to target, out string, stdout io.Writer) (err error) {
	out, err = filepath.Abs(out)
	if err != nil {
		return err
	}
	if err := checkReplaceable(out); err != nil {
		return err
	}
	files, err := assemble(ctx, s, to)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return err
	}
	draft, err := os.MkdirTemp(filepath.Dir(out), ".pack-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(draft)) }()

	if err := writeFiles(draft, files); err != nil {
		return err
	}
	if err := replace(draft, out); err != nil {
		return err
	}
	return report(stdout, to, out, files)
}

// checkReplaceable refuses to replace a folder that pack did not make.
func checkReplaceable(out string) error {
	entries, err := os.ReadDir(out)
	if errors.Is(err, os.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(out, "core.wasm")); err != nil {
		return fmt.Errorf("%s is not empty and holds no packed extension: choose another folder, or empty it", out)
	}
	return nil
}

func writeFiles(folder string, files map[string][]byte) error {
	for name, content := range files {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
		if err := os.Chtimes(path, packedAt, packedAt); err != nil {
			return err
		}
	}
	return nil
}

func replace(draft, out string) error {
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	if err := os.Chmod(draft, 0o755); err != nil { // MkdirTemp's is 0700
		return err
	}
	return os.Rename(draft, out)
}
