//go:build !js

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// compile compiles a program for the browser in folder and returns it. The
// folder keeps nothing of it.
//
// -trimpath and -buildvcs=false leave out where and from which state of the
// tree it was built, which would change the bytes; -s -w leave out symbols,
// which a browser does not read; an empty build id leaves out the builder's.
func compile(ctx context.Context, root, program, folder string) ([]byte, error) {
	path := filepath.Join(folder, "program.wasm")
	build := exec.CommandContext(ctx, "go", "build", "-mod=readonly", "-trimpath", "-buildvcs=false",
		"-ldflags=-s -w -buildid=", "-o", path, program)
	build.Dir = root
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOWASM=", "GOEXPERIMENT=", "GOFLAGS=")
	if output, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("compile %s for the browser: %w\n%s", program, err, output)
	}
	compiled, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return compiled, os.Remove(path)
}

// wasmExec returns the toolchain's own glue for programs that it compiled. That
// of another version does not fit.
func wasmExec(ctx context.Context, root string) ([]byte, error) {
	goroot, err := goEnv(ctx, root, "GOROOT")
	if err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(goroot, "lib", "wasm", "wasm_exec.js"))
}

// moduleRoot is the folder of the go.mod that rules the working directory.
func moduleRoot(ctx context.Context) (string, error) {
	file, err := goEnv(ctx, "", "GOMOD")
	if err != nil {
		return "", err
	}
	if file == "" || file == os.DevNull {
		return "", errors.New("not inside the module: run it in a folder of the repository")
	}
	return filepath.Dir(file), nil
}

func goEnv(ctx context.Context, dir, name string) (string, error) {
	command := exec.CommandContext(ctx, "go", "env", name)
	command.Dir = dir
	var stderr bytes.Buffer
	command.Stderr = &stderr
	value, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("go env %s: %w\n%s", name, err, stderr.String())
	}
	return strings.TrimSpace(string(value)), nil
}
