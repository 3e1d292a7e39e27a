//go:build !js

package toolchain

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

// WasmExec returns the toolchain's own glue for programs that it compiled. That
// of another version does not fit.
func WasmExec(ctx context.Context, root string) ([]byte, error) {
	goroot, err := goEnv(ctx, root, "GOROOT")
	if err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(goroot, "lib", "wasm", "wasm_exec.js"))
}

// ModuleRoot is the folder of the go.mod that rules the working directory.
func ModuleRoot(ctx context.Context) (string, error) {
	file, err := goEnv(ctx, "", "GOMOD")
	if err != nil {
		return "", err
	}
	if file == "" || file == os.DevNull {
		return "", errors.New("not inside the module: run it in a folder of the repository")
	}
	return filepath.Dir(file), nil
}

// moduleName is the path of the module in a folder.
func moduleName(ctx context.Context, root string) (string, error) {
	return goTells(ctx, root, "list", "-m")
}

func goEnv(ctx context.Context, dir, name string) (string, error) {
	return goTells(ctx, dir, "env", name)
}

func goTells(ctx context.Context, dir string, args ...string) (string, error) {
	command := exec.CommandContext(ctx, "go", args...)
	command.Dir = dir
	var stderr bytes.Buffer
	command.Stderr = &stderr
	value, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, stderr.String())
	}
	return strings.TrimSpace(string(value)), nil
}
