//go:build !js

package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/dealmark/dealmark/internal/toolchain"
)

// recordedText has the bytes of code by package, by program, as they were when a
// person last said that they are right: with -record.
//
//go:embed recorded.json
var recordedText []byte

const recordedFile = "internal/cmd/size/recorded.json"

func readRecorded() (map[string]map[string]int, error) {
	var recorded map[string]map[string]int
	if err := json.Unmarshal(recordedText, &recorded); err != nil {
		return nil, fmt.Errorf("%s: %w", recordedFile, err)
	}
	return recorded, nil
}

func record(root string, sizes map[string]map[string]int) error {
	text, err := json.MarshalIndent(sizes, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(root, filepath.FromSlash(recordedFile)), append(text, '\n'), 0o644)
}

// compiled is a shipped program as it is compiled with its functions' names.
type compiled struct {
	packages []listed
	code     map[string]int // bytes by package
	data     int            // bytes
}

func compileNamed(ctx context.Context, root, pkg string) (p compiled, err error) {
	bytes, err := toolchain.Compile(ctx, root, pkg, true)
	if err != nil {
		return p, err
	}
	if p.packages, err = linked(ctx, pkg); err != nil {
		return p, err
	}
	if p.code, p.data, err = attribute(bytes, p.packages); err != nil {
		return p, fmt.Errorf("%s: %w", pkg, err)
	}
	return p, nil
}

// sizes are the code's bytes by package, and the data's.
func (p compiled) sizes() map[string]int {
	all := map[string]int{dataRow: p.data}
	for path, size := range p.code {
		all[path] = size
	}
	return all
}

// importers names who imports a package, ours shortly.
func (p compiled) importers(path string) string {
	var ours []string
	for _, l := range p.packages {
		if l.ours() {
			ours = append(ours, l.ImportPath)
		}
	}
	return report{packages: p.packages}.importers(path, prefixOf(ours))
}
