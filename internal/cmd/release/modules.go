//go:build !js

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/dealmark/dealmark/internal/toolchain"
)

// programs are the Go packages of the shipped programs.
var programs = map[string]string{"core.wasm": "./wasm", "worker.wasm": "./wasm/worker", "pipeline.wasm": "./wasm/pipeline", "trial.wasm": "./wasm/trial"}

// module is a Go module of somebody else that is linked into a program.
type module struct {
	Path, Version string
	Sum           string // "h1:…", go.sum's hash of all its files
}

// suffixUser is the package that holds the list of public suffixes.
const suffixUser = "github.com/dealmark/dealmark/internal/site"

// linkedModules lists the modules whose packages go into a program, sorted by
// path, and says whether the list of public suffixes goes there too.
func linkedModules(ctx context.Context, root, pkg string) (modules []module, suffixes bool, err error) {
	list := exec.CommandContext(ctx, "go", "list", "-mod=readonly", "-deps", "-json=ImportPath,Module", pkg)
	list.Dir = root
	list.Env = toolchain.Env()
	var stderr bytes.Buffer
	list.Stderr = &stderr
	output, err := list.Output()
	if err != nil {
		return nil, false, fmt.Errorf("list what %s is made of: %w\n%s", pkg, err, stderr.String())
	}
	hashes, err := goSum(root)
	if err != nil {
		return nil, false, err
	}
	found := map[string]module{}
	for decoder := json.NewDecoder(bytes.NewReader(output)); ; {
		var l struct {
			ImportPath string
			Module     *struct {
				Path, Version string
				Main          bool
				Replace       *struct{ Path string }
			}
		}
		switch err := decoder.Decode(&l); {
		case errors.Is(err, io.EOF):
			for _, path := range slices.Sorted(maps.Keys(found)) {
				modules = append(modules, found[path])
			}
			return modules, suffixes, nil
		case err != nil:
			return nil, false, fmt.Errorf("read what go list says: %w", err)
		case l.Module == nil || l.Module.Main: // the standard library's, or ours
			suffixes = suffixes || l.ImportPath == suffixUser
			continue
		case l.Module.Replace != nil:
			return nil, false, fmt.Errorf("%s is replaced by %s: a release is made of what go.mod names", l.Module.Path, l.Module.Replace.Path)
		}
		m := module{Path: l.Module.Path, Version: l.Module.Version}
		if m.Sum = hashes[m.Path+" "+m.Version]; m.Sum == "" {
			return nil, false, fmt.Errorf("go.sum has no hash of %s %s", m.Path, m.Version)
		}
		found[m.Path] = m
	}
}

// goSum reads the hashes of modules, by "path version".
func goSum(root string) (map[string]string, error) {
	text, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		return nil, err
	}
	hashes := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if parts := strings.Fields(line); len(parts) == 3 {
			hashes[parts[0]+" "+parts[1]] = parts[2]
		}
	}
	return hashes, nil
}

// goVersion is the toolchain's version, "1.26.8".
func goVersion(ctx context.Context, root string) (string, error) {
	command := exec.CommandContext(ctx, "go", "env", "GOVERSION")
	command.Dir = root
	output, err := command.Output()
	version, ok := strings.CutPrefix(strings.TrimSpace(string(output)), "go")
	if err == nil && !ok {
		err = fmt.Errorf("the toolchain says that it is %q: a release is made by a released Go", version)
	}
	return version, err
}
