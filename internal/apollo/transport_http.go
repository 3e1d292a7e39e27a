//go:build !js

package apollo

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
)

// HTTP is the [Transport] of native programs, over net/http. The zero HTTP is
// ready; Through may be set to go another way than http.DefaultTransport.
type HTTP struct {
	Through http.RoundTripper
}

// Do implements [Transport].
func (t HTTP) Do(ctx context.Context, r Request) (Response, error) {
	var connected atomic.Bool // until then nothing can have been sent
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { connected.Store(true) },
	})
	request, err := http.NewRequestWithContext(ctx, r.Method, r.URL(), bytes.NewReader(r.Body))
	if err != nil {
		return Response{}, NotSent(err)
	}
	for _, h := range r.Header {
		request.Header.Set(h.Name, h.Value)
	}
	client := http.Client{Transport: t.Through, Timeout: Timeout, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
	answer, err := client.Do(request)
	if err != nil && !connected.Load() {
		return Response{}, NotSent(err)
	} else if err != nil {
		return Response{}, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, MaxBody+1))
	if err == nil && len(body) > MaxBody {
		err = errors.New("the answer is longer than 2 MiB")
	}
	header := make(map[string]string, len(answer.Header))
	for name, values := range answer.Header {
		header[strings.ToLower(name)] = strings.Join(values, ", ")
	}
	return Response{answer.StatusCode, header, body}, err
}
