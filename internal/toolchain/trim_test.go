//go:build !js

package toolchain

import (
	"bytes"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const functionsProgram = "./internal/toolchain/testdata/functions"

// A program that asks whose each of its addresses is gets the same answers with
// and without the buckets that are left out, and the same trace of a panic.
func TestTrimmedProgramKnowsItsFunctions(t *testing.T) {
	root, err := ModuleRoot(t.Context())
	require.NoError(t, err)
	whole, err := build(t.Context(), root, functionsProgram, false)
	require.NoError(t, err)
	trimmed, err := Compile(t.Context(), root, functionsProgram, false)
	require.NoError(t, err)

	said := run(t, whole)
	for _, want := range []string{"runtime.mallocgc ", "index out of range [0] with length 0", "main.recovered 4", "panic: with a trace", "goroutine 1 [running]"} {
		require.True(t, strings.Contains(said, want), want)
	}
	assert.True(t, said == run(t, trimmed), "both say the same")

	functions := strings.Count(said, "\n")
	require.Greater(t, functions, 1000)
	assert.Greater(t, len(whole)-len(trimmed), functions*(bucketsPerFunction-1)*8, "bytes left out: 8 for a bucket and more")
}

// run runs a program that ends with a panic in Node, and returns what it said.
func run(t *testing.T, program []byte) string {
	t.Helper()
	goroot, err := goEnv(t.Context(), "", "GOROOT")
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "program.wasm")
	require.NoError(t, os.WriteFile(file, program, 0o600))
	command := exec.CommandContext(t.Context(), filepath.Join(goroot, "lib", "wasm", "go_js_wasm_exec"), file)
	command.Env = []string{"PATH=" + os.Getenv("PATH")} // a program in Node takes 8 KB of environment at most
	output, err := command.CombinedOutput()
	var exit *exec.ExitError
	require.ErrorAs(t, err, &exit, "%s", output)
	return string(output)
}

// memory is what segments fill.
func memory(t *testing.T, body []byte) []byte {
	t.Helper()
	segments, err := readSegments(body)
	require.NoError(t, err)
	var filled []byte
	for _, s := range segments {
		if missing := int(s.address) + len(s.data) - len(filled); missing > 0 {
			filled = append(filled, make([]byte, missing)...)
		}
		copy(filled[s.address:], s.data)
	}
	return filled
}

// table is the linker's, of so many functions, from an address on, between other data.
func table(address uint32, functions int) []segment {
	all := []segment{{address: address - 64, data: []byte{1}}, {address: address - 44, data: []byte{1}}}
	for number := range functions {
		for i := range bucketsPerFunction {
			zeros, filled := bucket(uint32(number))
			if len(filled) > 0 {
				at := address + uint32(number*bucketsPerFunction+i)*bucketBytes + zeros
				all = append(all, segment{at, filled})
			}
		}
	}
	return append(all, segment{address + uint32(functions)*bucketsPerFunction*bucketBytes + 8, []byte("text")})
}

func TestTrimLeavesTheFirstBuckets(t *testing.T) {
	const address, functions = 4_000, 70_000 // more than two bytes count
	program := join([]Section{
		{SectionCode, binary.AppendUvarint(nil, functions)},
		{SectionData, writeSegments(table(address, functions))},
	})
	before := bytes.Clone(program)
	trimmed, err := trim(program)
	require.NoError(t, err)
	assert.True(t, bytes.Equal(before, program), "what is given stays as it is")

	sections, err := Sections(trimmed)
	require.NoError(t, err)
	want := memory(t, writeSegments(table(address, functions)))
	for number := range functions {
		start := address + number*bucketsPerFunction*bucketBytes
		clear(want[start+bucketBytes : start+bucketsPerFunction*bucketBytes])
	}
	assert.True(t, bytes.Equal(want, memory(t, sections[1].Body)), "only what is never read is gone") // a difference of 22 MB takes minutes to print
}

func TestTrimRefusesAnotherTable(t *testing.T) {
	const address, functions = 4_000, 300
	for name, change := range map[string]func(all []segment) []segment{
		"none":                     func([]segment) []segment { return nil },
		"a function out of order":  func(all []segment) []segment { all[100].data = []byte{200}; return all },
		"a bucket that is missing": func(all []segment) []segment { return append(all[:50], all[51:]...) },
		"half of another":          func([]segment) []segment { return table(address, functions/2) },
	} {
		t.Run(name, func(t *testing.T) {
			_, err := trim(join([]Section{
				{SectionCode, binary.AppendUvarint(nil, functions)},
				{SectionData, writeSegments(change(table(address, functions)))},
			}))
			assert.ErrorIs(t, err, errNoTable)
		})
	}
}

func TestSegmentsAreWrittenAsTheyWereRead(t *testing.T) {
	all := []segment{{0, []byte("a")}, {63, nil}, {64, []byte("b")}, {8191, []byte{0}}, {8192, []byte("c")}, {1<<31 - 1, []byte("d")}}
	body := writeSegments(all)
	read, err := readSegments(body)
	require.NoError(t, err)
	require.Len(t, read, len(all))
	for i, s := range all {
		assert.Equal(t, s.address, read[i].address)
		assert.Equal(t, string(s.data), string(read[i].data))
	}
	for n := range len(body) {
		_, err := readSegments(body[:n])
		assert.ErrorIs(t, err, ErrMalformed, "the first %d bytes", n)
	}
	negative := []byte{1, inMemory0, i32Const, 0x7f, endOfConst, 1, 'a'}
	_, err = readSegments(negative)
	assert.ErrorIs(t, err, ErrMalformed)
}
