//go:build !js

package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// steps are all checks in the order of their runs: the quick ones first.
var steps = []step{
	{name: "format", what: "gofmt lists no Go file", run: format},
	{name: "vet", what: "go vet, native", run: func(ctx context.Context) outcome {
		return command(ctx, nil, "go", "vet", "./...")
	}},
	{name: "vet-js", what: "go vet, GOOS=js GOARCH=wasm", run: func(ctx context.Context) outcome {
		return command(ctx, []string{"GOOS=js", "GOARCH=wasm"}, "go", "vet", "./...")
	}},
	{name: "modules", what: "go mod verify: what was downloaded is what go.sum has", run: func(ctx context.Context) outcome {
		return command(ctx, nil, "go", "mod", "verify")
	}},
	{name: "types", what: "tsc over the JavaScript of the extension and of the Worker", run: types},
	{name: "build", what: "the extension, for the stores and for development", run: build},
	{name: "lint", what: "web-ext lint over Firefox's package, without a warning", needs: []string{"build"}, run: func(ctx context.Context) outcome {
		return command(ctx, nil, "extension/node_modules/.bin/web-ext", "lint", "--source-dir=build/firefox",
			"--warnings-as-errors", "--no-input", "--no-config-discovery", "--boring")
	}},
	{name: "size", what: "each part of the package within its budget", needs: []string{"build"}, run: size},
	{name: "native", what: "go test -race of every package but e2e", run: native},
	{name: "js", what: "the same tests under GOOS=js GOARCH=wasm, in Node", beside: "native", run: js},
	{name: "web", what: "the gateway's Worker within its size", beside: "native", run: func(ctx context.Context) outcome {
		return command(ctx, nil, "web/build.sh")
	}},
	{name: "web-test", what: "the Worker in workerd with D1: its pool, and the gateway's suite", needs: []string{"web", "build"}, beside: "native", run: web},
	{name: "browser", what: "the tests in a real Chromium and a real Firefox, internal/e2e", needs: []string{"build"}, run: browserTests(2, 40*time.Minute)},
}

func format(ctx context.Context) outcome {
	var folders []string
	for _, folder := range []string{"internal", "wasm", "web"} {
		if _, err := os.Stat(folder); err == nil {
			folders = append(folders, folder)
		}
	}
	listed, err := exec.CommandContext(ctx, "gofmt", append([]string{"-l"}, folders...)...).CombinedOutput()
	if err == nil && len(listed) > 0 {
		err = errors.New(`not as gofmt writes it; run "gofmt -w" on these files`)
	}
	return outcome{output: string(listed), err: err}
}

func types(ctx context.Context) outcome {
	for _, folder := range []string{"extension", "web"} {
		if o := command(ctx, nil, folder+"/node_modules/.bin/tsc", "--project", folder, "--pretty", "false"); o.err != nil {
			return o
		}
	}
	return outcome{}
}

func build(ctx context.Context) outcome {
	const pack = "./internal/cmd/pack"
	for _, args := range [][]string{
		{pack, "-browser", "chromium"},
		{pack, "-browser", "firefox"},
		{"./internal/cmd/release"},
		{pack, "-out", "build/chromium-development", "-development"},
		{pack, "-browser", "firefox", "-out", "build/firefox-development", "-development"},
	} {
		if made := command(ctx, nil, "go", append([]string{"run"}, args...)...); made.err != nil {
			return made
		}
	}
	return outcome{}
}

// size shows what the core is made of, also where it fits.
func size(ctx context.Context) outcome {
	output, err := exec.CommandContext(ctx, "go", "run", "./internal/cmd/size").CombinedOutput()
	return outcome{output: string(output), err: err}
}

func native(ctx context.Context) outcome {
	packages, err := testedPackages(ctx, nil)
	if err != nil {
		return outcome{err: err}
	}
	return goTest(ctx, nil, append([]string{"-race"}, packages...)...)
}

func js(ctx context.Context) outcome {
	env := []string{"GOOS=js", "GOARCH=wasm"}
	packages, err := testedPackages(ctx, env)
	if err != nil {
		return outcome{err: err}
	}
	root, err := exec.CommandContext(ctx, "go", "env", "GOROOT").Output()
	if err != nil {
		return outcome{err: err}
	}
	runner := filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "go_js_wasm_exec")
	return goTest(ctx, env, append([]string{"-exec=" + runner}, packages...)...)
}

func web(ctx context.Context) outcome {
	tests, err := filepath.Glob("web/test/*.test.js")
	if err != nil || len(tests) == 0 {
		return outcome{err: errors.Join(err, errors.New("web/test has no tests"))}
	}
	if o := command(ctx, nil, "node", append([]string{"--test"}, tests...)...); o.err != nil {
		return o
	}
	// What it loads from build/ is unknown to the test cache.
	return goTest(ctx, nil, "-count=1", "./web")
}

// testedPackages lists the packages with tests for a target, without the ones
// that need a browser or workerd.
func testedPackages(ctx context.Context, env []string) ([]string, error) {
	all, err := withTests(ctx, env, "./...")
	packages := slices.DeleteFunc(all, func(path string) bool {
		return strings.Contains(path+"/", "/internal/e2e/") || strings.HasSuffix(path, "/web")
	})
	return packages, err
}

// withTests lists the packages of a pattern that have tests for a target.
func withTests(ctx context.Context, env []string, pattern string) ([]string, error) {
	list := exec.CommandContext(ctx, "go", "list", "-f",
		"{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}", pattern)
	list.Env = append(os.Environ(), env...)
	list.Stderr = os.Stderr
	output, err := list.Output()
	if err != nil {
		return nil, err
	}
	packages := strings.Fields(string(output))
	if len(packages) == 0 {
		return nil, errors.New("no package of " + pattern + " has tests")
	}
	return packages, nil
}
