//go:build !js

package main

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/toolchain"
)

// rule is what CycloneDX's schema says of an object: no other members than
// these, and these always. The texts' forms are in forms.
//
// https://cyclonedx.org/schema/bom-1.6.schema.json
type rule struct{ required, allowed []string }

var rules = map[string]rule{
	"": {[]string{"bomFormat", "specVersion"}, []string{"$schema", "serialNumber", "version", "metadata", "components", "services",
		"externalReferences", "dependencies", "compositions", "vulnerabilities", "annotations", "formulation", "declarations", "definitions", "properties", "signature"}},
	"metadata": {nil, []string{"timestamp", "lifecycles", "tools", "manufacturer", "authors", "component", "manufacture", "supplier", "licenses", "properties"}},
	"component": {[]string{"type", "name"}, []string{"mime-type", "bom-ref", "supplier", "manufacturer", "authors", "author", "publisher", "group", "version",
		"description", "scope", "hashes", "licenses", "copyright", "cpe", "purl", "omniborId", "swhid", "swid", "modified", "pedigree", "externalReferences",
		"components", "evidence", "releaseNotes", "modelCard", "data", "cryptoProperties", "properties", "tags", "signature"}},
	"hashes":       {[]string{"alg", "content"}, nil},
	"licenses":     {[]string{"license"}, []string{"expression", "bom-ref"}},
	"license":      {[]string{"id"}, []string{"bom-ref", "name", "text", "url", "licensing", "properties"}},
	"properties":   {[]string{"name"}, []string{"value"}},
	"dependencies": {[]string{"ref"}, []string{"dependsOn", "provides"}},
	"compositions": {[]string{"aggregate"}, []string{"bom-ref", "assemblies", "dependencies", "vulnerabilities", "signature"}},
}

var forms = map[string]string{
	"bomFormat":    `^CycloneDX$`,
	"specVersion":  `^1\.6$`,
	"serialNumber": `^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`,
	"type":         `^(application|library|file|data)$`,
	"alg":          `^SHA-256$`,
	"content":      `^[0-9a-f]{64}$`,
	"aggregate":    `^complete$`,
	"purl":         `^pkg:golang/[^ @]+@[^ @]+$`,
}

// follows checks a part of a document, and what is in it.
func follows(t *testing.T, kind string, object map[string]any) {
	t.Helper()
	rule, ok := rules[kind]
	require.True(t, ok, "no rule for %q", kind)
	for _, name := range rule.required {
		assert.Contains(t, object, name, kind)
	}
	for name, value := range object {
		assert.True(t, slices.Contains(rule.required, name) || slices.Contains(rule.allowed, name), "%s must not have %s", kind, name)
		switch v := value.(type) {
		case string:
			assert.NotEmpty(t, v, name)
			if form, ok := forms[name]; ok {
				assert.Regexp(t, form, v, "%s of %q", name, kind)
			}
		case map[string]any:
			follows(t, name, v)
		case []any:
			assert.NotEmpty(t, v, name)
			for _, one := range v {
				if o, ok := one.(map[string]any); ok {
					follows(t, strings.Replace(name, "components", "component", 1), o)
				}
			}
		}
	}
}

func testFiles() []entry {
	return []entry{{name: "core.wasm", content: []byte("core")}, {name: "worker.wasm", content: []byte("worker")}, {name: "trial.wasm", content: []byte("trial")}, {name: "pipeline.wasm", content: []byte("pipeline")}, {name: "wasm_exec.js", content: []byte("glue")}}
}

func TestSBOM(t *testing.T) {
	root, err := toolchain.ModuleRoot(t.Context())
	require.NoError(t, err)
	text, err := sbom(t.Context(), root, "1.2.3", testFiles())
	require.NoError(t, err)
	var object map[string]any
	require.NoError(t, json.Unmarshal(text, &object))
	follows(t, "", object)

	var doc bom
	require.NoError(t, json.Unmarshal(text, &doc))
	assert.Equal(t, "1.2.3", doc.Metadata.Component.Version)
	refs := map[string]bool{doc.Metadata.Component.Ref: true}
	for _, c := range doc.Components {
		assert.False(t, refs[c.Ref], "%s is there twice", c.Ref)
		refs[c.Ref] = true
	}
	uses := map[string][]string{}
	for _, d := range doc.Dependencies {
		assert.True(t, refs[d.Ref], d.Ref)
		for _, on := range d.DependsOn {
			assert.True(t, refs[on], on)
		}
		uses[d.Ref] = d.DependsOn
	}
	assert.Len(t, uses, len(refs), "each part says what it is made of")

	// What is shipped of others. Another line here is a decision, with its reason
	// in README.
	dom := regexp.MustCompile(`^pkg:golang/honnef\.co/go/js/dom/v2@v2\.`)
	std := regexp.MustCompile(`^pkg:golang/std@1\.\d+`)
	require.Len(t, uses["core.wasm"], 3)
	assert.Regexp(t, std, uses["core.wasm"][0])
	assert.Equal(t, "public-suffix-list", uses["core.wasm"][1])
	assert.Regexp(t, dom, uses["core.wasm"][2])
	require.Len(t, uses["worker.wasm"], 2)
	assert.Regexp(t, std, uses["worker.wasm"][0])
	assert.Equal(t, "public-suffix-list", uses["worker.wasm"][1])
	require.Len(t, uses["pipeline.wasm"], 1)
	assert.Regexp(t, std, uses["pipeline.wasm"][0])
	require.Len(t, uses["trial.wasm"], 2)
	assert.Equal(t, "public-suffix-list", uses["trial.wasm"][1])
	for _, c := range doc.Components {
		if dom.MatchString(c.Ref) {
			require.Len(t, c.Properties, 1)
			assert.Regexp(t, `^h1:[A-Za-z0-9+/]{43}=$`, c.Properties[0].Value)
		}
	}

	again, err := sbom(t.Context(), root, "1.2.3", testFiles())
	require.NoError(t, err)
	assert.Equal(t, string(text), string(again))
	other, err := sbom(t.Context(), root, "1.2.4", testFiles())
	require.NoError(t, err)
	var next bom
	require.NoError(t, json.Unmarshal(other, &next))
	assert.NotEqual(t, doc.SerialNumber, next.SerialNumber)
}

func TestSBOMNeedsItsParts(t *testing.T) {
	root, err := toolchain.ModuleRoot(t.Context())
	require.NoError(t, err)
	_, err = sbom(t.Context(), root, "1.2.3", testFiles()[:1])
	assert.ErrorContains(t, err, "the package has no wasm_exec.js")
	_, err = sbom(t.Context(), t.TempDir(), "1.2.3", testFiles())
	assert.Error(t, err)
}
