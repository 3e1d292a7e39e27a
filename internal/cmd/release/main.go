//go:build !js

// Command release makes what is published, of the two folders that command pack
// built: a package for each browser's store, the source for its reviewers, the
// list of what the programs are made of (SBOM), and the hashes of all four.
//
// The same source and toolchain give the same bytes, wherever and whenever, also
// from the source archive: entries are sorted, times and modes are fixed, and
// what is hashed is the content alone.
//
// It does not know how a package is put together, and signs nothing.
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

// What is made.
const (
	chromiumName = "dealmark-chromium.zip"
	firefoxName  = "dealmark-firefox.xpi"
	sourceName   = "dealmark-source.zip"
	sbomName     = "dealmark.cdx.json"
	sumsName     = "SHA256SUMS"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "release:", err)
		}
		stop()
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("release", flag.ContinueOnError)
	flags.SetOutput(stderr)
	built := flags.String("built", "build", "the `folder` with chromium and firefox as pack built them; what is made goes there too")
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
	return release(ctx, root, *built, stdout)
}

// release reads and makes everything before it writes anything.
func release(ctx context.Context, root, built string, stdout io.Writer) error {
	version, err := readVersion(filepath.Join(root, "extension"))
	if err != nil {
		return err
	}
	made := map[string][]byte{}
	var chromium []entry
	for name, browser := range map[string]string{chromiumName: "chromium", firefoxName: "firefox"} {
		files, err := readPackage(filepath.Join(built, browser), version)
		if err != nil {
			return err
		}
		if made[name], err = archive(files); err != nil {
			return err
		}
		if browser == "chromium" {
			chromium = files
		}
	}
	source, dirty, err := readSource(ctx, root, "dealmark-"+version+"/")
	if err != nil {
		return err
	}
	if made[sourceName], err = archive(source); err != nil {
		return err
	}
	if made[sbomName], err = sbom(ctx, root, version, chromium); err != nil {
		return err
	}
	made[sumsName] = sums(made)
	for name, content := range made {
		if err := os.WriteFile(filepath.Join(built, name), content, 0o644); err != nil {
			return err
		}
	}
	return report(stdout, built, version, made, dirty)
}
