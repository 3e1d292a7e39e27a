//go:build !js

package arch_test

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The core keeps no state in its packages. A variable of a package is
//
//   - an error, made by errors.New or as a &crm.Error;
//   - a text, embedded from a file;
//   - a table: an array or a struct, written where it is declared, or a pointer
//     to such a struct
//
// and nothing writes to it, to a part of it, or to a field of the struct that it
// points to; nor takes its address, which lets others write behind this test's
// back. Only the functions of package slices that look are trusted with a slice
// of a table. What a pointer or slice within a table leads to is not looked at.
func TestTheCoreHasNoState(t *testing.T) {
	native := targets[0]
	exports := map[string]string{}
	var packages []listed
	for _, p := range native.list(t, "-export", "-deps", "./...") {
		exports[p.ImportPath] = p.Export
		if name, ours := short(p.ImportPath); ours && in(name, core) {
			packages = append(packages, p)
		}
	}
	require.NotEmpty(t, packages)
	lentTables := map[string]bool{}
	for _, r := range rules(t, lent, ": ") {
		lentTables[r.left] = true
	}
	variables := 0
	for _, p := range packages {
		s := &state{fileSet: token.NewFileSet(), lent: lentTables}
		s.load(t, p, exports)
		for _, fault := range s.faults() {
			assert.Fail(t, p.ImportPath+": "+fault)
		}
		variables += len(s.variables)
	}
	assert.Greater(t, variables, 10)
}

func TestStateIsFound(t *testing.T) {
	const source = `package p
import ("errors"; "slices")
type row struct { words []string; n int }
func (r *row) set() { r.n = 1 }
var (
	errFine = errors.New("x")
	table = [...]row{{n: 1}}
	one = &row{n: 2}
	whole = row{n: 3}
	bad1 int
	bad2 = map[string]int{}
	bad3 = make(chan int)
	bad4 = []int{1}
	bad5 = f()
)
func f() int { return table[0].n + one.n + whole.n }
func g(r *row) {
	table[0].n = 2
	table[0].n++
	table[0].words[0] = "x"
	r.n = 3
	errFine = nil
	_ = &table
	_ = table[:]
	whole.set()
	for whole.n = range 3 {}
	_ = slices.ContainsFunc(table[:], func(row) bool { return false })
	table := [1]row{}
	table[0].n = 4
}
`
	s := &state{fileSet: token.NewFileSet()}
	parsed, err := parser.ParseFile(s.fileSet, "p.go", source, parser.ParseComments)
	require.NoError(t, err)
	s.check(t, "p", []*ast.File{parsed}, importer.ForCompiler(s.fileSet, "source", nil))
	faults := map[string]int{}
	for _, fault := range s.faults() {
		faults[fault]++
	}
	want := map[string]int{}
	for _, fault := range []string{
		"p.go:10:2: bad1 is state: a variable of the core is an error, an embedded text or a table",
		"p.go:11:2: bad2 is state: a variable of the core is an error, an embedded text or a table",
		"p.go:12:2: bad3 is state: a variable of the core is an error, an embedded text or a table",
		"p.go:13:2: bad4 is state: a variable of the core is an error, an embedded text or a table",
		"p.go:14:2: bad5 is state: a variable of the core is an error, an embedded text or a table",
		"p.go:18:2: table is written to", "p.go:19:2: table is written to", "p.go:20:2: table is written to",
		"p.go:4:23: a field of row is written to, and a variable of the package points to one", "p.go:21:2: a field of row is written to, and a variable of the package points to one",
		"p.go:22:2: errFine is written to", "p.go:23:7: the address of table is taken", "p.go:24:6: the address of table is taken",
		"p.go:25:2: the address of whole is taken", "p.go:26:6: whole is written to",
	} {
		want[fault]++
	}
	assert.Equal(t, want, faults)
}
