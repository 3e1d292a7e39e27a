//go:build !js

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/toolchain"
)

// section is one as the format has it: an id, a length below 128, a body.
func section(id byte, body string) string {
	return string([]byte{id, byte(len(body))}) + body
}

// program imports one function and has two of its own, of 3 and 5 bytes.
func program() string {
	names := "\x03" + "\x00\x03imp" + "\x01\x06main.f" + "\x02\x0fstrings_x.Y.Cut"
	return "\x00asm\x01\x00\x00\x00" +
		section(toolchain.SectionImport, "\x01\x00\x00\x00\x00") +
		section(toolchain.SectionCode, "\x02"+"\x03abc"+"\x05abcde") +
		section(toolchain.SectionData, "0123456789") +
		section(toolchain.SectionCustom, "\x09producersnothing") +
		section(toolchain.SectionCustom, "\x04name"+section(0, "module")+section(1, names))
}

func TestReadProgram(t *testing.T) {
	functions, data, err := readProgram([]byte(program()))
	require.NoError(t, err)
	assert.Equal(t, []function{{"main.f", 3}, {"strings_x.Y.Cut", 5}}, functions, "an imported function counts in the index")
	assert.Equal(t, 10, data)
}

func TestReadProgramThatIsDamaged(t *testing.T) {
	whole := program()
	for n := range len(whole) {
		_, _, err := readProgram([]byte(whole[:n]))
		assert.Error(t, err, "the first %d bytes", n)
	}
	for i := range len(whole) {
		damaged := []byte(whole)
		damaged[i] = 0xff
		assert.NotPanics(t, func() { _, _, _ = readProgram(damaged) }, "byte %d", i)
	}
	_, _, err := readProgram([]byte("<!doctype html>"))
	assert.ErrorIs(t, err, toolchain.ErrMalformed)
}

func TestPackageOf(t *testing.T) {
	paths := map[string]string{"main": "example.com/m/wasm"}
	for _, path := range []string{"runtime", "internal/runtime/maps", "slices", "honnef.co/go/js/dom/v2", "example.com/m/internal/crm"} {
		paths[mangle(path)] = path
	}
	for name, want := range map[string]string{
		"runtime.mallocgc":                             "runtime",
		"internal_runtime_maps.__Map_.Grow":            "internal/runtime/maps",
		"main.__core_.open":                            "example.com/m/wasm",
		"main.main.func1.2":                            "example.com/m/wasm",
		"honnef.co_go_js_dom_v2.__BasicNode_.Text":     "honnef.co/go/js/dom/v2",
		"slices.SortFunc_example.com_m_internal_crm.X": "slices",
		"type_.eq.example.com_m_internal_crm.Values":   "example.com/m/internal/crm",
		"type_.eq._6_example.com_m_internal_crm.Field": "example.com/m/internal/crm",
		"type_.eq.go.shape.struct__Name_string_":       unnamed,
		"wasm_export_run":                              unnamed,
		"":                                             unnamed,
		".":                                            unnamed,
	} {
		assert.Equal(t, want, packageOf(name, paths), name)
	}
}

func TestReport(t *testing.T) {
	main := &struct{ Main bool }{true}
	r := report{
		core: weight{4_001_234, 1_100_000}, empty: weight{2_000_000, 570_000},
		code:  map[string]int{"runtime": 3_000, "time": 800, "os": 95, "io": 95, "m/internal/crm": 700, "m/wasm": 10},
		floor: map[string]int{"runtime": 2_900},
		data:  5_000,
		packages: []listed{
			{ImportPath: "runtime"},
			{ImportPath: "os"},
			{ImportPath: "time", Imports: []string{"runtime", "os"}},
			{ImportPath: "m/internal/crm", Imports: []string{"time"}, Module: main},
			{ImportPath: "m/wasm", Imports: []string{"m/internal/crm", "os"}, Module: main},
		},
	}
	var out bytes.Buffer
	require.NoError(t, r.print(&out, 2))
	assert.Equal(t, strings.TrimLeft(`
core.wasm             4,001,234 bytes raw, 1,100,000 gzip
an empty Go program   2,000,000 bytes raw, 570,000 gzip; the core is 2.00 times it
of the core: code 4,700, data 5,000 (types, texts, tables of the runtime; by package unknown)

   code   of it  not in the empty program  package
    700  14.9 %                       700  internal/crm
     10   0.2 %                        10  wasm
    710  15.1 %                       710  OURS
    800  17.0 %                       800  time < internal/crm
  3,000  63.8 %                       100  runtime < time
    190   4.0 %                       190  2 more packages
  3,990  84.9 %                     1,090  OTHERS
`, "\n"), out.String())
}

func TestGrouped(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", -1000: "-1,000", -100: "-100", 12345678: "12,345,678"} {
		assert.Equal(t, want, grouped(n))
	}
}

// What the linker really writes is read, and the empty program is mostly runtime.
func TestEmptyProgram(t *testing.T) {
	const pkg = "./testdata/empty"
	empty, err := compileEmpty(t.Context(), pkg, filepath.Join(t.TempDir(), "empty.wasm"), "")
	require.NoError(t, err)
	packages, err := linked(t.Context(), pkg)
	require.NoError(t, err)
	code, data, err := attribute(empty, packages)
	require.NoError(t, err)
	assert.NotZero(t, data)
	total := 0
	for _, size := range code {
		total += size
	}
	assert.Greater(t, code["runtime"], total/2)
	assert.NotZero(t, code["syscall/js"])
	assert.Less(t, code[unnamed], total/10, "almost every function's package is known")
}

func TestMissingPackage(t *testing.T) {
	err := run(t.Context(), []string{"-built", t.TempDir()}, &bytes.Buffer{}, &bytes.Buffer{})
	assert.ErrorIs(t, err, os.ErrNotExist)
	assert.ErrorContains(t, err, "make pack")
}
