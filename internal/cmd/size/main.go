//go:build !js

// Command size says how large the core is, raw and as a store's download, beside
// an empty Go program of the same toolchain, and which packages its code is
// made of, so that an import that costs is seen. It fails past the bar, and so
// does the worker's program beside it.
//
// It reads the packed core and compiles both programs once more with their
// functions' names, which the packed one does not have. It knows no package by
// name: whose code a function is follows from the list that go list gives.
package main

import (
	"bytes"
	"compress/gzip"
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

// bar is the most that a program may weigh raw, in bytes: each MB costs 11 to
// 13 ms at every click on the icon.
const bar = 4_000_000

const (
	corePackage  = "./wasm"
	emptyPackage = "./internal/cmd/size/testdata/empty"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "size:", err)
		}
		stop()
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("size", flag.ContinueOnError)
	flags.SetOutput(stderr)
	path := flags.String("core", "build/chromium/core.wasm", "the packed core, a `file`")
	rows := flags.Int("rows", 16, "print the `N` largest packages of others")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	packed, err := os.ReadFile(*path)
	if err != nil {
		return fmt.Errorf(`%w: run "make build" first`, err)
	}
	root, err := toolchain.ModuleRoot(ctx)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "size-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	core, err := toolchain.Compile(ctx, root, corePackage, true)
	if err != nil {
		return err
	}
	empty, err := compileEmpty(ctx, emptyPackage, filepath.Join(folder, "empty.wasm"), "")
	if err != nil {
		return err
	}
	packedEmpty, err := compileEmpty(ctx, emptyPackage, filepath.Join(folder, "packed.wasm"), "-s -w -buildid=")
	if err != nil {
		return err
	}
	packages, err := linked(ctx, corePackage)
	if err != nil {
		return err
	}
	report := report{
		core: weigh(packed), empty: weigh(packedEmpty), packages: packages,
	}
	if report.code, report.data, err = attribute(core, packages); err != nil {
		return fmt.Errorf("core.wasm: %w", err)
	}
	if report.floor, _, err = attribute(empty, packages); err != nil {
		return fmt.Errorf("the empty program: %w", err)
	}
	if err := report.print(stdout, *rows); err != nil {
		return err
	}
	worker, err := os.Stat(filepath.Join(filepath.Dir(*path), "worker.wasm"))
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "\nworker.wasm, which no click waits for: %s bytes raw\n", grouped(int(worker.Size())))
	return errors.Join(withinBar("core.wasm", len(packed)), withinBar("worker.wasm", int(worker.Size())))
}

func withinBar(name string, size int) error {
	if size > bar {
		return fmt.Errorf("%s is %s bytes over its bar of %s", name, grouped(size-bar), grouped(bar))
	}
	return nil
}

// weight is a file's size in bytes.
type weight struct{ raw, gzip int }

func weigh(file []byte) weight {
	var compressed bytes.Buffer
	w, _ := gzip.NewWriterLevel(&compressed, gzip.BestCompression) // the level is valid
	_, _ = w.Write(file)                                           // a buffer takes all
	_ = w.Close()
	return weight{len(file), compressed.Len()}
}
