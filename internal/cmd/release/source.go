//go:build !js

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// readSource reads the files of the source, all of them, each under prefix. In a
// git tree they are what git tracks and what it would offer to; dirty says that
// they are no commit. Without git, which is how a reviewer gets them, they are
// what there is, but for what building leaves there.
func readSource(ctx context.Context, root, prefix string) (files []entry, dirty bool, err error) {
	names, dirty, err := gitFiles(ctx, root)
	if errors.Is(err, fs.ErrNotExist) {
		names, err = walkedFiles(root)
	}
	if err != nil {
		return nil, false, err
	}
	for _, name := range names {
		e, err := readEntry(root, filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			return nil, false, err
		}
		e.name = prefix + e.name
		files = append(files, e)
	}
	if len(files) == 0 {
		return nil, false, fmt.Errorf("no source was found in %s", root)
	}
	return files, dirty, nil
}

// gitFiles lists what git has, or fs.ErrNotExist where root is no tree of its own.
func gitFiles(ctx context.Context, root string) (names []string, dirty bool, err error) {
	if _, err := os.Stat(filepath.Join(root, ".git")); err != nil {
		return nil, false, err
	}
	listed, err := git(ctx, root, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate")
	if err != nil {
		return nil, false, err
	}
	changed, err := git(ctx, root, "status", "--porcelain")
	if err != nil {
		return nil, false, err
	}
	for name := range strings.SplitSeq(listed, "\x00") {
		if name == "" {
			continue
		}
		if _, err := os.Lstat(filepath.Join(root, name)); errors.Is(err, fs.ErrNotExist) {
			continue // removed, and not committed yet
		}
		names = append(names, name)
	}
	return names, changed != "", nil
}

func git(ctx context.Context, root string, args ...string) (string, error) {
	command := exec.CommandContext(ctx, "git", args...)
	command.Dir = root
	var stderr bytes.Buffer
	command.Stderr = &stderr
	output, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("git %s: %w\n%s", args[0], err, stderr.String())
	}
	return string(output), nil
}

// walkedFiles lists what there is, but for what .gitignore names: a test holds
// this against git.
func walkedFiles(root string) (names []string, err error) {
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(relative)
		switch {
		case d.IsDir() && (name == "build" || name == ".git" || d.Name() == "node_modules"):
			return fs.SkipDir
		case d.IsDir() || name == ".git" || strings.HasPrefix(name, "dealmark.db"):
			return nil
		}
		names = append(names, name)
		return nil
	})
	return names, err
}
