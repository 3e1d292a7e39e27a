//go:build !js

package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/dealmark/dealmark/internal/e2e/rig"
)

// program is what is opened: a popup and what it starts.
type program struct {
	name string
	dir  string // of popup.html in the extension, with a slash
	has  string // what has to be seen before an open counts, as marks.js names it
}

var (
	product = program{"product", "", "start listens paint core company form painted list taken"}
	plain   = program{"plain JS", "plain/", "start listens paint company form painted list taken"}
	empty   = program{"empty Go", "empty/", "start listens paint core"}
	beside  = program{"beside", "beside/", product.has}
)

const (
	emptyProgram = "github.com/dealmark/dealmark/internal/cmd/size/testdata/empty"
	plainFolder  = "internal/e2e/testdata/plainjs"
)

//go:embed marks.js
var marksJS string

// assemble copies the built extension into folder, once for each program that is
// measured: a document fetches the core from beside itself, so they differ in
// nothing but what they are named for. other is another build to be measured
// beside it, "" for none. collector is where marks are told.
func assemble(ctx context.Context, other, folder, collector string) error {
	if _, err := os.Stat(filepath.Join(rig.ExtensionDir, "core.wasm")); err != nil {
		return fmt.Errorf(`there is no development build: %w: run "make build" first`, err)
	}
	for p, from := range map[program]string{product: rig.ExtensionDir, plain: rig.ExtensionDir, empty: rig.ExtensionDir, beside: other} {
		if from == "" {
			continue
		}
		to := filepath.Join(folder, p.dir)
		if err := os.CopyFS(to, os.DirFS(from)); err != nil {
			return err
		}
		if p == plain {
			if err := os.CopyFS(to, os.DirFS(plainFolder)); err != nil {
				return err
			}
		}
		if err := instrument(to, p, collector); err != nil {
			return err
		}
	}
	return compileEmpty(ctx, filepath.Join(folder, empty.dir, "core.wasm"))
}

// ourScripts are what popup.html loads of the product's JavaScript.
var ourScripts = regexp.MustCompile(`(?m)^ *<script type="module".*\n`)

// instrument puts the marks before all else in a program's page, and the scripts
// of the plain popup in the place of the product's.
func instrument(folder string, p program, collector string) error {
	file := filepath.Join(folder, "popup.html")
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	page := string(text)
	if p == plain {
		page = ourScripts.ReplaceAllString(page, "")
		page = strings.Replace(page, "</title>\n", `</title>
  <script type="module" async src="plain.js"></script>
  <link rel="modulepreload" href="apollo.js">
  <link rel="modulepreload" href="screen.js">
  <link rel="modulepreload" href="storage.js">
`, 1)
	}
	page = strings.Replace(page, "</title>\n", "</title>\n  <script src=\"marks.js\"></script>\n", 1)
	if err := os.WriteFile(file, []byte(page), 0o644); err != nil {
		return err
	}
	constants := ""
	for name, value := range map[string]any{"collector": collector, "program": p.name, "waitsFor": strings.Fields(p.has)} {
		literal, err := json.Marshal(value)
		if err != nil {
			return err
		}
		constants += "const " + name + " = " + string(literal) + ";\n"
	}
	return os.WriteFile(filepath.Join(folder, "marks.js"), []byte(constants+marksJS), 0o644)
}

// compileEmpty makes the empty program as the toolchain makes it by itself: a
// measure that stays when package toolchain leaves out more of the core.
func compileEmpty(ctx context.Context, out string) error {
	build := exec.CommandContext(ctx, "go", "build", "-mod=readonly", "-trimpath", "-buildvcs=false",
		"-ldflags=-s -w -buildid=", "-o", out, emptyProgram)
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOWASM=", "GOEXPERIMENT=", "GOFLAGS=")
	if output, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("compile the empty program: %w\n%s", err, output)
	}
	return nil
}
