//go:build !js

package main

import (
	"archive/zip"
	"bytes"
	"flag"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/toolchain"
)

var cold = flag.Bool("cold", false, "build the source archive with nothing compiled before, which takes a minute")

var published = []string{chromiumName, firefoxName, sourceName, sbomName, sumsName}

// do runs a program in a folder.
func do(t *testing.T, folder string, env []string, name string, args ...string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), name, args...)
	command.Dir = folder
	command.Env = append(os.Environ(), env...)
	output, err := command.CombinedOutput()
	require.NoError(t, err, "%s %s\n%s", name, args, output)
	return string(output)
}

func commitAll(t *testing.T, folder string) {
	t.Helper()
	do(t, folder, nil, "git", "init", "-q")
	do(t, folder, nil, "git", "add", "-A", "-f")
	do(t, folder, nil, "git", "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "all")
}

func unzip(t *testing.T, file, folder string) {
	t.Helper()
	r, err := zip.OpenReader(file)
	require.NoError(t, err)
	defer r.Close()
	for _, f := range r.File {
		to := filepath.Join(folder, filepath.FromSlash(f.Name))
		require.NoError(t, os.MkdirAll(filepath.Dir(to), 0o755))
		from, err := f.Open()
		require.NoError(t, err)
		content, err := io.ReadAll(from)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(to, content, f.Mode()))
	}
}

// The same commit, cloned twice, at another time and in another folder, and the
// source archive of the one, unpacked without git, are built by the same command
// to the same bytes.
func TestEverybodyBuildsTheSameBytes(t *testing.T) {
	root, err := toolchain.ModuleRoot(t.Context())
	require.NoError(t, err)
	source, _, err := readSource(t.Context(), root, "")
	require.NoError(t, err)
	first := filepath.Join(t.TempDir(), "first")
	for _, e := range source {
		path, mode := filepath.Join(first, filepath.FromSlash(e.name)), fs.FileMode(0o640)
		if e.program {
			mode = 0o750
		}
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, e.content, mode))
		long := time.Now().Add(-3 * 365 * 24 * time.Hour)
		require.NoError(t, os.Chtimes(path, long, long))
	}
	commitAll(t, first)
	second := filepath.Join(t.TempDir(), "a folder of another name", "second")
	do(t, first, nil, "git", "clone", "-q", first, second)

	said := do(t, first, []string{"TZ=Asia/Tokyo", "LC_ALL=C"}, "make", "pack")
	assert.NotContains(t, said, "not committed")
	do(t, second, []string{"TZ=America/Caracas"}, "make", "pack")

	reviewer := t.TempDir()
	unzip(t, filepath.Join(first, "build", sourceName), reviewer)
	folders, err := os.ReadDir(reviewer)
	require.NoError(t, err)
	require.Len(t, folders, 1)
	third := filepath.Join(reviewer, folders[0].Name())
	var cache []string
	if *cold {
		cache = []string{"GOCACHE=" + t.TempDir()}
	}
	do(t, third, cache, "make", "pack")

	for _, name := range published {
		want, err := os.ReadFile(filepath.Join(first, "build", name))
		require.NoError(t, err)
		require.NotEmpty(t, want)
		for who, folder := range map[string]string{"the second clone": second, "the source archive": third} {
			got, err := os.ReadFile(filepath.Join(folder, "build", name))
			require.NoError(t, err)
			assert.True(t, bytes.Equal(want, got), "%s of %s is another", name, who)
		}
		if name != sumsName {
			assert.False(t, bytes.Contains(want, []byte(first)), "%s names a path of this machine", name)
		}
	}
	do(t, filepath.Join(third, "build"), nil, "sha256sum", "-c", sumsName)
}

// What walking finds is what git would, or a reviewer's archive would be another.
func TestWalkedFilesAreGits(t *testing.T) {
	root, err := toolchain.ModuleRoot(t.Context())
	require.NoError(t, err)
	if _, err := os.Stat(filepath.Join(root, ".git")); err != nil {
		t.Skip("this is no git tree, so there is nothing to compare with")
	}
	tracked, _, err := gitFiles(t.Context(), root)
	require.NoError(t, err)
	walked, err := walkedFiles(root)
	require.NoError(t, err)
	assert.ElementsMatch(t, tracked, walked)
}

func TestSourceInAGitTree(t *testing.T) {
	folder := t.TempDir()
	write := func(name string) {
		path := filepath.Join(folder, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(name), 0o644))
	}
	names := func() (list []string, dirty bool) {
		files, dirty, err := readSource(t.Context(), folder, "p/")
		require.NoError(t, err)
		for _, f := range files {
			list = append(list, f.name)
		}
		return list, dirty
	}
	for _, name := range []string{"go.mod", "sub/b.go", "gone.go"} {
		write(name)
	}
	require.NoError(t, os.WriteFile(filepath.Join(folder, ".gitignore"), []byte("/build/\nsecret.txt\n"), 0o644))
	commitAll(t, folder)
	list, dirty := names()
	assert.Equal(t, []string{"p/.gitignore", "p/go.mod", "p/gone.go", "p/sub/b.go"}, list)
	assert.False(t, dirty)

	write("build/x")
	write("secret.txt")
	_, dirty = names()
	assert.False(t, dirty, "what git ignores is no change")

	write("new.go") // what is built in may be new
	require.NoError(t, os.Remove(filepath.Join(folder, "gone.go")))
	list, dirty = names()
	assert.ElementsMatch(t, []string{"p/.gitignore", "p/go.mod", "p/sub/b.go", "p/new.go"}, list)
	assert.True(t, dirty)

	require.NoError(t, os.Symlink("/etc/passwd", filepath.Join(folder, "users.go")))
	_, _, err := readSource(t.Context(), folder, "p/")
	assert.ErrorContains(t, err, "users.go is not a regular file")
}

func TestArchive(t *testing.T) {
	one := []entry{{"b/run.sh", []byte("run"), true}, {"a.txt", bytes.Repeat([]byte("a"), 10_000), false}}
	other := []entry{one[1], one[0]}
	packed, err := archive(one)
	require.NoError(t, err)
	again, err := archive(other)
	require.NoError(t, err)
	assert.Equal(t, packed, again, "the order in which files are found is not seen")

	r, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	require.NoError(t, err)
	var names []string
	for _, f := range r.File {
		names = append(names, f.Name+" "+f.Mode().String())
		assert.True(t, f.Modified.Equal(archivedAt), f.Name)
		assert.Equal(t, zip.Deflate, f.Method)
	}
	assert.Equal(t, []string{"a.txt -rw-r--r--", "b/run.sh -rwxr-xr-x"}, names)
	assert.Less(t, len(packed), 1_000)
}

func TestPackagesThatMustNotBePublished(t *testing.T) {
	for name, c := range map[string]struct{ manifest, want string }{
		"of another version": {`{"version": "1.0.0"}`, `is version "1.0.0" and the source is "1.2.3": build it again`},
		"with a key":         {`{"version": "1.2.3", "key": "k"}`, "is a development build: it has a key"},
		"for the sandbox":    {`{"version": "1.2.3", "host_permissions": ["http://127.0.0.1/*"]}`, "is a development build: it is allowed http://127.0.0.1/*"},
		"damaged":            {`{`, "manifest.json"},
	} {
		folder := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(folder, manifestName), []byte(c.manifest), 0o644))
		_, err := readPackage(folder, "1.2.3")
		assert.ErrorContains(t, err, c.want, name)
	}
	_, err := readPackage(filepath.Join(t.TempDir(), "chromium"), "1.2.3")
	assert.ErrorContains(t, err, `"make pack" does all of it`)
	assert.ErrorIs(t, err, fs.ErrNotExist)
}

func TestRunRefuses(t *testing.T) {
	assert.ErrorContains(t, run(t.Context(), []string{"extra"}, io.Discard, io.Discard), `unexpected argument "extra"`)
	assert.ErrorContains(t, run(t.Context(), []string{"-built", t.TempDir()}, io.Discard, io.Discard), "build it first")
}

func TestSums(t *testing.T) {
	got := string(sums(map[string][]byte{"b": nil, "a": []byte("x")}))
	assert.True(t, strings.HasPrefix(got, "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881  a\ne3b0c442"), got)
}
