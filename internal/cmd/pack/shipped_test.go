//go:build !js

package main

import (
	"bytes"
	"go/scanner"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/toolchain"
)

// markup are the ways by which a text becomes markup, by the properties that do so
// in whatever case, code the ways by which it becomes code.
var (
	properties = []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "setHTMLUnsafe", "createContextualFragment", "DOMParser", "srcdoc", "document.write"}
	markup     = regexp.MustCompile("(?i)" + strings.ReplaceAll(strings.Join(properties, "|"), ".", `\.`))
	code       = regexp.MustCompile(`\beval\b|\bFunction\s*\(|\bimportScripts\b|javascript:|\bset(Timeout|Interval)\s*\(\s*["'` + "`" + `]`)
)

// hosts are whom a file may name, with what for. Requests go to the first alone,
// or where the rep's settings say.
var hosts = map[string]string{
	"api.apollo.io": "Apollo's API",
	"app.apollo.io": "the link that opens an opportunity in a tab",
	"www.w3.org":    "the name of SVG; nothing is read there",
	"github.com":    "a comment in the toolchain's wasm_exec.js",
	"127.0.0.1":     "a gateway on this computer, which the rep may allow",
	"localhost":     "a gateway on this computer, which the rep may allow",
	"*":             "a gateway elsewhere, which the rep may allow",

	"docs.apollo.io":   "the demo's Apollo says in a refusal where it is explained",
	"www.linkedin.com": "the demo's companies have such pages; nothing is read there",
	"www.facebook.com": "the demo's companies have such pages; nothing is read there",
	"twitter.com":      "the demo's companies have such pages; nothing is read there",
}

var (
	address  = regexp.MustCompile(`(?:https?|wss?|ftp):(?://|\\/\\/)([A-Za-z0-9.*:-]*)`)
	wholeTLD = regexp.MustCompile(`https?://([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,3})`)
)

// shipped are the files of the product's package for a browser.
func shipped(t *testing.T, browser string) map[string][]byte {
	t.Helper()
	root, err := toolchain.ModuleRoot(t.Context())
	require.NoError(t, err)
	files, err := assemble(t.Context(), product(root), target{Browser: browser})
	require.NoError(t, err)
	require.Greater(t, len(files), 20)
	return files
}

func TestShipped(t *testing.T) {
	chromium, firefox := shipped(t, "chromium"), shipped(t, "firefox")
	t.Run("both packages differ in the manifest alone", func(t *testing.T) {
		for name := range chromium {
			assert.Equal(t, name != manifestName, bytes.Equal(chromium[name], firefox[name]), name)
		}
		assert.Len(t, firefox, len(chromium))
	})
	t.Run("no source map, and no text that is for people of the source", func(t *testing.T) {
		for name, content := range chromium {
			assert.NotContains(t, []string{".map", ".ts", ".go", ".md", ".txt"}, path.Ext(name), name)
			assert.False(t, bytes.Contains(content, []byte("sourceMappingURL")), name)
			assert.NotContains(t, name, "store/")
		}
	})
	t.Run("no address but known ones", func(t *testing.T) {
		for name, content := range firefox {
			names := address
			if strings.HasSuffix(name, ".wasm") { // texts follow each other without a gap
				names = wholeTLD
			}
			found := names.FindAllSubmatch(content, -1)
			for _, m := range found {
				host := string(m[1])
				if host == "" || host == ":" || host == "127.0.0.1:*" || host == "localhost:*" {
					continue // a scheme alone, or a pattern of the policy
				}
				assert.Contains(t, hosts, host, "%s names %s", name, m[0])
			}
			if path.Ext(name) == ".wasm" {
				assert.NotEmpty(t, found, "the program's texts were not found")
			}
		}
	})
	t.Run("no text becomes markup or code", func(t *testing.T) {
		for name, content := range chromium {
			switch path.Ext(name) {
			case ".js", ".html", ".svg":
				assert.Empty(t, markup.FindAllString(string(content), -1), name)
				assert.Empty(t, code.FindAllString(string(content), -1), name)
			case ".wasm":
				// Of a method that nobody calls the linker may keep the name, InnerHTML,
				// but not what the method does: get or set innerHTML. They are looked for one
				// by one: an expression takes a minute for what is as long as a program.
				for _, property := range properties {
					assert.False(t, bytes.Contains(content, []byte(property)), "%s names %s", name, property)
				}
			}
		}
	})
	t.Run("every script that is named is there", func(t *testing.T) {
		named := regexp.MustCompile(`"(?:\./)?([A-Za-z0-9_-]+\.js)"`)
		for name, content := range chromium {
			if !slices.Contains([]string{".js", ".html", ".json"}, path.Ext(name)) {
				continue
			}
			for _, found := range named.FindAllSubmatch(content, -1) {
				assert.Contains(t, chromium, string(found[1]), "%s names a script that was left out", name)
			}
		}
	})
	t.Run("no script or style in a document", func(t *testing.T) {
		inline := regexp.MustCompile(`(?i)<style|\sstyle=|\son[a-z]+=|<(iframe|object|embed|base)\b|http-equiv`)
		script := regexp.MustCompile(`(?i)<script[^>]*>([^<]*)`)
		source := regexp.MustCompile(`(?i)\b(?:src|href)="([^"]*)"`)
		for name, content := range chromium {
			if path.Ext(name) != ".html" {
				continue
			}
			assert.Empty(t, inline.FindAllString(string(content), -1), name)
			scripts := script.FindAllSubmatch(content, -1)
			assert.NotEmpty(t, scripts, name)
			for _, s := range scripts {
				assert.Regexp(t, ` src="[a-z_]+\.js"`, string(s[0]), name)
				assert.Empty(t, strings.TrimSpace(string(s[1])), name)
			}
			for _, s := range source.FindAllSubmatch(content, -1) {
				if strings.HasPrefix(string(s[1]), "#") {
					continue // a place on the same page
				}
				assert.Contains(t, chromium, string(s[1]), "%s loads a file that is not in the package", name)
			}
		}
	})
}

func TestMarkupAndCodeAreFound(t *testing.T) {
	for _, text := range []string{"x.innerHTML = y", "SetInnerHTML(", "document.write(x)", `frame.srcdoc`, "new DOMParser()"} {
		assert.Regexp(t, markup, text)
	}
	for _, text := range []string{"eval(x)", "new Function(x)", "Function (x)", `href = "javascript:x"`, `setTimeout("x")`} {
		assert.Regexp(t, code, text)
	}
	for _, text := range []string{"typeof f === 'function'", "setTimeout(() => x)", "retrieval(x)"} {
		assert.NotRegexp(t, code, text)
	}
	assert.Equal(t, "evil.example", address.FindStringSubmatch(`fetch("wss://evil.example/x")`)[1])
}

// The Go that speaks with the page has no name of them either, comments aside.
func TestGlueMakesNoMarkup(t *testing.T) {
	root, err := toolchain.ModuleRoot(t.Context())
	require.NoError(t, err)
	seen := 0
	for _, folder := range []string{"wasm", "wasm/worker", "wasm/trial", "wasm/pipeline", "internal/screen", "internal/browser", "internal/boundary"} {
		files, err := filepath.Glob(filepath.Join(root, folder, "*.go"))
		require.NoError(t, err)
		require.NotEmpty(t, files, folder)
		for _, file := range slices.DeleteFunc(files, func(name string) bool { return strings.HasSuffix(name, "_test.go") }) {
			source, err := os.ReadFile(file)
			require.NoError(t, err)
			var s scanner.Scanner
			s.Init(token.NewFileSet().AddFile(file, -1, len(source)), source, nil, 0) // no comments
			for {
				_, kind, text := s.Scan()
				if kind == token.EOF {
					break
				}
				if kind == token.IDENT || kind == token.STRING {
					seen++
					assert.NotRegexp(t, markup, text, file)
					assert.NotContains(t, []string{`"eval"`, `"Function"`, `"write"`, `"writeln"`, `"importScripts"`}, text, file)
				}
			}
		}
	}
	assert.Greater(t, seen, 1000, "the glue was read")
}
