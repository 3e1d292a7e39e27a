//go:build !js

// Command words keeps the translations in extension/_locales. It collects every
// text that a rep may read: from Go each constant of crm.English in what the
// extension's programs and the gateway are made of, from JavaScript what is given
// to t and plural, from HTML what is not translate="no", and what the manifest
// names. There is no list to keep.
//
// It writes the English catalogue, from which others translate, and says of every
// other language which texts are missing, which are there for nothing, and which
// have other gaps than the English. It exits with 1 if there is anything to say.
// With -todo LANGUAGE it prints what is missing there, as members to be put into
// the language's file.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() {
	ok, err := run(context.Background(), os.Args[1:], os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "words:", err)
		os.Exit(2)
	}
	if !ok {
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout io.Writer) (ok bool, err error) {
	flags := flag.NewFlagSet("words", flag.ContinueOnError)
	root := flags.String("root", ".", "the module's folder")
	todo := flags.String("todo", "", "a language to print what is missing in")
	if err := flags.Parse(args); err != nil {
		return false, err
	}
	extension := filepath.Join(*root, "extension")
	texts, err := collect(ctx, *root)
	if err != nil {
		return false, err
	}
	if *todo != "" {
		return true, printMissing(stdout, extension, *todo, texts)
	}
	english, err := readCatalogue(extension, "en")
	if err != nil {
		return false, err
	}
	if err := writeEnglish(extension, english, texts); err != nil {
		return false, err
	}
	complaints, err := check(extension, texts)
	for _, complaint := range complaints {
		fmt.Fprintln(stdout, complaint)
	}
	fmt.Fprintf(stdout, "%d texts, %d complaints\n", len(texts), len(complaints))
	return len(complaints) == 0, err
}
