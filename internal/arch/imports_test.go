//go:build !js

package arch_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestTheHouse(t *testing.T) {
	a := allowed(rules(t, house, "<"))
	there := map[string]bool{}
	for _, target := range targets {
		t.Run(target.String(), func(t *testing.T) {
			for _, p := range target.list(t, "./...") {
				importer, _ := short(p.ImportPath)
				there[importer] = true
				r, known := a.rule(importer)
				if !assert.True(t, known, "%s is new: give it a line in policy_test.go, with its reason", importer) {
					continue
				}
				for _, imported := range p.Imports {
					if ours, ok := short(imported); ok {
						assert.True(t, a.may(importer, ours), "%s must not import %s.\nIts line: %s < %s: %s", importer, ours, r.left, r.right, r.reason)
					}
				}
			}
		})
	}
	for _, name := range names(shipped) {
		if !there[name] {
			t.Logf("%s is not there yet", name)
		}
	}
}

func TestBounds(t *testing.T) {
	for _, r := range rules(t, bounds, " only in ") {
		for _, f := range ourFiles(t) {
			if in(f.pkg, r.right) || in(f.String(), r.right) || f.test && in("tests", r.right) {
				continue
			}
			for _, imported := range f.imports() {
				assert.False(t, below(imported, r.left), "%s must not import %s.\nThat is only for %s: %s", f, imported, r.right, r.reason)
			}
		}
	}
}

func TestCosts(t *testing.T) {
	forbidden := map[string]string{}
	for _, r := range rules(t, costs, ": ") {
		forbidden[r.left] = r.reason
	}
	js := target{"js", "wasm"}
	for _, p := range js.list(t, "./...") {
		if name, _ := short(p.ImportPath); in(name, shipped) {
			for _, dependency := range p.Deps {
				reason, bad := forbidden[dependency]
				assert.False(t, bad, "%s brings %s along: %s", name, dependency, reason)
			}
		}
	}
	for _, f := range ourFiles(t) {
		if !in(f.pkg, shipped) || f.test || !f.in(js) {
			continue
		}
		for _, imported := range f.imports() {
			reason, bad := forbidden[imported]
			assert.False(t, bad, "%s must not import %s: %s", f, imported, reason)
		}
	}
}
