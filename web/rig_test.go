//go:build !js

package main_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// worker is one Worker that workerd runs. Workers of one flare share its D1.
type worker struct {
	Name     string            `json:"name"`
	Dir      string            `json:"dir"`
	Entry    string            `json:"entry"`
	Bindings map[string]string `json:"bindings,omitempty"`
}

// flare is a running miniflare.js.
type flare struct {
	t       *testing.T
	in      io.Writer
	answers *json.Decoder
	log     *syncBuffer // what workerd and the programs print
}

// syncBuffer is a buffer that is read while it is written.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(b)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// run starts workerd with these workers, and ends it with the test.
func run(t *testing.T, workers ...worker) *flare {
	t.Helper()
	node := exec.Command("node", "test/miniflare.js")
	log := &syncBuffer{}
	node.Stderr = log
	in, err := node.StdinPipe()
	require.NoError(t, err)
	out, err := node.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, node.Start())
	t.Cleanup(func() {
		in.Close()
		if err := node.Wait(); err != nil {
			t.Errorf("miniflare.js: %v", err)
		}
		if t.Failed() {
			t.Logf("workerd said:\n%s", log)
		}
	})
	f := &flare{t, in, json.NewDecoder(out), log}
	f.ask(map[string]any{"workers": workers, "d1": t.TempDir()})
	return f
}

// ask asks for one thing and gives the answer.
func (f *flare) ask(document any) (answer any) {
	f.t.Helper()
	line, err := json.Marshal(document)
	require.NoError(f.t, err)
	_, err = f.in.Write(append(line, '\n'))
	require.NoError(f.t, err)
	var reply struct {
		Answer any    `json:"answer"`
		Error  string `json:"error"`
	}
	require.NoError(f.t, f.answers.Decode(&reply))
	require.Empty(f.t, reply.Error, "%s", line)
	return reply.Answer
}

// url is where a worker listens.
func (f *flare) url(name string) string {
	return f.ask(map[string]any{"wish": "url", "worker": name}).(string)
}

// scheduled calls a worker as its cron trigger does, and gives workerd's word for
// the outcome: "ok", "exception".
func (f *flare) scheduled(name string) string {
	return f.ask(map[string]any{"wish": "scheduled", "worker": name}).(string)
}

// build compiles a program into a folder with the Worker's JavaScript.
func build(t *testing.T, program string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	require.NoError(t, err)
	sources, err := filepath.Glob("entry/*.js")
	require.NoError(t, err)
	own, err := filepath.Glob(filepath.Join(program, "*.js"))
	require.NoError(t, err)
	sources = append(sources, filepath.Join(string(goroot[:len(goroot)-1]), "lib", "wasm", "wasm_exec.js"))
	for _, source := range append(sources, own...) {
		content, err := os.ReadFile(source)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(dir, filepath.Base(source)), content, 0o600))
	}
	compile := exec.Command("go", "build", "-o", filepath.Join(dir, "worker.wasm"), "./"+program)
	compile.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	output, err := compile.CombinedOutput()
	require.NoError(t, err, fmt.Sprintf("%s", output))
	return dir
}
