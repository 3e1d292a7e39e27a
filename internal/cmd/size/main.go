//go:build !js

// Command size holds each part of the packed extension against its budget and
// fails past one. Of the programs it says which packages their code is made of,
// beside an empty Go program of the same toolchain, and which of them have grown
// since they were last recorded, so that an import that costs is seen.
//
// It reads what make pack built, and compiles the programs once more with their
// functions' names, which the packed ones do not have. It knows no package by
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
	"maps"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"

	"github.com/dealmark/dealmark/internal/toolchain"
)

const emptyPackage = "./internal/cmd/size/testdata/empty"

// programs are the shipped programs' packages, by file.
func programs() map[string]string {
	return map[string]string{"core.wasm": "./wasm", "worker.wasm": "./wasm/worker", "pipeline.wasm": "./wasm/pipeline", "trial.wasm": "./wasm/trial"}
}

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
	built := flags.String("built", "build", "the `folder` where make pack left the packages")
	recording := flags.Bool("record", false, "record the sizes of today as right, in "+recordedFile)
	rows := flags.Int("rows", 16, "print the `N` largest packages of others")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	return measure(ctx, *built, *recording, *rows, stdout)
}

func measure(ctx context.Context, built string, recording bool, rows int, stdout io.Writer) error {
	archived, err := fileSize(filepath.Join(built, "dealmark-chromium.zip"))
	if err != nil {
		return err
	}
	sizes, err := weighParts(filepath.Join(built, "chromium"), parts())
	if err != nil {
		return err
	}
	root, err := toolchain.ModuleRoot(ctx)
	if err != nil {
		return err
	}
	named := map[string]compiled{}
	now := map[string]map[string]int{}
	for file, pkg := range programs() {
		if named[file], err = compileNamed(ctx, root, pkg); err != nil {
			return err
		}
		now[file] = named[file].sizes()
	}
	if err := printCore(ctx, built, named["core.wasm"], rows, stdout); err != nil {
		return err
	}
	if recording {
		if err := record(root, now); err != nil {
			return err
		}
		fmt.Fprintf(stdout, "\nrecorded in %s\n", recordedFile)
	}
	recorded, err := readRecorded()
	if err != nil {
		return err
	}
	fmt.Fprintln(stdout)
	weighed := append(parts(), part{name: "the whole, as a zip", budget: download})
	sizes["the whole, as a zip"] = archived
	over := budgets(stdout, weighed, sizes)
	for _, file := range slices.Sorted(maps.Keys(named)) {
		lines := grown(recorded[file], now[file], named[file].importers, 5)
		if len(lines) > 0 && !recording {
			fmt.Fprintf(stdout, "\n%s has grown since it was recorded:\n  %s\n", file, strings.Join(lines, "\n  "))
		}
	}
	if len(over) > 0 {
		return errors.New(strings.Join(over, "; ") + ". What has grown is listed above, with what imports it: leave it out, or, if it is worth it, raise the budget in internal/cmd/size/budget.go")
	}
	return nil
}

// printCore says what the popup's program is made of.
func printCore(ctx context.Context, built string, core compiled, rows int, stdout io.Writer) error {
	packed, err := os.ReadFile(filepath.Join(built, "chromium", "core.wasm"))
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "size-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	empty, err := compileEmpty(ctx, emptyPackage, filepath.Join(folder, "empty.wasm"), "")
	if err != nil {
		return err
	}
	packedEmpty, err := compileEmpty(ctx, emptyPackage, filepath.Join(folder, "packed.wasm"), "-s -w -buildid=")
	if err != nil {
		return err
	}
	r := report{core: weigh(packed), empty: weigh(packedEmpty), packages: core.packages, code: core.code, data: core.data}
	if r.floor, _, err = attribute(empty, core.packages); err != nil {
		return fmt.Errorf("the empty program: %w", err)
	}
	return r.print(stdout, rows)
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
