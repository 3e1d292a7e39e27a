package browser

import (
	"context"
	"errors"
	"syscall/js"
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
)

// Fetch carries requests by the browser's fetch, or by what the place has instead. It implements
// [apollo.Transport]: no cookies, no cache, no redirects, limits on time and
// size. https://developer.mozilla.org/docs/Web/API/Window/fetch
type Fetch struct{ Place Place }

var errTooLong = errors.New("the answer is longer than 2 MB")

// Do implements [apollo.Transport].
func (f Fetch) Do(ctx context.Context, r apollo.Request) (apollo.Response, error) {
	if !js.Global().Get("navigator").Get("onLine").Bool() {
		return apollo.Response{}, apollo.NotSent(errors.New("this computer is offline"))
	}
	abort := js.Global().Get("AbortController").New()
	// Not context.WithTimeout: it brings the printing of times, 60 KB.
	timer := time.AfterFunc(apollo.Timeout, func() { abort.Call("abort") })
	defer timer.Stop()
	if done := ctx.Done(); done != nil { // not context.AfterFunc: 62 KB, for a context that nobody here ends
		go func() { <-done; abort.Call("abort") }()
	}

	header := js.Global().Get("Object").New()
	for _, h := range r.Header {
		header.Set(h.Name, h.Value)
	}
	options := map[string]any{
		"method":         r.Method,
		"headers":        header,
		"credentials":    "omit",
		"redirect":       "error",
		"cache":          "no-store",
		"referrerPolicy": "no-referrer",
		"signal":         abort.Get("signal"),
	}
	if r.Body != nil {
		options["body"] = copyIn(r.Body)
	}
	fetch := f.Place.fetch
	if fetch.IsUndefined() {
		fetch = js.Global().Get("fetch")
	}
	answer, err := await(fetch.Invoke(r.URL(), options))
	if err != nil && !allowed(r.Base) {
		err = apollo.ErrNotAllowed
	}
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

// allowed says whether the extension may reach an address. A rep may take that
// back at any time.
// https://developer.chrome.com/docs/extensions/reference/api/permissions
func allowed(base string) bool {
	permissions := js.Global().Get("chrome").Get("permissions")
	if permissions.IsUndefined() {
		return true // no extension's page
	}
	url := js.Global().Get("URL").New(base)
	origin := text(url.Get("protocol")) + "//" + text(url.Get("hostname")) + "/*"
	answer, err := await(permissions.Call("contains", map[string]any{"origins": []any{origin}}))
	return err != nil || answer.Truthy()
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
		value := chunk.Get("value")
		if len(body)+value.Length() > apollo.MaxBody {
			return nil, errTooLong
		}
		body = append(body, copyOut(value)...)
	}
}

func headers(from js.Value) map[string]string {
	all := map[string]string{}
	f := js.FuncOf(func(_ js.Value, args []js.Value) any {
		all[text(args[1])] = text(args[0]) // forEach gives the value first, names in lower case
		return nil
	})
	defer f.Release()
	from.Call("forEach", f)
	return all
}
