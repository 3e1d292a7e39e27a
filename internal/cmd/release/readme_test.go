//go:build !js

package main

import (
	"bytes"
	"context"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/sandbox"
)

var (
	inTable   = regexp.MustCompile("`((?:make|go) [^`]+)`")
	inBlock   = regexp.MustCompile(`^    ((?:make|go|curl|export|W|D1_\w+=\S+) .*)$`)
	described = regexp.MustCompile(` {2,}\S.*$`) // what stands beside a command in a block
)

// commands are the commands of README: one in a line of a code block, with the
// lines that it goes on in, or between backticks.
func commands(text string) (list []string) {
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); i++ {
		if m := inBlock.FindStringSubmatch(lines[i]); m != nil {
			command := described.ReplaceAllString(m[1], "")
			for open := func() bool { return strings.Count(command, "'")%2 == 1 || strings.HasSuffix(command, `\`) }; open() && i+1 < len(lines); {
				i++
				command += "\n" + strings.TrimSpace(lines[i])
			}
			list = append(list, strings.TrimSuffix(strings.TrimSpace(command), " &"))
			continue
		}
		for _, m := range inTable.FindAllStringSubmatch(lines[i], -1) {
			list = append(list, strings.ReplaceAll(m[1], `\|`, "|"))
		}
	}
	return list
}

func TestCommandsAreFound(t *testing.T) {
	text := "Say `make it`, not `else`.\n\n    make demo     does a job\n    curl -d '{\n        \"a\":1\n    }' \\\n        \"http://x\"\n\n| two | `go test -run 'A\\|B' ./c` |\n"
	assert.Equal(t, []string{"make it", "make demo", "curl -d '{\n\"a\":1\n}' \\\n\"http://x\"", "go test -run 'A|B' ./c"}, commands(text))
}

// trial says how a command of README is tried: as it stands, but for what it
// waits for, costs or names.
type trial struct {
	command *regexp.Regexp
	instead string // with the groups of command; "" for itself
	says    string // what the output has to match
}

// trials are tried in order, the first that matches counts. What takes minutes is
// tried without its work: a make target is planned, the tests of a pattern are
// listed, a flag of help shows that a subcommand is there. These lines are run
// whole elsewhere: test by CI, demo, size, pack and build by test's steps.
var trials = []trial{
	{regexp.MustCompile(`^make ([a-z-]+)$`), "make --dry-run $1", ``},
	{regexp.MustCompile(`^make screenshots ARGS=-readme$`), "go run ./internal/cmd/screenshots -h 2>&1 || true", `(?m)^  -readme$`},
	{regexp.MustCompile(`^D1_DATABASE_ID=… make web$`), "D1_DATABASE_ID=1 make --dry-run web", `build.sh`},
	{regexp.MustCompile(`^go test -run (\S+|'[^']+') (\./\S+)$`), "go test -list $1 $2", `(?m)^(Test|Fuzz)`},
	{regexp.MustCompile(`^go test (\./\S+)$`), "go test -list . $1", `(?m)^Test`},
	{regexp.MustCompile(`^(go run ./internal/cmd/sim) -seeds \d+$`), "$1 -seeds 200", `duplicates 0, lost 0, wrongly merged 0, overwritten 0`},
	{regexp.MustCompile(`^(go run ./internal/cmd/sim -story -seed) N$`), "$1 7", `Apollo has`},
	{regexp.MustCompile(`^go run ./internal/cmd/sim -mutants$`), "", `mutants, 0 survived`},
	{regexp.MustCompile(`^go run ./internal/cmd/sandbox .*$`), "$0 -addr 127.0.0.1:0 -dialect none 2>&1 || true", `dialect`},
	{regexp.MustCompile(`^(go run ./internal/cmd/dealmark company) URL…$`), "$1 https://shop.acme.co.uk", `acme\.co\.uk`},
	{regexp.MustCompile(`^go run ./internal/cmd/dealmark opportunities list$`), "$0 -base APOLLO", `Acme`},
	{regexp.MustCompile(`^go run ./internal/cmd/dealmark opportunities create .*$`), "", `From a script`},
	{regexp.MustCompile(`^go run ./internal/cmd/dealmark opportunities .*$`), "", `20,?000|Acme|NAME|Amount`},
	{regexp.MustCompile(`^go run ./internal/cmd/gateway tag$`), "$0 -upstream APOLLO", `has the field`},
	{regexp.MustCompile(`^go run ./internal/cmd/gateway token add -db .*$`), "$0", `dmk_`},
	{regexp.MustCompile(`^(go run ./internal/cmd/gateway token add -sql .*) > token.sql$`), "$1", `(?i)insert`},
	{regexp.MustCompile(`^go generate (\./\S+)$`), "go generate -n $1", `suffixes|icons`},
	{regexp.MustCompile(`^(go run ./internal/cmd/bench) -index$`), "$1 -h 2>&1 || true", `(?m)^  -index$`},
	{regexp.MustCompile(`^go run ./internal/cmd/words$`), "", `texts, 0 complaints`},
	{regexp.MustCompile(`^W ((?:d1 )?(?:migrations |secret )?\w+) .*$`), "web/node_modules/.bin/wrangler $1 --help", `wrangler`},
	{regexp.MustCompile(`(?s)^curl -X POST .*$`), "", `"opportunity":\{.*"name":"Opportunity Name"`},
	{regexp.MustCompile(`(?s)^curl -X PATCH .*$`), "", `"name":"Opportunity Name Updated"`},
	{regexp.MustCompile(`^curl .*/search"$`), "", `"opportunities":\[`},
	{regexp.MustCompile(`^curl .*`), "", `"opportunity":\{`},
	{regexp.MustCompile(`^export .*$`), "true", ``},
}

// Every command of README does what README says, against a local Apollo.
func TestCommandsOfREADME(t *testing.T) {
	if _, err := os.Stat(filepath.Join(repository(t), "web", "node_modules")); err != nil {
		t.Skip("make setup has not run: wrangler's commands cannot be tried")
	}
	seed := sandbox.DemoSeed()
	apollo := httptest.NewServer(sandbox.New(sandbox.Options{Keys: []sandbox.Key{{Secret: "KEY", Master: true}}, Seed: seed}))
	defer apollo.Close()
	known := seed.Opportunities[0].ID
	names := strings.NewReplacer("http://127.0.0.1:8700", apollo.URL, "APOLLO_USER_ID", "65f000020000000000000001", "OPPORTUNITY_ID", known,
		"APOLLO", apollo.URL+"/api/v1", "dealmark.db", filepath.Join(t.TempDir(), "dealmark.db"))
	used := make([]bool, len(trials))
	for _, command := range commands(read(t, "README.md")) {
		t.Run(command, func(t *testing.T) {
			for i, try := range trials {
				if !try.command.MatchString(command) {
					continue
				}
				used[i] = true
				script := command
				if try.instead != "" {
					script = try.command.ReplaceAllString(command, try.instead)
				}
				output := shell(t, names.Replace(script))
				if try.says != "" {
					assert.Regexp(t, try.says, output, script)
				}
				return
			}
			assert.Fail(t, "README has a command that nothing tries: give it a line in trials")
		})
	}
	for i, try := range trials {
		assert.True(t, used[i], "README has no command %s any more", try.command)
	}
}

func shell(t *testing.T, script string) string {
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Minute)
	defer stop()
	command := exec.CommandContext(ctx, "bash", "-euo", "pipefail", "-c", script)
	command.Dir = repository(t)
	command.Env = append(os.Environ(), "APOLLO_API_KEY=KEY", "CI=true", "WRANGLER_SEND_METRICS=false", "HOME="+t.TempDir(),
		"GOCACHE="+goEnv(t, "GOCACHE"), "GOMODCACHE="+goEnv(t, "GOMODCACHE"), "GOPROXY=off")
	var output bytes.Buffer
	command.Stdout, command.Stderr = &output, &output
	command.WaitDelay = time.Second // a child may outlive the shell and keep its output open
	require.NoError(t, command.Run(), "%s\n%s", script, output.String())
	return output.String()
}

func goEnv(t *testing.T, name string) string {
	value, err := exec.CommandContext(t.Context(), "go", "env", name).Output()
	require.NoError(t, err)
	return strings.TrimSpace(string(value))
}
