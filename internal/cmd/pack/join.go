//go:build !js

package main

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// joined is the page whose modules are joined: it is opened at every click, and a
// browser shows a popup only when every file that it loads has come.
const joined = "popup.html"

var (
	moduleScript  = regexp.MustCompile(`<script type="module"[^>]* src="([a-z_]+\.js)"`)
	modulePreload = regexp.MustCompile(`(?m)^ *<link rel="modulepreload" href="[^"]*">\n`)
	imported      = regexp.MustCompile(`\b(?:import|from)\b\s*\(?\s*"\./([^"]+\.js)"`)
)

// joinModules puts in the place of a page's modules one file for each of its
// scripts, one for what these share, and one for each that is imported while the
// page runs. They stay readable: nothing is minified. What only this page loaded is
// taken out of the package, unless keep says that tests want it.
//
// https://esbuild.github.io/api/#splitting
func joinModules(files map[string][]byte, keep bool) error {
	html := string(files[joined])
	entries := scriptsOf(html)
	built := api.Build(api.BuildOptions{
		EntryPoints: entries, Bundle: true, Splitting: true, Format: api.FormatESModule, Outdir: "/",
		Charset: api.CharsetUTF8, LegalComments: api.LegalCommentsNone, ChunkNames: "popup_[name]_[hash]",
		Plugins: []api.Plugin{{Name: "package", Setup: func(build api.PluginBuild) { readFrom(build, files) }}},
	})
	if len(built.Errors) > 0 {
		return errors.New(strings.Join(api.FormatMessages(built.Errors, api.FormatMessagesOptions{}), "\n"))
	}
	made := map[string][]byte{}
	for _, file := range built.OutputFiles {
		made[path.Base(file.Path)] = file.Contents
	}
	var preload strings.Builder
	for _, name := range reached(made, entries, false) {
		if !slices.Contains(entries, name) {
			fmt.Fprintf(&preload, "  <link rel=\"modulepreload\" href=\"%s\">\n", name)
		}
	}
	first := true
	files[joined] = []byte(modulePreload.ReplaceAllStringFunc(html, func(string) string {
		if !first {
			return ""
		}
		first = false
		return preload.String()
	}))
	maps.Copy(files, made)
	if !keep {
		dropUnused(files, entries)
	}
	return nil
}

// scriptsOf are the modules that a page names.
func scriptsOf(html string) (names []string) {
	for _, found := range moduleScript.FindAllStringSubmatch(html, -1) {
		names = append(names, found[1])
	}
	return names
}

// readFrom gives the bundler the package's files, and nothing of the disk.
func readFrom(build api.PluginBuild, files map[string][]byte) {
	build.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
		name := path.Base(args.Path)
		if files[name] == nil {
			return api.OnResolveResult{}, fmt.Errorf("%s is not in the package", args.Path)
		}
		return api.OnResolveResult{Path: name, Namespace: "extension"}, nil
	})
	build.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: "extension"}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
		text := string(files[args.Path])
		return api.OnLoadResult{Contents: &text, Loader: api.LoaderJS}, nil
	})
}

// reached are the modules that some others import, these included, in order. Late
// are also those that are imported while a page runs.
func reached(files map[string][]byte, from []string, late bool) []string {
	seen := map[string]bool{}
	var follow func(name string)
	follow = func(name string) {
		if seen[name] || files[name] == nil {
			return
		}
		seen[name] = true
		for _, found := range imported.FindAllSubmatch(files[name], -1) {
			if late || !strings.Contains(string(found[0]), "(") {
				follow(string(found[1]))
			}
		}
	}
	for _, name := range from {
		follow(name)
	}
	return slices.Sorted(maps.Keys(seen))
}

// dropUnused takes modules out that no page and no worker loads any more.
func dropUnused(files map[string][]byte, entries []string) {
	roots := append([]string{"worker.js"}, entries...)
	for name, content := range files {
		if path.Ext(name) == ".html" {
			roots = append(roots, scriptsOf(string(content))...)
		}
	}
	used := reached(files, roots, true)
	maps.DeleteFunc(files, func(name string, _ []byte) bool {
		return path.Ext(name) == ".js" && !slices.Contains(used, name)
	})
}
