//go:build !js

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

const manifestName = "manifest.json"

// readVersion reads the one place that says the product's version.
func readVersion(folder string) (string, error) {
	manifest, err := readManifest(folder)
	if err == nil && manifest.Version == "" {
		err = fmt.Errorf("%s has no version", filepath.Join(folder, manifestName))
	}
	return manifest.Version, err
}

type manifest struct {
	Version string   `json:"version"`
	Key     string   `json:"key"`
	Hosts   []string `json:"host_permissions"`
}

func readManifest(folder string) (m manifest, err error) {
	file := filepath.Join(folder, manifestName)
	text, err := os.ReadFile(file)
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return m, fmt.Errorf("%s: %w", file, err)
	}
	return m, nil
}

// readPackage reads a folder that pack built. One of another version, or one
// that is for development, is refused: it must not be published.
func readPackage(folder, version string) ([]entry, error) {
	m, err := readManifest(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf(`%w: build it first; "make pack" does all of it`, err)
	case err != nil:
		return nil, err
	case m.Version != version:
		return nil, fmt.Errorf("%s is version %q and the source is %q: build it again", folder, m.Version, version)
	case m.Key != "":
		return nil, fmt.Errorf("%s is a development build: it has a key, and a store's package has none", folder)
	}
	for _, host := range m.Hosts {
		if strings.HasPrefix(host, "http:") {
			return nil, fmt.Errorf("%s is a development build: it is allowed %s without being asked for it", folder, host)
		}
	}
	var files []entry
	err = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		e, err := readEntry(folder, path)
		e.program = false // a browser runs no file of a package
		files = append(files, e)
		return err
	})
	return files, err
}

// readEntry reads a file below a folder.
func readEntry(folder, path string) (e entry, err error) {
	info, err := os.Lstat(path)
	if err != nil {
		return e, err
	}
	if !info.Mode().IsRegular() {
		return e, fmt.Errorf("%s is not a regular file: an archive holds only files", path)
	}
	relative, err := filepath.Rel(folder, path)
	if err != nil {
		return e, err
	}
	content, err := os.ReadFile(path)
	return entry{filepath.ToSlash(relative), content, info.Mode()&0o100 != 0}, err
}
