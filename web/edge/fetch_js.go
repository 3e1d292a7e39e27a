package edge

import (
	"cmp"
	"context"
	"errors"
	"syscall/js"
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
)

// Fetch carries requests by the Worker's fetch. It implements
// [apollo.Transport]: the runtime keeps no cookies and repeats nothing, a
// redirect comes back as it is, and time and size are limited.
// https://developers.cloudflare.com/workers/runtime-apis/fetch/
type Fetch struct {
	Timeout time.Duration // from the request's start to the body's end; 0 for apollo.Timeout
}

var errTooLong = errors.New("the answer is longer than 2 MiB")

// Do implements [apollo.Transport]. The runtime does not tell a connection that
// could not be made from one that was lost, so no failure is known to be not sent.
func (f Fetch) Do(ctx context.Context, r apollo.Request) (apollo.Response, error) {
	if err := ctx.Err(); err != nil {
		return apollo.Response{}, apollo.NotSent(err)
	}
	abort := js.Global().Get("AbortController").New()
	stop := context.AfterFunc(ctx, func() { abort.Call("abort") })
	defer stop()
	late := js.Global().Get("AbortSignal").Call("timeout", cmp.Or(f.Timeout, apollo.Timeout).Milliseconds())
	signal := js.Global().Get("AbortSignal").Call("any", []any{abort.Get("signal"), late})

	header := js.Global().Get("Object").New()
	for _, h := range r.Header {
		header.Set(h.Name, h.Value)
	}
	options := map[string]any{"method": r.Method, "headers": header, "redirect": "manual", "signal": signal}
	if r.Body != nil {
		options["body"] = bytesToJS(r.Body)
	}
	promise, err := attempt(func() js.Value { return js.Global().Call("fetch", r.URL(), options) })
	if err != nil {
		return apollo.Response{}, apollo.NotSent(err)
	}
	answer, err := await(promise)
	if err != nil {
		return apollo.Response{}, err
	}
	response := apollo.Response{Status: answer.Get("status").Int(), Header: headers(answer.Get("headers"))}
	if body := answer.Get("body"); body.Type() == js.TypeObject {
		response.Body, err = readAll(body.Call("getReader"))
	}
	if err != nil {
		abort.Call("abort")
	}
	return response, err
}

// readAll reads a stream up to the limit.
func readAll(reader js.Value) ([]byte, error) {
	var body []byte
	for {
		chunk, err := await(reader.Call("read"))
		if err != nil {
			return nil, err
		}
		if chunk.Get("done").Bool() {
			return body, nil
		}
		if body = append(body, bytesToGo(chunk.Get("value"))...); len(body) > apollo.MaxBody {
			return nil, errTooLong
		}
	}
}

func headers(h js.Value) map[string]string {
	m := map[string]string{}
	for entries := h.Call("entries"); ; {
		entry := entries.Call("next")
		if entry.Get("done").Bool() {
			return m
		}
		m[entry.Get("value").Index(0).String()] = entry.Get("value").Index(1).String()
	}
}
