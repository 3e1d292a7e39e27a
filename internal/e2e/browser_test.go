//go:build !js

package e2e_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
)

// TestPackageBrowser runs the tests of package browser, which only a browser
// can: their test program, on a page, with a server that answers them.
func TestPackageBrowser(t *testing.T) {
	w := newWorld(t)
	folder := testProgram(t, "../browser")
	root, err := exec.CommandContext(t.Context(), "go", "env", "GOROOT").Output()
	require.NoError(t, err)

	serve := http.NewServeMux()
	serve.Handle("GET /test.wasm", http.FileServer(http.Dir(folder)))
	serve.Handle("GET /wasm_exec.js", http.FileServer(http.Dir(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm"))))
	serve.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<!doctype html><link rel="icon" href="data:,"><pre id="log"></pre><script src="wasm_exec.js"></script><script type="module">
			console.log = (line) => document.querySelector("#log").append(line + "\n");
			const go = new Go();
			go.argv = ["test", "-test.v"];
			go.exit = (code) => document.title = "exit " + code;
			const { instance } = await WebAssembly.instantiateStreaming(fetch("test.wasm"), go.importObject);
			await go.run(instance);
		</script>`)
	})
	serve.HandleFunc("/echo", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("X-Answered", "yes")
		w.WriteHeader(http.StatusTeapot)
		fmt.Fprintf(w, "%s %s\nkey: %s\ncookie: %s\n%s", r.Method, r.RequestURI, r.Header.Get("X-Api-Key"), r.Header.Get("Cookie"), body)
	})
	serve.HandleFunc("GET /empty", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	serve.Handle("GET /redirect", http.RedirectHandler("/empty", http.StatusFound))
	serve.HandleFunc("GET /long", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, apollo.MaxBody+1)) })
	serve.HandleFunc("GET /limit", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, apollo.MaxBody)) })
	serve.HandleFunc("GET /twice", func(w http.ResponseWriter, _ *http.Request) {
		connection, stream, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		for _, text := range []string{"first", "other"} {
			fmt.Fprintf(stream, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n%s", text)
		}
		_ = stream.Flush()
		time.AfterFunc(5*time.Second, func() { _ = connection.Close() })
	})
	serve.HandleFunc("GET /cut", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = w.Write([]byte("half"))
		panic(http.ErrAbortHandler)
	})
	server := httptest.NewServer(serve)
	t.Cleanup(server.Close)

	tab, err := w.OpenTab(w.ctx, server.URL+"/")
	require.NoError(t, err)
	require.NoError(t, tab.WaitFor(w.ctx, `document.title.startsWith("exit ")`))
	var title string
	require.NoError(t, tab.Eval(w.ctx, `document.title`, &title))
	log, err := tab.Text(w.ctx, "#log")
	require.NoError(t, err)
	assert.Equal(t, "exit 0", title, log)
	assert.Contains(t, log, "--- PASS: TestDatabase")
	assert.Contains(t, log, "--- PASS: TestMirror")
	assert.NotContains(t, log, "--- SKIP")
}

// testProgram compiles the tests of a package for the browser: test.wasm in the
// folder that it gives.
func testProgram(t *testing.T, of string) (folder string) {
	t.Helper()
	folder = t.TempDir()
	build := exec.CommandContext(t.Context(), "go", "test", "-c", "-o", filepath.Join(folder, "test.wasm"), of)
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	output, err := build.CombinedOutput()
	require.NoError(t, err, string(output))
	return folder
}
