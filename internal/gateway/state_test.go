//go:build !js

package gateway_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Several teams share a program and several programs a database: a variable of the
// package would be seen by all of the one and by none of the other. There are
// errors, embedded files and arrays that nothing writes to. And there is no client
// of net/http: requests to Apollo have one way, which counts them.
func TestThePackageKeepsNothing(t *testing.T) {
	names, err := filepath.Glob("*.go")
	require.NoError(t, err)
	files := token.NewFileSet()
	tables := map[string]bool{}
	var parsed []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(files, name, nil, parser.ParseComments)
		require.NoError(t, err)
		parsed = append(parsed, file)
		for _, declaration := range file.Decls {
			variables, ok := declaration.(*ast.GenDecl)
			if !ok || variables.Tok != token.VAR {
				continue
			}
			embedded := variables.Doc != nil && strings.Contains(variables.Doc.List[len(variables.Doc.List)-1].Text, "go:embed")
			for _, spec := range variables.Specs {
				spec := spec.(*ast.ValueSpec)
				for i, variable := range spec.Names {
					if variable.Name == "_" {
						continue
					}
					tables[variable.Name] = true
					assert.True(t, embedded || i < len(spec.Values) && fixed(spec.Values[i]), "%s: %s is state", name, variable.Name)
				}
			}
		}
	}
	assert.Greater(t, len(tables), 5)
	for _, file := range parsed {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if from, ok := n.X.(*ast.Ident); ok && from.Name == "http" {
					for _, client := range []string{"Client", "DefaultClient", "DefaultTransport", "Transport", "Get", "Post", "NewRequest", "NewRequestWithContext"} {
						assert.NotEqual(t, client, n.Sel.Name, files.Position(n.Pos()))
					}
				}
			case *ast.AssignStmt:
				for _, to := range n.Lhs {
					if index, ok := to.(*ast.IndexExpr); ok {
						to = index.X
					}
					if named, ok := to.(*ast.Ident); ok && n.Tok == token.ASSIGN && (named.Obj == nil || named.Obj.Kind == ast.Var && tables[named.Name] && named.Obj.Decl != nil && isPackage(parsed, named.Obj)) {
						assert.False(t, tables[named.Name], "%s: %s is written to", files.Position(n.Pos()), named.Name)
					}
				}
			case *ast.ImportSpec:
				assert.NotContains(t, n.Path.Value, "httputil")
			}
			return true
		})
	}
}

// fixed says whether a value is an error or an array.
func fixed(value ast.Expr) bool {
	switch value := value.(type) {
	case *ast.CallExpr:
		called, ok := value.Fun.(*ast.SelectorExpr)
		return ok && called.Sel.Name == "New"
	case *ast.CompositeLit:
		array, ok := value.Type.(*ast.ArrayType)
		return ok && array.Len != nil
	}
	return false
}

func isPackage(files []*ast.File, object *ast.Object) bool {
	for _, file := range files {
		if file.Scope.Lookup(object.Name) == object {
			return true
		}
	}
	return false
}
