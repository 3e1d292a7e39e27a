//go:build !js

// Command pack builds the folder that a browser loads as the extension: the Go
// programs as core.wasm and worker.wasm, the wasm_exec.js of the toolchain that built it, and the
// files of extension/ that are shipped.
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
	out := flags.String("out", "build/chromium", "`folder` to make; what it held is replaced")
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
	return pack(ctx, source{Root: root, Extension: "extension", Programs: programs()}, *out, *development, stdout)
}

// programs are the Go packages of the product by the files that they become.
func programs() map[string]string {
	return map[string]string{"core.wasm": "./wasm", "worker.wasm": "./wasm/worker"}
}
