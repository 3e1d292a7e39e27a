//go:build !js

package arch_test

import (
	"path"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestPackagesSayWhatTheyAreFor(t *testing.T) {
	comments := map[string][]string{}
	for _, f := range ourFiles(t) {
		if f.test {
			continue
		}
		if _, ok := comments[f.pkg]; !ok {
			comments[f.pkg] = nil
		}
		if f.Doc == nil {
			continue
		}
		text := f.Doc.Text()
		comments[f.pkg] = append(comments[f.pkg], text)
		begins := "Package " + f.Name.Name + " "
		if f.Name.Name == "main" {
			begins = "Command " + path.Base(f.pkg) + " "
		}
		ok := strings.HasPrefix(text, begins) || f.Name.Name == "main" && strings.HasPrefix(text, "Package main ")
		assert.True(t, ok, "%s: the package's comment must begin with %q", f, begins)
	}
	for pkg, list := range comments {
		assert.Len(t, list, 1, "%s must have its comment in one file: what it is for, and what it refuses to know", pkg)
	}
}

func TestPackagesAreNamedForWhatTheyAre(t *testing.T) {
	for _, f := range ourFiles(t) {
		for _, name := range append(strings.Split(f.pkg, "/"), strings.TrimSuffix(f.Name.Name, "_test")) {
			assert.False(t, in(name, noNames), "%s: %q says where something was put, not what it is", f, name)
		}
	}
}
