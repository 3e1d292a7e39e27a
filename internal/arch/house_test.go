//go:build !js

package arch_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	module   = "github.com/dealmark/dealmark"
	internal = module + "/internal/"
)

// short names one of our packages: "outbox", "cmd/demo", "wasm"; false for
// those of others.
func short(importPath string) (string, bool) {
	if name, ok := strings.CutPrefix(importPath, internal); ok {
		return name, true
	}
	return strings.CutPrefix(importPath, module+"/")
}

// file is one of our Go files.
type file struct {
	*ast.File
	dir  string // of the file system
	pkg  string // short
	name string
	test bool
}

func (f file) String() string { return path.Join(f.pkg, f.name) }

func (f file) imports() (list []string) {
	for _, spec := range f.Imports {
		imported, _ := strconv.Unquote(spec.Path.Value)
		list = append(list, imported)
	}
	return list
}

// files are all of our Go files, whatever they are built for.
var files = sync.OnceValues(func() ([]file, error) {
	root, err := filepath.Abs("../..")
	if err != nil {
		return nil, err
	}
	var list []file
	fileSet := token.NewFileSet()
	err = filepath.WalkDir(root, func(at string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case d.IsDir() && at != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "node_modules" || at == filepath.Join(root, "build")):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(d.Name(), ".go"):
			return nil
		}
		parsed, err := parser.ParseFile(fileSet, at, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		below, err := filepath.Rel(root, filepath.Dir(at))
		if err != nil {
			return err
		}
		pkg := strings.TrimPrefix(filepath.ToSlash(below), "internal/")
		list = append(list, file{parsed, filepath.Dir(at), pkg, d.Name(), strings.HasSuffix(d.Name(), "_test.go")})
		return nil
	})
	return list, err
})

func ourFiles(t *testing.T) []file {
	t.Helper()
	list, err := files()
	require.NoError(t, err)
	require.Greater(t, len(list), 50, "the house was not found")
	return list
}

// target is what the go command builds for.
type target struct{ os, arch string }

// The product runs under js; everything else runs as the machine does.
var targets = [...]target{{"", ""}, {"js", "wasm"}}

func (t target) String() string {
	if t.os == "" {
		return "native"
	}
	return t.os
}

// listed is what the go command says of a package.
type listed struct {
	ImportPath string
	Dir        string
	Export     string
	GoFiles    []string
	Imports    []string
	Deps       []string
}

// list runs go list.
func (g target) list(t *testing.T, arguments ...string) (list []listed) {
	t.Helper()
	command := exec.Command("go", append([]string{"list", "-e", "-json=ImportPath,Dir,Export,GoFiles,Imports,Deps"}, arguments...)...)
	command.Dir = "../.."
	command.Env = os.Environ()
	if g.os != "" {
		command.Env = append(command.Env, "GOOS="+g.os, "GOARCH="+g.arch)
	}
	var stderr bytes.Buffer
	command.Stderr = &stderr
	output, err := command.Output()
	require.NoError(t, err, stderr.String())
	decoder := json.NewDecoder(bytes.NewReader(output))
	for {
		var l listed
		err := decoder.Decode(&l)
		if errors.Is(err, io.EOF) {
			return list
		}
		require.NoError(t, err)
		list = append(list, l)
	}
}
