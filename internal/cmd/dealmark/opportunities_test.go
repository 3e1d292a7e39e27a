package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/sandbox"
)

const canary = "CANARY-dealmark-key"

var noon = time.Date(2026, 5, 18, 12, 0, 0, 0, time.UTC)

// handled carries requests to a handler without a socket.
type handled struct{ http.Handler }

func (h handled) Do(ctx context.Context, r apollo.Request) (apollo.Response, error) {
	request := httptest.NewRequestWithContext(ctx, r.Method, r.URL(), bytes.NewReader(r.Body))
	for _, p := range r.Header {
		request.Header.Set(p.Name, p.Value)
	}
	recorder := httptest.NewRecorder()
	h.ServeHTTP(recorder, request)
	answer := apollo.Response{Status: recorder.Code, Header: map[string]string{}, Body: recorder.Body.Bytes()}
	for name, values := range recorder.Header() {
		answer.Header[strings.ToLower(name)] = strings.Join(values, ", ")
	}
	return answer, nil
}

func newSandbox() *sandbox.Server {
	return sandbox.New(sandbox.Options{
		Keys: []sandbox.Key{{Secret: canary, Master: true}}, Clock: func() time.Time { return noon }, Seed: sandbox.DemoSeed(),
	})
}

func deals(t *testing.T, s http.Handler, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	status = run(context.Background(), append([]string{"opportunities"}, args...), world{
		stdout: &out, stderr: &errs, clock: func() time.Time { return noon }, transport: handled{s},
		env: func(name string) string { return map[string]string{"APOLLO_API_KEY": canary + "\n"}[name] },
	})
	assert.NotContains(t, out.String()+errs.String(), canary)
	return status, out.String(), errs.String()
}

// lines reads a JSON document from every line.
func lines(t *testing.T, text string) []map[string]any {
	t.Helper()
	var all []map[string]any
	for line := range strings.Lines(text) {
		var one map[string]any
		require.NoError(t, json.Unmarshal([]byte(line), &one), line)
		all = append(all, one)
	}
	return all
}

func TestOpportunities(t *testing.T) {
	s := newSandbox()
	status, out, errs := deals(t, s, "stages", "-json")
	require.Equal(t, 0, status, errs)
	stages := lines(t, out)
	require.NotEmpty(t, stages)
	qualify := stages[0]["id"].(string)
	assert.Equal(t, "open", stages[0]["state"])
	status, out, _ = deals(t, s, "stages")
	assert.Equal(t, 0, status)
	assert.Equal(t, len(stages)+1, strings.Count(out, "\n"))
	assert.Regexp(t, `(?m)^ID +NAME +PROBABILITY +STATE +PIPELINE$`, out)
	assert.Regexp(t, `Closed Won +100 % +won`, out)
	assert.Regexp(t, `Closed Lost +0 % +lost`, out)

	status, out, errs = deals(t, s, "list", "-json")
	require.Equal(t, 0, status, errs)
	before := lines(t, out)
	assert.Len(t, before, 33)
	acme := ""
	for _, o := range before {
		if o["account"] == "Acme Corporation" || o["domain"] == "acme.test" {
			acme = o["account_id"].(string)
		}
	}
	require.NotEmpty(t, acme)

	status, out, errs = deals(t, s, "create", "-json", "-name", "Acme third site", "-amount", "12500.50", "-stage", qualify, "-close-date", "2026-06-30", "-account", acme)
	require.Equal(t, 0, status, errs)
	made := lines(t, out)[0]
	assert.Equal(t, "12500.5", made["amount"])
	assert.Equal(t, stages[0]["name"], made["stage"])
	assert.Equal(t, "2026-06-30", made["close_date"])
	assert.Equal(t, acme, made["account_id"])
	id := made["id"].(string)

	status, out, errs = deals(t, s, "update", id, "-amount", "", "-name", "Acme third\tsite\x1b[31m")
	require.Equal(t, 0, status, errs)
	assert.NotContains(t, out, "amount")
	assert.NotContains(t, out, "\x1b")
	assert.Regexp(t, `(?m)^name +Acme third site`, out)

	status, out, errs = deals(t, s, "view", "-json", id)
	require.Equal(t, 0, status, errs)
	seen := lines(t, out)[0]
	assert.Equal(t, "Acme third\tsite\x1b[31m", seen["name"])
	assert.NotContains(t, seen, "amount")
	assert.Equal(t, "acme.test", seen["domain"])
	status, out, _ = deals(t, s, "view", id)
	assert.Equal(t, 0, status)
	assert.Regexp(t, `(?m)^link +https://app\.apollo\.io/#/opportunities/`+id+`$`, out)
	assert.Regexp(t, `(?m)^stage +`+stages[0]["name"].(string)+`$`, out)

	for name, test := range map[string]struct {
		args []string
		rows int
	}{
		"all":      {nil, 34},
		"with GET": {[]string{"-get"}, 34},
		"limit":    {[]string{"-limit", "3"}, 3},
		"name":     {[]string{"-name", "acme third"}, 1},
		"nothing":  {[]string{"-name", "no such opportunity"}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			status, out, errs := deals(t, s, append([]string{"list"}, test.args...)...)
			require.Equal(t, 0, status, errs)
			assert.Equal(t, test.rows, strings.Count(out, "\n")-1, out)
			assert.Regexp(t, `^ID +NAME +AMOUNT +STAGE +CLOSE DATE +ACCOUNT\n`, out)
			assert.Empty(t, errs)
		})
	}
	status, out, errs = deals(t, s, "list", "-json", "-account", acme, "-stage", qualify, "-sort", "amount", "-ascending")
	require.Equal(t, 0, status, errs)
	require.NotEmpty(t, out)
	for _, o := range lines(t, out) {
		assert.Equal(t, acme, o["account_id"], "what Apollo gives beside is left out")
		assert.Equal(t, qualify, o["stage_id"])
	}
}

// TestOpportunitiesFail says that a failure is one line and status 1.
func TestOpportunitiesFail(t *testing.T) {
	for name, test := range map[string]struct {
		fault sandbox.Fault
		args  []string
		says  string
	}{
		"refused":      {sandbox.Fault{Kind: sandbox.FaultStatus, Status: 403, Endpoint: "opportunity.search"}, []string{"list"}, "Ask your Apollo admin"},
		"lost":         {sandbox.Fault{Kind: sandbox.FaultStatus, Status: 502, Endpoint: "opportunity.create"}, []string{"create", "-name", "x"}, "not known whether the opportunity was created"},
		"not there":    {sandbox.Fault{Kind: sandbox.FaultStatus, Status: 200, Endpoint: "stage.list"}, []string{"view", "5f0000000000000000000000"}, "no such opportunity"},
		"no stages":    {sandbox.Fault{Kind: sandbox.FaultHTML, Endpoint: "stage.list"}, []string{"stages"}, "web page"},
		"limited":      {sandbox.Fault{Kind: sandbox.FaultRateLimit, RetryAfter: 9, Endpoint: "opportunity.search"}, []string{"list", "-json"}, "goes on in 9s"},
		"not as sent":  {sandbox.Fault{Kind: sandbox.FaultIgnore, Fields: []string{"amount"}, Endpoint: "opportunity.create"}, []string{"create", "-name", "x", "-amount", "5"}, "did not store everything"},
		"not as sent'": {sandbox.Fault{Kind: sandbox.FaultIgnore, Fields: []string{"amount"}, Endpoint: "opportunity.create"}, []string{"create", "-json", "-name", "x", "-amount", "5"}, `amount: sent "5", stored ""`},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSandbox()
			require.NoError(t, s.AddFault(test.fault))
			status, _, errs := deals(t, s, test.args...)
			assert.Equal(t, 1, status, errs)
			assert.Contains(t, errs, test.says)
			for line := range strings.Lines(errs) {
				assert.True(t, strings.HasPrefix(line, "dealmark opportunities: "+test.args[0]+": "), line)
			}
		})
	}
	t.Run("stages only for their names", func(t *testing.T) {
		s := newSandbox()
		require.NoError(t, s.AddFault(sandbox.Fault{Kind: sandbox.FaultHTML, Endpoint: "stage.list"}))
		status, out, errs := deals(t, s, "list", "-limit", "2")
		assert.Equal(t, 0, status)
		assert.Equal(t, 3, strings.Count(out, "\n"))
		assert.Contains(t, errs, "stages are shown by their ids")
	})
	t.Run("nobody reads", func(t *testing.T) {
		for _, args := range [][]string{{"list"}, {"list", "-json"}, {"stages"}, {"stages", "-json"}, {"create", "-name", "x"}} {
			var errs bytes.Buffer
			status := run(context.Background(), append([]string{"opportunities"}, args...), world{
				stdout: failingWriter{}, stderr: &errs, clock: func() time.Time { return noon }, transport: handled{newSandbox()},
				env: func(string) string { return canary },
			})
			assert.Equal(t, 1, status, args)
			assert.Contains(t, errs.String(), "pipe closed", args)
		}
	})
}

// TestOpportunitiesMisused says that a wrong call is one line, status 2, and
// nothing sent.
func TestOpportunitiesMisused(t *testing.T) {
	const id = "66e09ea8e3cfcf01b2208ec7"
	for says, args := range map[string][]string{
		"say what to do":                       {},
		`there is no "delete"`:                 {"delete", id},
		"-colour":                              {"list", "-colour"},
		"unexpected argument":                  {"list", "acme"},
		"24 digits":                            {"list", "-account", "acme"},
		"give amount, is_closed or is_won":     {"list", "-sort", "name"},
		"give 0 or more":                       {"list", "-limit", "-1"},
		"give the opportunity's id":            {"view"},
		"is not an opportunity's id":           {"view", "../users"},
		`unexpected argument "` + id + `"`:     {"view", id, id},
		"give the opportunity's -name":         {"create", "-amount", "5"},
		"give digits":                          {"create", "-name", "x", "-amount", "1,000"},
		"YYYY-MM-DD":                           {"create", "-name", "x", "-close-date", "30.6.2026"},
		"Nothing was changed":                  {"update", id},
		"The opportunity needs a name":         {"update", "-name", " ", id},
		"-account":                             {"update", id, "-account", id},
		"readable for everybody":               {"stages", "-base", "http://api.apollo.io/api/v1"},
		`invalid boolean value "2" for -json:`: {"stages", "-json=2"},
	} {
		t.Run(says, func(t *testing.T) {
			s := newSandbox()
			status, out, errs := deals(t, s, args...)
			assert.Equal(t, 2, status)
			assert.Empty(t, out)
			assert.Contains(t, errs, says)
			assert.Equal(t, 1, strings.Count(errs, "\n"), errs)
			assert.Empty(t, s.Requests())
		})
	}
	t.Run("no key", func(t *testing.T) {
		var out, errs bytes.Buffer
		status := run(context.Background(), []string{"opportunities", "list"}, world{
			stdout: &out, stderr: &errs, env: func(string) string { return " " },
		})
		assert.Equal(t, 2, status)
		assert.Equal(t, "dealmark opportunities: list: no API key: set APOLLO_API_KEY\n", errs.String())
	})
	t.Run("help", func(t *testing.T) {
		for _, verb := range []string{"list", "view", "create", "update", "stages"} {
			status, out, errs := deals(t, newSandbox(), verb, "-h")
			assert.Equal(t, 0, status)
			assert.Contains(t, out, "usage: dealmark opportunities "+verb)
			assert.Contains(t, out, "-base")
			assert.Empty(t, errs)
		}
	})
}
