//go:build !js

package toolchain

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCompileIsReproducible(t *testing.T) {
	root, err := ModuleRoot(t.Context())
	require.NoError(t, err)
	program, err := Compile(t.Context(), root, functionsProgram, false)
	require.NoError(t, err)
	assert.NotContains(t, string(program), root, "no path of this machine")
	assert.NotContains(t, string(program), std)

	// The same tree elsewhere: what replaces the standard library has another path.
	elsewhere := t.TempDir()
	require.NoError(t, os.CopyFS(filepath.Join(elsewhere, "internal", "toolchain"), os.DirFS(filepath.Join(root, "internal", "toolchain"))))
	require.NoError(t, os.WriteFile(filepath.Join(elsewhere, "go.mod"), []byte("module github.com/dealmark/dealmark\n\ngo 1.26.0\n"), 0o600))
	again, err := Compile(t.Context(), elsewhere, functionsProgram, false)
	require.NoError(t, err)
	assert.Equal(t, len(program), len(again))
	assert.True(t, string(program) == string(again), "the same source gives the same bytes")
}

func TestCompileSaysWhy(t *testing.T) {
	root, err := ModuleRoot(t.Context())
	require.NoError(t, err)
	_, err = Compile(t.Context(), root, "./internal/toolchain/testdata/nothing", false)
	assert.ErrorContains(t, err, "compile ./internal/toolchain/testdata/nothing for the browser")
	_, err = Compile(t.Context(), t.TempDir(), functionsProgram, false)
	assert.ErrorContains(t, err, "no such file")
}
