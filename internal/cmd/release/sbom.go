//go:build !js

package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
)

// bom is a CycloneDX 1.6 document, as much of it as is needed here.
//
// https://cyclonedx.org/docs/1.6/json/
type bom struct {
	Schema       string        `json:"$schema"`
	Format       string        `json:"bomFormat"`
	SpecVersion  string        `json:"specVersion"`
	SerialNumber string        `json:"serialNumber"`
	Version      int           `json:"version"`
	Metadata     metadata      `json:"metadata"`
	Components   []component   `json:"components"`
	Dependencies []dependency  `json:"dependencies"`
	Compositions []composition `json:"compositions"`
}

type metadata struct {
	Component component `json:"component"`
}

type component struct {
	Type        string     `json:"type"`
	Ref         string     `json:"bom-ref"`
	Name        string     `json:"name"`
	Version     string     `json:"version,omitempty"`
	Description string     `json:"description,omitempty"`
	Hashes      []hash     `json:"hashes,omitempty"`
	Licenses    []license  `json:"licenses,omitempty"`
	PURL        string     `json:"purl,omitempty"`
	Properties  []property `json:"properties,omitempty"`
}

type hash struct {
	Algorithm string `json:"alg"`
	Content   string `json:"content"`
}

type license struct {
	License struct {
		ID string `json:"id"`
	} `json:"license"`
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type dependency struct {
	Ref       string   `json:"ref"`
	DependsOn []string `json:"dependsOn,omitempty"`
}

type composition struct {
	Aggregate    string   `json:"aggregate"`
	Dependencies []string `json:"dependencies"`
}

// sbom says what the package consists of that others wrote: for each program the
// Go modules that are linked into it and the standard library, the toolchain's
// glue, and the list of public suffixes. Of npm there is nothing: every other
// file of the package is a file of this repository.
func sbom(ctx context.Context, root, version string, files []entry) ([]byte, error) {
	goVersion, err := goVersion(ctx, root)
	if err != nil {
		return nil, err
	}
	product := component{
		Type: "application", Ref: "dealmark", Name: "dealmark", Version: version,
		Description: "Browser extension. No package of npm is in it.",
	}
	std := component{
		Type: "library", Ref: "pkg:golang/std@" + goVersion, Name: "std", Version: goVersion, PURL: "pkg:golang/std@" + goVersion,
		Description: "Go's standard library and runtime, but for the files in internal/toolchain/_std that stand in place of its own, and the lines that internal/toolchain/patch.go changes",
	}
	suffixes, err := suffixList(root)
	if err != nil {
		return nil, err
	}
	glue, err := fileComponent(files, "wasm_exec.js", "the Go toolchain's own")
	if err != nil {
		return nil, err
	}
	doc := bom{
		Schema: "http://cyclonedx.org/schema/bom-1.6.schema.json", Format: "CycloneDX", SpecVersion: "1.6", Version: 1,
		Metadata: metadata{product}, Components: []component{glue, std, suffixes},
		Dependencies: []dependency{{Ref: glue.Ref, DependsOn: []string{std.Ref}}, {Ref: std.Ref}, {Ref: suffixes.Ref}},
	}
	parts := []string{glue.Ref}
	known := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(programs)) {
		modules, withSuffixes, err := linkedModules(ctx, root, programs[name])
		if err != nil {
			return nil, err
		}
		program, err := fileComponent(files, name, "compiled from "+programs[name])
		if err != nil {
			return nil, err
		}
		made := dependency{Ref: program.Ref, DependsOn: []string{std.Ref}}
		if withSuffixes {
			made.DependsOn = append(made.DependsOn, suffixes.Ref)
		}
		for _, m := range modules {
			purl := "pkg:golang/" + m.Path + "@" + m.Version
			made.DependsOn = append(made.DependsOn, purl)
			if !known[purl] {
				known[purl] = true
				doc.Components = append(doc.Components, component{
					Type: "library", Ref: purl, Name: m.Path, Version: m.Version, PURL: purl,
					Properties: []property{{"go.sum", m.Sum}},
				})
				doc.Dependencies = append(doc.Dependencies, dependency{Ref: purl, DependsOn: []string{std.Ref}})
			}
		}
		doc.Components = append(doc.Components, program)
		doc.Dependencies = append(doc.Dependencies, made)
		parts = append(parts, program.Ref)
	}
	slices.Sort(parts)
	doc.Dependencies = append(doc.Dependencies, dependency{product.Ref, parts})
	doc.Compositions = []composition{{Aggregate: "complete", Dependencies: append(parts, product.Ref)}}
	slices.SortFunc(doc.Components, func(a, b component) int { return bytes.Compare([]byte(a.Ref), []byte(b.Ref)) })
	slices.SortFunc(doc.Dependencies, func(a, b dependency) int { return bytes.Compare([]byte(a.Ref), []byte(b.Ref)) })
	return doc.numbered()
}

// numbered writes the document with a serial number that follows from the rest:
// the same parts give the same document.
func (b bom) numbered() ([]byte, error) {
	text, err := json.Marshal(b)
	if err != nil {
		return nil, err
	}
	id := sha256.Sum256(text)
	id[6] = id[6]&0x0f | 0x80 // version 8: made as its maker likes
	id[8] = id[8]&0x3f | 0x80
	b.SerialNumber = fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:16])
	text, err = json.MarshalIndent(b, "", "  ")
	return append(text, '\n'), err
}

func fileComponent(files []entry, name, description string) (component, error) {
	at := slices.IndexFunc(files, func(e entry) bool { return e.name == name })
	if at < 0 {
		return component{}, fmt.Errorf("the package has no %s", name)
	}
	return component{
		Type: "file", Ref: name, Name: name, Description: description,
		Hashes: []hash{{"SHA-256", fmt.Sprintf("%x", sha256.Sum256(files[at].content))}},
	}, nil
}

var suffixesOrigin = regexp.MustCompile(`^# .*git revision ([0-9a-f]{40}) .*\(MPL 2\.0\)`)

// suffixList reads where package site's table comes from out of its first line.
func suffixList(root string) (component, error) {
	const file = "internal/site/suffixes.txt"
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
	if err != nil {
		return component{}, err
	}
	origin := suffixesOrigin.FindSubmatch(text)
	if origin == nil {
		return component{}, fmt.Errorf("the first line of %s does not say which list it is", file)
	}
	c := component{Type: "data", Ref: "public-suffix-list", Name: "Public Suffix List", Version: string(origin[1]), Description: file}
	c.Licenses = make([]license, 1)
	c.Licenses[0].License.ID = "MPL-2.0"
	return c, nil
}
