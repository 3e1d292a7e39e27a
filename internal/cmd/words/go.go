//go:build !js

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/constant"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const module = "github.com/dealmark/dealmark/"

// roots are what speaks to reps, and what it is compiled for.
var roots = []struct{ pattern, goos, goarch string }{
	{"./wasm/...", "js", "wasm"},
	{"./internal/gateway", "", ""},
}

// listed is a package as go list has it.
type listed struct {
	ImportPath, Dir, Export string
	GoFiles                 []string
}

// collectGo gives the constants of the type crm.English in all packages of ours
// that the roots consist of.
func collectGo(ctx context.Context, root string) (all []text, err error) {
	for _, from := range roots {
		packages, err := list(ctx, root, from.pattern, from.goos, from.goarch)
		if err != nil {
			return nil, err
		}
		exports := map[string]string{}
		for _, p := range packages {
			exports[p.ImportPath] = p.Export
		}
		for _, p := range packages {
			if !strings.HasPrefix(p.ImportPath, module) {
				continue
			}
			found, err := constants(p, exports)
			if err != nil {
				return nil, err
			}
			all = append(all, found...)
		}
	}
	return all, nil
}

func list(ctx context.Context, root, pattern, goos, goarch string) (packages []listed, err error) {
	command := exec.CommandContext(ctx, "go", "list", "-export", "-deps", "-json=ImportPath,Dir,Export,GoFiles", pattern)
	command.Dir = root
	command.Env = append(os.Environ(), "GOOS="+goos, "GOARCH="+goarch)
	var problems bytes.Buffer
	command.Stderr = &problems
	out, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("go list %s: %w: %s", pattern, err, problems.String())
	}
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return packages, nil
		} else if err != nil {
			return nil, err
		}
		packages = append(packages, p)
	}
}

// constants type-checks a package and gives its texts.
func constants(p listed, exports map[string]string) (all []text, err error) {
	files := token.NewFileSet()
	var syntax []*ast.File
	for _, name := range p.GoFiles {
		file, err := parser.ParseFile(files, filepath.Join(p.Dir, name), nil, 0)
		if err != nil {
			return nil, err
		}
		syntax = append(syntax, file)
	}
	info := types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Selections: map[*ast.SelectorExpr]*types.Selection{}}
	lookup := func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) }
	config := types.Config{Importer: importer.ForCompiler(files, "gc", lookup), Sizes: types.SizesFor("gc", "amd64")}
	if _, err := config.Check(p.ImportPath, files, syntax, &info); err != nil {
		return nil, err
	}
	english := func(e ast.Expr) (string, bool) {
		of := info.Types[e]
		if of.Value == nil || of.Type.String() != module+"internal/crm.English" {
			return "", false
		}
		return strings.TrimSpace(constant.StringVal(of.Value)), true
	}
	at := func(n ast.Node) string {
		place := files.Position(n.Pos())
		return strings.TrimPrefix(p.ImportPath, module) + "/" + filepath.Base(place.Filename) + ":" + fmt.Sprint(place.Line)
	}
	counted := map[ast.Expr]bool{}
	for _, file := range syntax {
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && counts(call, info) {
				one, isOne := english(call.Args[1])
				other, isOther := english(call.Args[2])
				if !isOne || !isOther {
					err = fmt.Errorf("%s: Count wants its two texts as constants", at(call))
				}
				all = append(all, text{english: other, one: one, where: at(call)})
				counted[call.Args[1]], counted[call.Args[2]] = true, true
			}
			e, ok := n.(ast.Expr)
			if !ok || counted[e] {
				return !ok
			}
			said, ok := english(e)
			if ok && said != "" {
				all = append(all, text{english: said, where: at(e)})
			}
			return !ok
		})
	}
	return all, err
}

// counts says whether a call is one of words.Words.Count.
func counts(call *ast.CallExpr, info types.Info) bool {
	selector, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || len(call.Args) < 3 || info.Selections[selector] == nil {
		return false
	}
	method, ok := info.Selections[selector].Obj().(*types.Func)
	return ok && method.FullName() == "("+module+"internal/words.Words).Count"
}
