//go:build !js

package toolchain

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// patch changes a line or two of a file of the standard library, for what no
// program of ours does in a browser and the linker yet cannot know to be of no use.
type patch struct {
	file     string // below GOROOT/src
	old, new string // old stands there exactly once
}

// patches are all of them. A trace of the runtime is begun by package
// runtime/trace alone; a float, a time and a refused number reach a text only by a
// fault that nobody wrote code for, and are then told more plainly; a browser's
// place has one time zone without rules; the flags of the processor are a
// variable of the environment.
func patches() []patch {
	const numbers = "runtime/print.go"
	return []patch{
		{"runtime/traceruntime.go", "\treturn trace.enabled\n", "\treturn false\n"},
		{numbers, "\tvar buf [float64Bytes]byte\n\tgwrite(strconv.AppendFloat(buf[:0], v, 'g', -1, 64))\n", "\tprinthex(float64bits(v))\n"},
		{numbers, "\tvar buf [float32Bytes]byte\n\tgwrite(strconv.AppendFloat(buf[:0], float64(v), 'g', -1, 32))\n", "\tprintfloat64(float64(v))\n"},
		{numbers, "\tvar buf [complex128Bytes]byte\n\tgwrite(strconv.AppendComplex(buf[:0], c, 'g', -1, 128))\n", "\tprint(real(c), imag(c))\n"},
		{numbers, "\tvar buf [complex64Bytes]byte\n\tgwrite(strconv.AppendComplex(buf[:0], complex128(c), 'g', -1, 64))\n", "\tprintcomplex128(complex128(c))\n"},
		{"time/format.go", "\ts := t.Format(\"2006-01-02 15:04:05.999999999 -0700 MST\")\n", "\ts := \"unix \" + string(appendInt(nil, int(t.Unix()), 0))\n"},
		{"time/zoneinfo.go", "if lo == len(tx)-1 && l.extend != \"\" {\n\t\tif ename, eoffset, estart, eend, eisDST, ok := tzset(l.extend, start, sec); ok {\n\t\t\treturn ename, eoffset, estart, eend, eisDST\n\t\t}\n\t}\n", "_ = lo\n"},
		{"strconv/number.go", "\"parsing \" + Quote(e.Num) + \": \"", "\"parsing \" + e.Num + \": \""},
		{"internal/cpu/cpu.go", "\tprocessOptions(env)\n", "\t_ = env\n"},
	}
}

// writePatched writes the patched files of the standard library into a folder, and
// says which of them replaces which.
func writePatched(ctx context.Context, folder string, all []patch) (map[string]string, error) {
	goroot, err := goEnv(ctx, "", "GOROOT")
	if err != nil {
		return nil, err
	}
	replace, texts := map[string]string{}, map[string]string{}
	for _, p := range all {
		original := filepath.Join(goroot, "src", filepath.FromSlash(p.file))
		if replace[original] == "" {
			text, err := os.ReadFile(original)
			if err != nil {
				return nil, fmt.Errorf("patch the standard library: %w", err)
			}
			replace[original] = filepath.Join(folder, strconv.Itoa(len(replace))+".go")
			texts[original] = string(text)
		}
		if found := strings.Count(texts[original], p.old); found != 1 {
			return nil, fmt.Errorf("patch the standard library: %s has %d times, not once, the lines to be patched: this toolchain is another than package toolchain expects:\n%s", p.file, found, p.old)
		}
		texts[original] = strings.Replace(texts[original], p.old, p.new, 1)
	}
	for original, patched := range replace {
		if err := os.WriteFile(patched, []byte(texts[original]), 0o600); err != nil {
			return nil, err
		}
	}
	return replace, nil
}
