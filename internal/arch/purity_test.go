//go:build !js

package arch_test

import (
	"go/ast"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheCoreIsGivenTheWorld(t *testing.T) {
	forbidden := map[string]string{}
	for _, r := range rules(t, worldly, ": ") {
		forbidden[r.left] = r.reason
	}
	for _, f := range ourFiles(t) {
		if !in(f.pkg, core) || f.test || !f.in(target{"js", "wasm"}) {
			continue
		}
		for _, imported := range f.imports() {
			reason, bad := forbidden[imported]
			assert.False(t, bad, "%s must not import %s: %s", f, imported, reason)
		}
	}
}

func TestTheCoreReadsNoClock(t *testing.T) {
	forbidden := map[string]string{}
	for _, r := range rules(t, clocks, ": ") {
		forbidden[r.left] = r.reason
	}
	looked := 0
	for _, f := range ourFiles(t) {
		if !in(f.pkg, core) || f.test {
			continue
		}
		for _, spec := range f.Imports {
			if spec.Path.Value == `"time"` {
				require.Nil(t, spec.Name, "%s: time must be imported under its own name, so that this test sees it", f)
			}
		}
		ast.Inspect(f.File, func(n ast.Node) bool {
			selector, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if from, ok := selector.X.(*ast.Ident); ok && from.Name == "time" && from.Obj == nil {
				looked++
				reason, bad := forbidden[selector.Sel.Name]
				assert.False(t, bad, "%s must not use time.%s: %s", f, selector.Sel.Name, reason)
			}
			return true
		})
	}
	assert.Greater(t, looked, 20, "uses of package time")
}

// directive says whether a declaration is preceded by a directive.
func directive(g *ast.GenDecl, name string) bool {
	if g.Doc == nil {
		return false
	}
	for _, c := range g.Doc.List {
		if strings.HasPrefix(c.Text, name) {
			return true
		}
	}
	return false
}
