//go:build !js

package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/dealmark/dealmark/internal/e2e/chromium"
	"github.com/dealmark/dealmark/internal/e2e/rig"
	"github.com/dealmark/dealmark/internal/toolchain"
)

//go:embed inbrowser/page.js
var pageJS []byte

const (
	inBrowserProgram = "./internal/cmd/bench/inbrowser"
	tldtsFile        = "extension/node_modules/tldts/dist/index.esm.min.js"
)

// inBrowserBench prints what the index and the recognition of a domain take in
// WebAssembly, on a page of a real Chromium, beside npm's tldts.
func inBrowserBench(ctx context.Context, stdout, progress io.Writer) (err error) {
	root, err := toolchain.ModuleRoot(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintln(progress, "bench: compiling the index for the browser")
	program, err := toolchain.Compile(ctx, root, inBrowserProgram, false)
	if err != nil {
		return err
	}
	glue, err := toolchain.WasmExec(ctx, root)
	if err != nil {
		return err
	}
	tldts, err := os.ReadFile(tldtsFile)
	if err != nil {
		return fmt.Errorf(`%w: run "make build" first`, err)
	}
	files := http.NewServeMux()
	for name, file := range map[string]struct {
		kind    string
		content []byte
	}{
		"/{$}":          {"text/html", []byte(`<!doctype html><script src="wasm_exec.js"></script><script type="module" src="page.js"></script>`)},
		"/page.js":      {"text/javascript", pageJS},
		"/tldts.js":     {"text/javascript", tldts},
		"/wasm_exec.js": {"text/javascript", glue},
		"/main.wasm":    {"application/wasm", program},
	} {
		files.HandleFunc("GET "+name, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", file.kind)
			_, _ = w.Write(file.content) // a browser that is gone needs none
		})
	}
	site, err := rig.Serve(files)
	if err != nil {
		return err
	}
	browser, err := chromium.Launch(ctx, chromium.Options{ExtensionDir: rig.ExtensionDir})
	if err != nil {
		return errors.Join(err, site.Close())
	}
	defer func() { err = errors.Join(err, browser.Close(), site.Close()) }()
	page, err := browser.OpenTab(ctx, "http://"+site.Addr+"/")
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(stdout, 0, 0, 3, ' ', 0)
	fmt.Fprintf(table, "In WebAssembly, over IndexedDB, in Chromium. %s.\n", machine())
	for seen := 0; ; {
		var lines []string
		if err := page.Eval(ctx, `globalThis.inbrowser ?? []`, &lines); err != nil {
			return err
		}
		for _, line := range lines[seen:] {
			fmt.Fprintln(progress, "bench: "+strings.ReplaceAll(line, "\t", " "))
			switch {
			case strings.HasPrefix(line, "done"):
				return table.Flush()
			case strings.HasPrefix(line, "failed"):
				return errors.New(line)
			}
			fmt.Fprintln(table, line)
		}
		seen = len(lines)
		if err := sleep(ctx, time.Second); err != nil {
			return err
		}
	}
}
