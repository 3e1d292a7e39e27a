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
// and without what is left out, but for names that are shorter.
func TestTrimmedProgramKnowsItsFunctions(t *testing.T) {
	root, err := ModuleRoot(t.Context())
	require.NoError(t, err)
	module, err := moduleName(t.Context(), root)
	require.NoError(t, err)
	whole, err := build(t.Context(), root, functionsProgram, false)
	require.NoError(t, err)
	trimmed, err := Compile(t.Context(), root, functionsProgram, false)
	require.NoError(t, err)

	const end = "runtime error: index out of range [0] with length 0"
	said, trace, ok := strings.Cut(run(t, whole), end)
	require.True(t, ok)
	require.Contains(t, said, "runtime.mallocgc true\n")
	trimmedSaid, trimmedTrace, ok := strings.Cut(run(t, trimmed), end)
	require.True(t, ok)
	answers, trimmedAnswers := strings.Split(said, "\n"), strings.Split(trimmedSaid, "\n")
	require.Len(t, trimmedAnswers, len(answers))
	assert.NotContains(t, said+trimmedSaid, "false", "an address is of the function in whose room it is")
	same := 0 // where a function begins with what was inlined, only the whole names that
	for i, name := range answers {
		if shortened(name, module) == trimmedAnswers[i] {
			same++
		}
	}
	assert.Greater(t, same, len(answers)*9/10)

	functions := strings.Count(said, "\n")
	require.Greater(t, functions, 1000)
	assert.Greater(t, len(whole)-len(trimmed), functions*((bucketsPerFunction-1)*8+50), "bytes left out: 8 for a bucket and more, and what was inlined")

	require.Contains(t, trace, module+"/internal/toolchain/testdata/functions/called.List[...].inlined(...)\n", "what was inlined is told only in the whole")
	for _, want := range []string{
		"main.recovered 48\n", "main.main 29\n", "runtime.gopanic 860\n", "0x3ff8000000000000\n", // which is 1.5
		"panic: runtime error: index out of range [1] with length 0", "goroutine 1 [running]:\ntoolchain/testdata/functions/called.List[...].At(",
		"/called/called.go:14 +0x8\nmain.main()\n", "/functions/main.go:32 +0x",
	} {
		assert.Contains(t, trimmedTrace, want)
	}
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

// filled is what segments fill.
func filled(t *testing.T, body []byte) []byte {
	t.Helper()
	segments, err := readSegments(body)
	require.NoError(t, err)
	return memoryOf(segments)
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
	trimmed, err := changeData(program, withoutBuckets)
	require.NoError(t, err)
	assert.True(t, bytes.Equal(before, program), "what is given stays as it is")

	sections, err := Sections(trimmed)
	require.NoError(t, err)
	want := filled(t, writeSegments(table(address, functions)))
	for number := range functions {
		start := address + number*bucketsPerFunction*bucketBytes
		clear(want[start+bucketBytes : start+bucketsPerFunction*bucketBytes])
	}
	assert.True(t, bytes.Equal(want, filled(t, sections[1].Body)), "only what is never read is gone") // a difference of 22 MB takes minutes to print
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
			_, err := changeData(join([]Section{
				{SectionCode, binary.AppendUvarint(nil, functions)},
				{SectionData, writeSegments(change(table(address, functions)))},
			}), withoutBuckets)
			assert.ErrorIs(t, err, errNoTable)
		})
	}
}

func TestMemoryIsFilledAsBefore(t *testing.T) {
	all := []segment{{3, []byte("a\x00\x00b")}, {20, []byte("c")}, {31, append([]byte("d"), make([]byte, gap)...)}, {50, append(make([]byte, gap+1), 'e')}}
	m := memoryOf(all)
	again := m.segments()
	assert.Equal(t, string(m), string(memoryOf(again)))
	begins := make([]uint32, len(again))
	for i, s := range again {
		begins[i] = s.address
	}
	assert.Equal(t, []uint32{3, 20, 31, 61}, begins, "few zeros are written, many are not")
}

// What the runtime reads of a function stays, byte for byte, but for its name.
func TestForgetKeepsWhatIsRead(t *testing.T) {
	root, err := ModuleRoot(t.Context())
	require.NoError(t, err)
	whole, err := build(t.Context(), root, functionsProgram, false)
	require.NoError(t, err)
	const module = "github.com/dealmark/dealmark"
	_, err = changeData(whole, func(segments []segment, _ int) ([]segment, error) {
		before, err := findFunctions(memoryOf(segments))
		require.NoError(t, err)
		after, err := findFunctions(memoryOf(segments))
		require.NoError(t, err)
		require.NoError(t, after.forget(module))
		all, err := before.all()
		require.NoError(t, err)
		inlined := 0
		for _, one := range all {
			name := before.text(before.names + before.uint32(one.at+4))
			require.Equal(t, shortened(name, module), after.text(after.names+after.uint32(one.at+4)))
			for n, at := range one.tables {
				if n == fixedTables+inlinedPCs {
					require.Zero(t, after.uint32(at), name)
					continue
				}
				table := before.uint32(at)
				require.Equal(t, table, after.uint32(at), name)
				begin, end := before.tables+table, before.tableEnd(before.tables+table)
				require.True(t, table == 0 || bytes.Equal(before.memory[begin:end], after.memory[begin:end]), "%s, table %d", name, n)
			}
			for n, at := range one.data {
				if n == inlinedCalls {
					inlined++
					require.Equal(t, noData, after.uint32(at), name)
					continue
				}
				data := before.uint32(at)
				require.Equal(t, data, after.uint32(at), name)
				require.True(t, data == noData || bytes.Equal(before.memory[before.data+data:][:8], after.memory[before.data+data:][:8]), "%s, data %d", name, n)
			}
		}
		assert.Greater(t, inlined, 100)
		assert.Equal(t, string(before.memory[before.dataEnd:]), string(after.memory[before.dataEnd:]), "what follows")
		assert.Equal(t, string(before.memory[:before.names]), string(after.memory[:before.names]), "what comes before")
		return nil, nil
	})
	require.NoError(t, err)
}

// Another toolchain's list of functions is left alone, and said.
func TestFunctionsRefuseAnotherList(t *testing.T) {
	root, err := ModuleRoot(t.Context())
	require.NoError(t, err)
	whole, err := build(t.Context(), root, functionsProgram, false)
	require.NoError(t, err)
	for name, change := range map[string]func(m memory, list functions){
		"no header":                    func(m memory, list functions) { clear(m[list.names-8*headerWords : list.names]) },
		"a longer header":              func(m memory, list functions) { m.putUint32(list.names-8*headerWords+8*4, 8*headerWords+8) },
		"nobody points to it":          func(m memory, list functions) { m.putUint32(list.names-8*headerWords+8*7, 1) },
		"a record of another function": func(m memory, list functions) { m.putUint32(list.list+8*100+4, m.uint32(list.list+8*101+4)) },
		"a name outside of the names":  func(m memory, list functions) { m.putUint32(list.list+m.uint32(list.list+4)+4, list.namesEnd) },
	} {
		t.Run(name, func(t *testing.T) {
			_, err := changeData(whole, func(segments []segment, _ int) ([]segment, error) {
				list, err := findFunctions(memoryOf(segments))
				require.NoError(t, err)
				change(list.memory, list)
				if list, err = findFunctions(list.memory); err == nil {
					err = list.forget("example.com")
				}
				return nil, err
			})
			assert.ErrorIs(t, err, errNoFunctions)
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
