//go:build !js

package toolchain

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
)

// Compile compiles a package of the module in root for the browser, and returns
// the program. The same source and toolchain give the same bytes. With names it
// has its functions' names, which a browser does not read.
func Compile(ctx context.Context, root, pkg string, names bool) ([]byte, error) {
	program, err := build(ctx, root, pkg, names)
	if err != nil {
		return nil, err
	}
	module, err := moduleName(ctx, root)
	if err != nil {
		return nil, err
	}
	return trim(program, module)
}

// build runs the go command.
//
// -trimpath and -buildvcs=false leave out where and from which state of the
// tree it was built, which would change the bytes; -s -w leave out symbols; an
// empty build id leaves out the builder's.
func build(ctx context.Context, root, pkg string, names bool) (program []byte, err error) {
	folder, err := os.MkdirTemp("", "compile-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	overlay, err := writeOverlay(ctx, root, folder)
	if err != nil {
		return nil, err
	}
	link := "-s -w -buildid="
	if names {
		link = "-buildid="
	}
	out := filepath.Join(folder, "program.wasm")
	build := exec.CommandContext(ctx, "go", "build", "-mod=readonly", "-trimpath", "-buildvcs=false",
		"-overlay="+overlay, "-ldflags="+link, "-o", out, pkg)
	build.Dir = root
	build.Env = Env()
	if output, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("compile %s for the browser: %w\n%s", pkg, err, output)
	}
	return os.ReadFile(out)
}

// Env is the environment in which the go command compiles for the browser. The
// collector is the one of Go 1.25: what the newer gains on many cores is nothing
// on one, and it is larger.
func Env() []string {
	return append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOWASM=", "GOEXPERIMENT=nogreenteagc", "GOFLAGS=")
}

// std has files that replace those of the same paths in the standard library.
const std = "internal/toolchain/_std"

// writeOverlay writes into a folder what the go command reads as its flag -overlay.
func writeOverlay(ctx context.Context, root, folder string) (file string, err error) {
	goroot, err := goEnv(ctx, "", "GOROOT")
	if err != nil {
		return "", err
	}
	replace, err := writePatched(ctx, folder, patches())
	if err != nil {
		return "", err
	}
	ours := filepath.Join(root, filepath.FromSlash(std))
	err = filepath.WalkDir(ours, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		relative, err := filepath.Rel(ours, path)
		if err != nil {
			return err
		}
		original := filepath.Join(goroot, "src", relative)
		if _, err := os.Stat(original); err != nil {
			return fmt.Errorf("%s replaces nothing in this toolchain: %w", path, err)
		}
		replace[original] = path
		return nil
	})
	if err != nil {
		return "", err
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	file = filepath.Join(folder, "overlay.json")
	return file, os.WriteFile(file, text, 0o600)
}
