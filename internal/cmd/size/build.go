//go:build !js

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"

	"github.com/dealmark/dealmark/internal/toolchain"
)

// compileEmpty compiles the empty program as the toolchain does by itself, with
// nothing left out of it: a measure that does not change with our settings.
func compileEmpty(ctx context.Context, pkg, out, ldflags string) ([]byte, error) {
	build := exec.CommandContext(ctx, "go", "build", "-mod=readonly", "-trimpath", "-buildvcs=false",
		"-ldflags="+ldflags, "-o", out, pkg)
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOWASM=", "GOEXPERIMENT=", "GOFLAGS=")
	if output, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("compile %s for the browser: %w\n%s", pkg, err, output)
	}
	return os.ReadFile(out)
}

// listed is a package that is linked into a program.
type listed struct {
	ImportPath string
	Imports    []string
	Module     *struct{ Main bool }
}

func (l listed) ours() bool { return l.Module != nil && l.Module.Main }

// linked lists a program's packages, itself among them.
func linked(ctx context.Context, pkg string) ([]listed, error) {
	list := exec.CommandContext(ctx, "go", "list", "-mod=readonly", "-deps", "-json=ImportPath,Imports,Module", pkg)
	list.Env = toolchain.Env()
	list.Stderr = os.Stderr
	output, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("list the packages of %s: %w", pkg, err)
	}
	var all []listed
	for decoder := json.NewDecoder(bytes.NewReader(output)); ; {
		var l listed
		switch err := decoder.Decode(&l); {
		case errors.Is(err, io.EOF):
			return all, nil
		case err != nil:
			return nil, fmt.Errorf("read what go list says: %w", err)
		}
		all = append(all, l)
	}
}
