//go:build !js

package main

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

const (
	manifestName = "manifest.json"
	schemaName   = "managed_schema.json" // of what a team's admin may set
)

// shippedKinds are the endings of what a browser reads.
var shippedKinds = []string{".css", ".html", ".js", ".png", ".svg"}

// developmentFiles are patterns of what only checks the source: never shipped.
var developmentFiles = []string{"package.json", "package-lock.json", "tsconfig.json", "*.d.ts", "*.test.js"}

// shippedFiles reads the extension's static files, by slash-separated path. A
// file that is neither shipped nor known to be for development is refused.
func shippedFiles(folder string) (map[string][]byte, error) {
	files := make(map[string][]byte)
	err := filepath.WalkDir(folder, func(full string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(folder, full)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(relative)
		switch {
		case entry.IsDir():
			if name == "node_modules" || name == "store" { // store: texts for the stores' pages
				return fs.SkipDir
			}
			return nil
		case !entry.Type().IsRegular():
			return fmt.Errorf("%s is not a regular file: the extension ships only files", full)
		case isDevelopment(name):
			return nil
		case !isShipped(name):
			return fmt.Errorf("%s is of no kind that is shipped (%s, %s, _locales/*/messages.json): move it out of the folder, or add its kind to the lists of internal/cmd/pack",
				full, strings.Join(shippedKinds, " "), manifestName)
		}
		files[name], err = os.ReadFile(full)
		return err
	})
	if err != nil {
		return nil, err
	}
	if files[manifestName] == nil {
		return nil, fmt.Errorf("%s has no %s", folder, manifestName)
	}
	return files, nil
}

func isDevelopment(name string) bool {
	return slices.ContainsFunc(developmentFiles, func(pattern string) bool {
		matched, _ := path.Match(pattern, path.Base(name)) // the patterns are well-formed
		return matched
	})
}

func isShipped(name string) bool {
	if name == manifestName || name == schemaName {
		return true
	}
	if matched, _ := path.Match("_locales/*/messages.json", name); matched {
		return true
	}
	hidden := strings.HasPrefix(path.Base(name), ".")
	return !hidden && slices.Contains(shippedKinds, path.Ext(name))
}
