//go:build !js

package toolchain

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPatchesReplaceTheirLinesAlone(t *testing.T) {
	all := patches()
	replaced, err := writePatched(t.Context(), t.TempDir(), all)
	require.NoError(t, err)
	for original, patched := range replaced {
		before, err := os.ReadFile(original)
		require.NoError(t, err)
		after, err := os.ReadFile(patched)
		require.NoError(t, err)
		more := 0
		for _, p := range all {
			if original == goSource(t, p.file) {
				more += len(p.new) - len(p.old)
				assert.NotContains(t, string(after), p.old)
				assert.Contains(t, string(after), p.new)
			}
		}
		assert.Equal(t, len(before)+more, len(after), original)
	}
}

func TestPatchesRefuseAnotherToolchain(t *testing.T) {
	for name, c := range map[string]struct {
		p    patch
		says string
	}{
		"lines that are gone":    {patch{"time/format.go", "nobody wrote this", ""}, "time/format.go has 0 times, not once"},
		"lines that are twofold": {patch{"time/format.go", "func (t Time)", ""}, "times, not once"},
		"a file that is gone":    {patch{"time/nothing.go", "a", "b"}, "no such file"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := writePatched(t.Context(), t.TempDir(), append(patches(), c.p))
			assert.ErrorContains(t, err, c.says)
		})
	}
}

func goSource(t *testing.T, file string) string {
	t.Helper()
	goroot, err := goEnv(t.Context(), "", "GOROOT")
	require.NoError(t, err)
	return goroot + "/src/" + file
}
