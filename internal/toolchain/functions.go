//go:build !js

package toolchain

import (
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// What the linker writes of functions, for traces and for the collector. This is
// the form of Go 1.20 to 1.26, for 64 bits.
//
// https://github.com/golang/go/blob/go1.26.0/src/runtime/symtab.go
// https://github.com/golang/go/blob/go1.26.0/src/internal/abi/symtab.go
const (
	functionsHeader = "\xf1\xff\xff\xff\x00\x00\x01\x08"
	headerWords     = 9 // the first of them is functionsHeader

	inlinedPCs   = 2 // which of a function's tables of addresses says what is inlined there
	inlinedCalls = 3 // which of its other data tells the calls that were inlined

	functionBytes = 44 // without the tables, which follow
	callBytes     = 16 // of an inlined call
	noData        = 0xffffffff
)

var errNoFunctions = errors.New("the linker's list of functions is not found: this toolchain writes it in another way than package toolchain expects")

// functions is where the parts of that list are in memory.
type functions struct {
	memory
	count                 int
	names, namesEnd       int
	tables, list, listEnd int // list begins with the index: an address and a place for each function
	data, dataEnd         int
}

// findFunctions finds the list by its header, and by the record of the runtime
// that points to it and all its parts.
func findFunctions(m memory) (f functions, err error) {
	header := strings.Index(string(m), functionsHeader)
	if header < 0 {
		return f, errNoFunctions
	}
	word := func(n int) int { return m.word(header + 8*n) }
	f = functions{memory: m, count: word(1), names: header + word(4), namesEnd: header + word(5), tables: header + word(7), list: header + word(8)}
	if word(4) != 8*headerWords {
		return f, errNoFunctions
	}
	for at := 0; at < len(m); at += 8 {
		if m.word(at) != header || m.word(at+8) != f.names || m.word(at+8*10) != f.tables || m.word(at+8*13) != f.list {
			continue
		}
		f.listEnd = f.list + m.word(at+8*14)
		f.dataEnd = m.word(at + 8*19) // where the table from addresses to functions begins
		f.data = m.word(at + 8*40)
		if f.names < f.tables && f.tables < f.list && f.list < f.listEnd && f.listEnd <= f.data && f.data < f.dataEnd && f.dataEnd < len(m) {
			return f, nil
		}
	}
	return f, errNoFunctions
}

// function is a record of the list.
type function struct {
	at     int   // of the record
	tables []int // where it says which tables of addresses are its own
	data   []int // where it says which other data is
}

func (f functions) all() ([]function, error) {
	all := make([]function, f.count)
	for i := range all {
		at := f.list + f.uint32(f.list+8*i+4)
		if at > f.listEnd-functionBytes || f.uint32(at) != f.uint32(f.list+8*i) || f.names+f.uint32(at+4) >= f.namesEnd {
			return nil, errNoFunctions // the index and the record say whose it is
		}
		one := function{at: at, tables: []int{at + 16, at + 20, at + 24}}
		tables, data := f.uint32(at+28), int(f.memory[at+43])
		if at+functionBytes+4*(tables+data) > f.listEnd {
			return nil, errNoFunctions
		}
		for n := range tables {
			one.tables = append(one.tables, at+functionBytes+4*n)
		}
		for n := range data {
			one.data = append(one.data, at+functionBytes+4*(tables+n))
		}
		all[i] = one
	}
	return all, nil
}

// forget drops what nobody reads of a trace, in place: zeros are left out later.
// What was inlined is told as of the function that it stands in, with its own file
// and line; a package of the module by its last words; types in brackets as the
// three dots that traces print for them.
func (f functions) forget(module string) error {
	all, err := f.all()
	if err != nil {
		return err
	}
	f.forgetInlined(all)
	return f.shortenNames(all, module)
}

const fixedTables = 3 // which every function has: its frame, file and line

func (f functions) forgetInlined(all []function) {
	dropped, kept := map[int]bool{}, map[int]bool{}          // of the tables
	droppedCalls, keptData := map[int]bool{}, map[int]bool{} // of other data
	for _, one := range all {
		for n, at := range one.tables {
			if n == fixedTables+inlinedPCs {
				dropped[f.uint32(at)] = true
				f.putUint32(at, 0)
			} else {
				kept[f.uint32(at)] = true
			}
		}
		for n, at := range one.data {
			if n == inlinedCalls && f.uint32(at) != noData {
				droppedCalls[f.uint32(at)] = true
				f.putUint32(at, noData)
			} else if f.uint32(at) != noData {
				keptData[f.uint32(at)] = true
			}
		}
	}
	for table := range dropped {
		if table != 0 && !kept[table] {
			clear(f.memory[f.tables+table : f.tableEnd(f.tables+table)])
		}
	}
	begins := slices.Concat(slices.Collect(maps.Keys(droppedCalls)), slices.Collect(maps.Keys(keptData)), []int{f.dataEnd - f.data})
	slices.Sort(begins)
	for i, begin := range begins {
		if droppedCalls[begin] && !keptData[begin] {
			end := begins[i+1] // which is another: a map has none twice, and one that is kept is not cleared
			clear(f.memory[f.data+begin : f.data+end])
		}
	}
}

// tableEnd is where a table of addresses ends: pairs of numbers, after the first of
// which a zero in the first place ends it.
func (f functions) tableEnd(begin int) int {
	r := Reader{Rest: f.memory[begin:f.list]}
	for first := true; ; first = false {
		value := r.Uint()
		if r.Err != nil || value == 0 && !first {
			return f.list - len(r.Rest)
		}
		r.Uint()
	}
}

func shortened(name, module string) string {
	name = strings.ReplaceAll(name, module+"/internal/", "")
	name = strings.ReplaceAll(name, module+"/", "")
	return inBrackets.ReplaceAllString(name, "[...]")
}

var inBrackets = regexp.MustCompile(`\[.*\]`)

// shortenNames writes the names of the functions anew, shorter, from the front on.
func (f functions) shortenNames(all []function, module string) error {
	places := map[string]int{}
	written := []byte{0} // a name at 0 is none
	for _, one := range all {
		name := shortened(f.text(f.names+f.uint32(one.at+4)), module)
		if _, known := places[name]; !known {
			places[name] = len(written)
			written = append(append(written, name...), 0)
		}
		f.putUint32(one.at+4, places[name])
	}
	if len(written) > f.namesEnd-f.names {
		return errNoFunctions
	}
	clear(f.memory[f.names:f.namesEnd])
	copy(f.memory[f.names:], written)
	return nil
}
