//go:build !js

package gateway_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/gateway"
	"github.com/dealmark/dealmark/internal/gateway/gatewaytest"
	"github.com/dealmark/dealmark/internal/sandbox"
)

// reply is an answer of a handler that is asked without a network.
type reply struct {
	status int
	header http.Header
	raw    string
	body   map[string]any
}

// ask asks a gateway in a role.
func (w *world) ask(t testing.TB, g http.Handler, role gatewaytest.Role, method, path, id, body string) reply {
	r := httptest.NewRequestWithContext(context.Background(), method, path, strings.NewReader(body))
	if body == "" {
		r = httptest.NewRequestWithContext(context.Background(), method, path, nil)
	}
	r.Header.Set("Authorization", "Bearer "+w.tokens[role])
	r.Header.Set("Content-Type", "application/json")
	if id != "" {
		r.Header.Set("Idempotency-Key", id)
	}
	recorder := httptest.NewRecorder()
	g.ServeHTTP(recorder, r)
	a := reply{status: recorder.Code, header: recorder.Header(), raw: recorder.Body.String()}
	if strings.Contains(a.header.Get("Content-Type"), "json") {
		require.NoError(t, json.Unmarshal(recorder.Body.Bytes(), &a.body), a.raw)
	}
	return a
}

// create asks for a new opportunity.
func (w *world) create(t testing.TB, g http.Handler, role gatewaytest.Role, id, name string) reply {
	return w.ask(t, g, role, "POST", "/v1/opportunities", id, `{"name":"`+name+`"}`)
}

// gateway makes another instance, with the config changed.
func (w *world) gateway(t testing.TB, change func(*gateway.Config)) *gateway.Gateway {
	c := w.config
	if change != nil {
		change(&c)
	}
	g, err := gateway.New(c)
	require.NoError(t, err)
	return g
}

func (w *world) pass(d time.Duration) { w.now.Add(int64(d)) }

// made counts the opportunities of a name that an Apollo really made.
func made(s *sandbox.Server, name string) (n int) {
	for _, e := range s.Log() {
		if e.Operation == "opportunity.create" && e.Stored && e.Fields["name"] == name {
			n++
		}
	}
	return n
}

// requested counts the requests to an operation.
func requested(s *sandbox.Server, operation string) (n int) {
	for _, r := range s.Requests() {
		if r.Operation == operation {
			n++
		}
	}
	return n
}

// direct carries requests to the sandboxes in this process, by their keys, and
// their clock with the answers.
func (w *world) direct(servers ...*sandbox.Server) direct {
	d := direct{w, map[string]*sandbox.Server{gatewaytest.Key: w.Sandbox, gatewaytest.OtherKey: w.Other}}
	for _, s := range servers {
		d.servers[gatewaytest.Key] = s
	}
	return d
}

type direct struct {
	w       *world
	servers map[string]*sandbox.Server
}

// Do implements [apollo.Transport].
func (d direct) Do(_ context.Context, r apollo.Request) (apollo.Response, error) {
	call := sandbox.Call{Method: r.Method, Path: "/api/v1" + r.Path, Query: url.Values{}, Header: map[string]string{}, Body: bytes.Clone(r.Body)}
	for _, p := range r.Query {
		call.Query.Add(p.Name, p.Value)
	}
	for _, h := range r.Header {
		call.Header[h.Name] = h.Value
	}
	a := d.servers[call.Header["x-api-key"]].Answer(call)
	if a.Status == 0 {
		return apollo.Response{}, errors.New("the connection ended")
	}
	response := apollo.Response{Status: a.Status, Header: map[string]string{"date": d.w.clock().UTC().Format(http.TimeFormat)}, Body: a.Body}
	for name, values := range a.Header {
		response.Header[strings.ToLower(name)] = strings.Join(values, ", ")
	}
	return response, nil
}

// gatewayInside makes an instance that reaches the sandboxes without a network.
func (w *world) gatewayInside(t testing.TB) *gateway.Gateway {
	return w.gateway(t, func(c *gateway.Config) { c.Upstream = w.direct() })
}
