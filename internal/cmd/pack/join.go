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

// joined is the page whose modules and sheets are joined: it is opened at every
// click, and a browser shows a popup only when every file that it loads has come.
const joined = "popup.html"

var (
	moduleScript = regexp.MustCompile(`<script type="module"[^>]* src="([a-z_]+\.js)"`)
	sheetLink    = regexp.MustCompile(`(?m)^ *<link rel="stylesheet" href="([a-z_]+\.css)">\n`)
	imported     = regexp.MustCompile(`\b(?:import|from)\b\s*\(?\s*"\./([^"]+\.js)"`)
)

// joinModules puts all modules of a page's script into its file. They stay readable:
// nothing is minified, and what is imported while the page runs is run then. What only
// this page loaded is taken out of the package, unless keep says that tests want it.
//
// https://esbuild.github.io/api/#bundle
func joinModules(files map[string][]byte, keep bool) error {
	entries := scriptsOf(string(files[joined]))
	if len(entries) != 1 {
		return fmt.Errorf("%s names %d scripts: give it one module, which imports the others", joined, len(entries))
	}
	built := api.Build(api.BuildOptions{
		EntryPoints: entries, Bundle: true, Format: api.FormatESModule, Outdir: "/",
		Charset: api.CharsetUTF8, LegalComments: api.LegalCommentsNone,
		Plugins: []api.Plugin{{Name: "package", Setup: func(build api.PluginBuild) { readFrom(build, files) }}},
	})
	if len(built.Errors) > 0 {
		return errors.New(strings.Join(api.FormatMessages(built.Errors, api.FormatMessagesOptions{}), "\n"))
	}
	for _, file := range built.OutputFiles {
		files[path.Base(file.Path)] = file.Contents
	}
	if !keep {
		dropUnused(files)
	}
	return nil
}

// joinSheets puts a page's style sheets, in their order, into the last of them.
func joinSheets(files map[string][]byte) error {
	html := string(files[joined])
	links := sheetLink.FindAllStringSubmatch(html, -1)
	if len(links) < 2 {
		return nil
	}
	var all []byte
	for i, link := range links {
		sheet := files[link[1]]
		if sheet == nil {
			return fmt.Errorf("%s names %s, which is not in the package", joined, link[1])
		}
		all = append(all, sheet...)
		if i < len(links)-1 {
			html = strings.Replace(html, link[0], "", 1)
		}
	}
	files[joined] = []byte(html)
	files[links[len(links)-1][1]] = all
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

// reached are the modules that some others import, at once or while a page runs,
// these included.
func reached(files map[string][]byte, from []string) []string {
	seen := map[string]bool{}
	var follow func(name string)
	follow = func(name string) {
		if seen[name] || files[name] == nil {
			return
		}
		seen[name] = true
		for _, found := range imported.FindAllSubmatch(files[name], -1) {
			follow(string(found[1]))
		}
	}
	for _, name := range from {
		follow(name)
	}
	return slices.Sorted(maps.Keys(seen))
}

// dropUnused takes modules out that no page and no worker loads any more.
func dropUnused(files map[string][]byte) {
	roots := []string{"worker.js"}
	for name, content := range files {
		if path.Ext(name) == ".html" {
			roots = append(roots, scriptsOf(string(content))...)
		}
	}
	used := reached(files, roots)
	maps.DeleteFunc(files, func(name string, _ []byte) bool {
		return path.Ext(name) == ".js" && !slices.Contains(used, name)
	})
}
