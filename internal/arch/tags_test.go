//go:build !js

package arch_test

import (
	"go/build"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// in says whether a file is built for a target.
func (f file) in(g target) bool {
	context := build.Default
	context.GOOS, context.GOARCH, context.CgoEnabled = g.os, g.arch, false
	match, err := context.MatchFile(f.dir, f.name)
	return err == nil && match
}

func (f file) jsOnly() bool {
	return f.in(target{"js", "wasm"}) &&
		!f.in(target{"linux", "amd64"}) && !f.in(target{"darwin", "arm64"}) && !f.in(target{"windows", "amd64"}) && !f.in(target{"wasip1", "wasm"})
}

// A package of the browser has only files for it, so that nobody takes a
// green test run elsewhere for its test. One doc.go may be for all targets: it
// makes the package's comment visible everywhere, and has nothing but it. A main
// cannot have one: without its main function it does not build.
func TestFilesForTheBrowser(t *testing.T) {
	for _, f := range ourFiles(t) {
		switch {
		case !in(f.pkg, jsOnly):
		case f.test:
			assert.True(t, f.jsOnly() || !f.in(target{"js", "wasm"}), "%s must say by a build tag whether it runs under js", f)
		case f.name == "doc.go" && f.Name.Name != "main":
			assert.Empty(t, f.Decls, "%s is for its comment alone", f)
		default:
			assert.True(t, f.jsOnly(), "%s must be for js alone: name it %s_js.go or tag it", f, f.name[:len(f.name)-len(".go")])
		}
	}
}

func TestCoreFilesAreForAllTargets(t *testing.T) {
	for _, f := range ourFiles(t) {
		if !in(f.pkg, core) || f.test || f.String() == "apollo/transport_http.go" {
			continue
		}
		assert.True(t, f.in(target{"js", "wasm"}) && f.in(target{"linux", "amd64"}), "%s: what is shipped is what is tested without a browser", f)
	}
}

func TestTheTagsAreRead(t *testing.T) {
	seen := map[bool]int{}
	for _, f := range ourFiles(t) {
		if f.pkg == "arch" && f.test {
			require.False(t, f.in(target{"js", "wasm"}), f.String())
			require.True(t, f.in(target{"linux", "amd64"}), f.String())
		}
		seen[f.jsOnly()]++
	}
	require.NotZero(t, seen[false])
}
