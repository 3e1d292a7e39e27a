package apollo_test

import (
	"context"
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
)

// transport is an Apollo in memory: a function from request to answer.
type transport func(apollo.Request) (apollo.Response, error)

func (t transport) Do(_ context.Context, r apollo.Request) (apollo.Response, error) { return t(r) }

// canary is the key of every client in these tests; it must never be seen.
const canary = "CANARY-0123456789-key"

// noon is when these tests happen.
var noon = time.Date(2026, 5, 18, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return noon }

func client(t transport) *apollo.Client { return clientAt(t, clock) }

func clientAt(t transport, clock func() time.Time) *apollo.Client {
	return apollo.New(apollo.Options{Key: canary, Transport: t, Clock: clock})
}

// answer is one answer to everything.
func answer(status int, body string, header ...string) transport {
	return func(apollo.Request) (apollo.Response, error) {
		return response(status, body, header...), nil
	}
}

// response makes an answer with headers given as name, value, name, value.
func response(status int, body string, header ...string) apollo.Response {
	r := apollo.Response{Status: status, Header: map[string]string{}, Body: []byte(body)}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header[header[i]] = header[i+1]
	}
	return r
}
