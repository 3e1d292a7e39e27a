//go:build !js

// Command pack builds the folder that a browser loads as the extension: the Go
// programs as core.wasm, worker.wasm and trial.wasm, the wasm_exec.js of the toolchain that built it, and the
// files of extension/ that are shipped, with the manifest of that browser.
//
// The same source and toolchain give the same bytes, names and times. A file
// whose kind is not on the list of shipped kinds stops the build, so that
// nothing gets into the store by accident.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/dealmark/dealmark/internal/toolchain"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "pack:", err)
		}
		stop()
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("pack", flag.ContinueOnError)
	flags.SetOutput(stderr)
	browser := flags.String("browser", "chromium", "chromium or firefox: the `browser` that the package is for")
	out := flags.String("out", "", "`folder` to make, build/ and the browser if not given; what it held is replaced")
	development := flags.Bool("development", false, "fix the extension's id and allow it http://127.0.0.1, where the sandbox listens")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	root, err := toolchain.ModuleRoot(ctx)
	if err != nil {
		return err
	}
	if *out == "" {
		*out = filepath.Join("build", *browser)
	}
	return pack(ctx, product(root), target{*browser, *development}, *out, stdout)
}

// product is what is shipped.
func product(root string) source {
	return source{
		Root: root, Extension: "extension",
		Programs: map[string]string{"core.wasm": "./wasm", "worker.wasm": "./wasm/worker", "pipeline.wasm": "./wasm/pipeline", "trial.wasm": "./wasm/trial"},
	}
}
