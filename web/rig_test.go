//go:build !js

package main_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
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
	Services map[string]string `json:"services,omitempty"` // names of other workers
}

// flare is a running test/serve.js.
type flare struct {
	t       *testing.T
	in      io.Writer
	answers *json.Decoder
	log     *syncBuffer // what workerd and the programs print
	d1      string      // the folder of the database
	mu      sync.Mutex  // one question at a time
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

// run starts workerd with these workers and a new database, and ends it with the test.
func run(t *testing.T, workers ...worker) *flare {
	t.Helper()
	return runOver(t, t.TempDir(), workers...)
}

// runOver runs with the database in a folder.
func runOver(t *testing.T, d1 string, workers ...worker) *flare {
	t.Helper()
	node := exec.Command("node", "test/serve.js")
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
			t.Errorf("test/serve.js: %v", err)
		}
		if t.Failed() {
			t.Logf("workerd said:\n%s", log)
		}
	})
	f := &flare{t: t, in: in, answers: json.NewDecoder(out), log: log, d1: d1}
	f.ask(map[string]any{"workers": workers, "d1": f.d1})
	return f
}

// try asks for one thing and gives the answer's JSON.
func (f *flare) try(document any) (json.RawMessage, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	line, err := json.Marshal(document)
	if err != nil {
		return nil, err
	}
	if _, err := f.in.Write(append(line, '\n')); err != nil {
		return nil, err
	}
	var reply struct {
		Answer json.RawMessage
		Error  string
	}
	if err := f.answers.Decode(&reply); err != nil {
		return nil, err
	}
	if reply.Error != "" {
		return nil, errors.New(reply.Error)
	}
	return reply.Answer, nil
}

// ask asks for one thing whose answer is a text.
func (f *flare) ask(document any) (text string) {
	f.t.Helper()
	answer, err := f.try(document)
	require.NoError(f.t, err)
	require.NoError(f.t, json.Unmarshal(answer, &text))
	return text
}

// url is where a worker listens.
func (f *flare) url(name string) string {
	return f.ask(map[string]any{"wish": "url", "worker": name})
}

// scheduled calls a worker as its cron trigger does, and gives workerd's word for
// the outcome: "ok", "exception".
func (f *flare) scheduled(name string) string {
	return f.ask(map[string]any{"wish": "scheduled", "worker": name})
}

// build compiles a program into a folder with the Worker's JavaScript.
func build(t *testing.T, program string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	require.NoError(t, err)
	copyTo(t, dir, "entry/*.js", program+"/*.js", filepath.Join(strings.TrimSpace(string(goroot)), "lib/wasm/wasm_exec.js"))
	compile := exec.Command("go", "build", "-o", filepath.Join(dir, "worker.wasm"), "./"+program)
	compile.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	output, err := compile.CombinedOutput()
	require.NoError(t, err, "%s", output)
	return dir
}

// built gives the Worker as "make web" has built it, in a folder with a program's
// own JavaScript.
func built(t *testing.T, program string) (dir string) {
	t.Helper()
	const from = "../build/web/worker"
	require.FileExists(t, from+"/worker.wasm", `run "make web" first`)
	dir = t.TempDir()
	copyTo(t, dir, from+"/*.js", from+"/worker.wasm", program+"/*.js")
	return dir
}

func copyTo(t *testing.T, dir string, patterns ...string) {
	t.Helper()
	for _, pattern := range patterns {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		require.NotEmpty(t, files, pattern)
		for _, file := range files {
			content, err := os.ReadFile(file)
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(filepath.Join(dir, filepath.Base(file)), content, 0o600))
		}
	}
}
