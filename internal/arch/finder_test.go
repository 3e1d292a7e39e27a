//go:build !js

package arch_test

import (
	"errors"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// lookers get a slice and do not write to it.
const lookers = "slices.Contains, slices.ContainsFunc, slices.Index, slices.IndexFunc, slices.BinarySearchFunc, slices.All, slices.Values, slices.Backward, slices.Equal, slices.Max, slices.Min, len"

// state looks for what a package could remember.
type state struct {
	fileSet   *token.FileSet
	info      types.Info
	pkg       *types.Package
	syntax    []*ast.File
	variables map[*types.Var]ast.Expr // with their initial values, nil for none
	pointedTo map[*types.TypeName]bool
	lookedAt  map[ast.Expr]bool // by a call that only looks
	lent      map[string]bool   // as package.variable
	found     []string
}

func (s *state) load(t *testing.T, p listed, exports map[string]string) {
	var syntax []*ast.File
	for _, name := range p.GoFiles {
		parsed, err := parser.ParseFile(s.fileSet, filepath.Join(p.Dir, name), nil, parser.ParseComments)
		require.NoError(t, err)
		syntax = append(syntax, parsed)
	}
	s.check(t, p.ImportPath, syntax, importer.ForCompiler(s.fileSet, "gc", func(path string) (io.ReadCloser, error) {
		if exports[path] == "" {
			return nil, errors.New(path + " was not compiled")
		}
		return os.Open(exports[path])
	}))
}

func (s *state) check(t *testing.T, path string, syntax []*ast.File, from types.Importer) {
	s.info = types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
	}
	s.syntax, s.variables, s.pointedTo = syntax, map[*types.Var]ast.Expr{}, map[*types.TypeName]bool{}
	s.lookedAt = map[ast.Expr]bool{}
	var err error
	s.pkg, err = (&types.Config{Importer: from}).Check(path, s.fileSet, syntax, &s.info)
	require.NoError(t, err)
}

func (s *state) faults() []string {
	for _, f := range s.syntax {
		for _, d := range f.Decls {
			if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.VAR {
				for _, spec := range g.Specs {
					s.declared(spec.(*ast.ValueSpec), directive(g, "//go:embed "))
				}
			}
		}
	}
	for _, f := range s.syntax {
		ast.Inspect(f, s.visit)
	}
	return s.found
}

func (s *state) declared(spec *ast.ValueSpec, embedded bool) {
	for i, name := range spec.Names {
		v, ok := s.info.Defs[name].(*types.Var)
		if !ok {
			continue // the blank one: it only holds a type against an interface
		}
		s.variables[v] = nil
		if i < len(spec.Values) {
			s.variables[v] = spec.Values[i]
		}
		if !s.constant(v, s.variables[v], embedded) {
			s.fault(name.Pos(), name.Name+" is state: a variable of the core is an error, an embedded text or a table")
		}
	}
}

func (s *state) constant(v *types.Var, value ast.Expr, embedded bool) bool {
	switch value := value.(type) {
	case nil:
		return embedded && types.Identical(v.Type(), types.Typ[types.String])
	case *ast.CallExpr:
		return types.ExprString(value.Fun) == "errors.New"
	case *ast.UnaryExpr:
		if _, literal := value.X.(*ast.CompositeLit); !literal || value.Op != token.AND {
			return false
		}
		if named, ok := s.info.TypeOf(value.X).(*types.Named); ok && named.Obj().Pkg() == s.pkg {
			s.pointedTo[named.Obj()] = true
		}
		return true
	case *ast.CompositeLit:
		switch v.Type().Underlying().(type) {
		case *types.Array, *types.Struct:
			return true
		}
	}
	return false
}

func (s *state) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.AssignStmt:
		for _, to := range n.Lhs {
			s.written(to)
		}
	case *ast.IncDecStmt:
		s.written(n.X)
	case *ast.RangeStmt:
		s.written(n.Key)
		s.written(n.Value)
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			s.addressed(n.X)
		}
	case *ast.CallExpr:
		if in(types.ExprString(n.Fun), lookers) {
			for _, argument := range n.Args {
				s.lookedAt[argument] = true
			}
		}
	case *ast.SliceExpr:
		if _, ok := s.info.TypeOf(n.X).Underlying().(*types.Array); ok && !s.lookedAt[n] {
			s.addressed(n.X)
		}
	case *ast.SelectorExpr:
		if selection := s.info.Selections[n]; selection != nil && selection.Kind() == types.MethodVal {
			method := selection.Obj().(*types.Func).Signature().Recv().Type()
			_, byPointer := method.(*types.Pointer)
			_, isPointer := selection.Recv().(*types.Pointer)
			if byPointer && !isPointer {
				s.addressed(n.X)
			}
		}
	}
	return true
}

func (s *state) written(to ast.Expr) {
	if v := s.root(to); v != nil {
		s.fault(to.Pos(), v.Name()+" is written to")
		return
	}
	selector, ok := to.(*ast.SelectorExpr)
	if !ok || s.info.Selections[selector] == nil {
		return
	}
	pointer, ok := s.info.Selections[selector].Recv().(*types.Pointer)
	if !ok {
		return
	}
	if named, ok := pointer.Elem().(*types.Named); ok && s.pointedTo[named.Obj()] {
		s.fault(to.Pos(), "a field of "+named.Obj().Name()+" is written to, and a variable of the package points to one")
	}
}

func (s *state) addressed(x ast.Expr) {
	if v := s.root(x); v != nil && !s.lent[v.Pkg().Name()+"."+v.Name()] {
		s.fault(x.Pos(), "the address of "+v.Name()+" is taken")
	}
}

// root gives the package's variable, of this package or another, of which x is
// the whole or a part.
func (s *state) root(x ast.Expr) *types.Var {
	for {
		switch part := x.(type) {
		case *ast.ParenExpr:
			x = part.X
		case *ast.IndexExpr:
			x = part.X
		case *ast.SliceExpr:
			x = part.X
		case *ast.StarExpr:
			x = part.X
		case *ast.SelectorExpr:
			if s.info.Selections[part] == nil { // package.Variable
				x = part.Sel
				continue
			}
			x = part.X
		case *ast.Ident:
			if v, ok := s.info.Uses[part].(*types.Var); ok && v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
				return v
			}
			return nil
		default:
			return nil
		}
	}
}

func (s *state) fault(at token.Pos, text string) {
	position := s.fileSet.Position(at)
	position.Filename = filepath.Base(position.Filename)
	s.found = append(s.found, position.String()+": "+text)
}
