package main

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// pinnedTable is the table of the pinned module, as package site reads it.
func pinnedTable() ([]byte, error) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Version}} {{.Dir}}", "golang.org/x/net").Output()
	if err != nil {
		return nil, fmt.Errorf("find golang.org/x/net: %w", err)
	}
	version, dir, ok := strings.Cut(strings.TrimSpace(string(out)), " ")
	if !ok {
		return nil, errors.New("find golang.org/x/net: no source directory; run go mod download")
	}
	rules, err := readRules(filepath.Join(dir, "publicsuffix", "table_test.go"))
	if err != nil {
		return nil, err
	}
	return formatTable(version, publicsuffix.List.String(), rules)
}

// readRules reads the string literals of the variable rules of a Go file.
func readRules(path string) ([]string, error) {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("read rules: %w", err)
	}
	for _, decl := range file.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.VAR {
			continue
		}
		for _, spec := range gen.Specs {
			value := spec.(*ast.ValueSpec)
			if value.Names[0].Name != "rules" || len(value.Values) != 1 {
				continue
			}
			list, ok := value.Values[0].(*ast.CompositeLit)
			if !ok {
				return nil, fmt.Errorf("read rules: %s: rules is not a list", path)
			}
			return literals(list)
		}
	}
	return nil, fmt.Errorf("read rules: %s: no variable named rules", path)
}

func literals(list *ast.CompositeLit) ([]string, error) {
	var all []string
	for _, element := range list.Elts {
		literal, ok := element.(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			return nil, errors.New("read rules: an element is not a string")
		}
		text, err := strconv.Unquote(literal.Value)
		if err != nil {
			return nil, fmt.Errorf("read rules: %s: %w", literal.Value, err)
		}
		all = append(all, text)
	}
	return all, nil
}

// formatTable writes one comment line, then a line for each parent of a rule
// with the labels before it, all in byte order. It refuses what the look-up of
// package site could not find again.
func formatTable(version, list string, rules []string) ([]byte, error) {
	rules = slices.Clone(rules)
	slices.Sort(rules)
	rules = slices.Compact(rules)
	if len(rules) == 0 {
		return nil, errors.New("format table: no rules")
	}
	labels := map[string][]string{}
	for _, rule := range rules {
		name, exception := strings.CutPrefix(rule, "!")
		plain := strings.TrimPrefix(name, "*.")
		if plain == "" || strings.Trim(plain, "abcdefghijklmnopqrstuvwxyz0123456789-.") != "" {
			return nil, fmt.Errorf("format table: rule %q is not a lower case ASCII name with at most one mark", rule)
		}
		label, parent, found := strings.Cut(name, ".")
		if !found {
			continue // the same as the default rule
		}
		if exception {
			label += "!"
		}
		labels[parent] = append(labels[parent], label)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "# %d rules of golang.org/x/net %s, which are %s (MPL 2.0)\n", len(rules), version, list)
	for i, parent := range slices.Sorted(maps.Keys(labels)) {
		if i > 0 {
			b.WriteByte('\n')
		}
		slices.SortFunc(labels[parent], func(x, y string) int {
			return strings.Compare(strings.TrimSuffix(x, "!"), strings.TrimSuffix(y, "!"))
		})
		b.WriteString(parent + " " + strings.Join(labels[parent], " "))
	}
	return b.Bytes(), nil
}
