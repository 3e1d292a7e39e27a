// Package direct carries the requests of Apollo's client to a local Apollo in the
// same program, without a socket: tests of what asks Apollo need no server.
package direct

import (
	"context"
	"errors"
	"strings"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/sandbox"
)

// Transport is an [apollo.Transport] to a local Apollo, whatever the request's host.
type Transport struct{ Apollo *sandbox.Server }

// Do implements [apollo.Transport]. A connection that Apollo cuts is an error, as it
// is over a network.
func (t Transport) Do(ctx context.Context, r apollo.Request) (apollo.Response, error) {
	if err := ctx.Err(); err != nil {
		return apollo.Response{}, apollo.NotSent(err)
	}
	call := sandbox.Call{Method: r.Method, Path: "/api/v1" + r.Path, Query: map[string][]string{}, Header: map[string]string{}, Body: r.Body}
	for _, p := range r.Query {
		call.Query.Add(p.Name, p.Value)
	}
	for _, h := range r.Header {
		call.Header[h.Name] = h.Value
	}
	a := t.Apollo.Answer(call)
	if a.Status == 0 {
		return apollo.Response{}, errors.New("connection reset")
	}
	header := map[string]string{}
	for name, values := range a.Header {
		header[name] = strings.Join(values, ", ")
	}
	return apollo.Response{Status: a.Status, Header: header, Body: a.Body}, nil
}
