package edge

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"syscall/js"

	"github.com/syumai/workers"
	"github.com/syumai/workers/cloudflare/cron"
)

// program is this program's own object of that name. A program that starts later
// puts another one in its place.
var program = js.Global().Get("context")

// Serve gives the handler to the entry, and the scheduled work, then never returns.
func Serve(handler http.Handler, scheduled func(context.Context) error) {
	workers.ServeNonBlock(whole{handler})
	cron.ScheduleTaskNonBlock(func(ctx context.Context) error {
		if err := scheduled(ctx); err != nil {
			program.Set("failure", err.Error()) // the library makes a panic of an error
		}
		return nil
	})
	workers.Ready()
	select {}
}

// whole lets requests and answers cross in one piece. The library's own streams
// keep 17 KB of every answer for ever, which a program for one request can afford.
type whole struct{ handler http.Handler }

func (h whole) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	mend(r)
	a := answer{header: w.Header(), status: http.StatusOK}
	h.handler.ServeHTTP(&a, r)
	w.WriteHeader(a.status)
	a.header.Del("Content-Length") // the runtime knows it
	// https://pkg.go.dev/github.com/syumai/workers/internal/jsutil#RawJSBodyWriter
	w.(interface{ WriteRawJSBody(js.Value) }).WriteRawJSBody(bytesToJS(a.body.Bytes()))
}

// mend puts right what the library makes of a request.
func mend(r *http.Request) {
	for name, values := range r.Header {
		r.Header[name] = []string{strings.Join(values, ",")} // it cuts at every comma
	}
	r.TransferEncoding = nil
	r.RequestURI = r.URL.RequestURI()
	r.Proto, r.ProtoMajor, r.ProtoMinor = "HTTP/1.1", 1, 1
	var body []byte
	if given := program.Get("body"); given.Type() == js.TypeObject {
		body = bytesToGo(given)
	}
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
}

// answer keeps an answer until it is complete.
type answer struct {
	header http.Header
	status int
	wrote  bool
	body   bytes.Buffer
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	if !a.wrote && status >= 200 { // nothing informational can be sent from here
		a.status, a.wrote = status, true
	}
}

func (a *answer) Write(b []byte) (int, error) {
	a.wrote = true
	return a.body.Write(b)
}

func bytesToJS(b []byte) js.Value {
	array := js.Global().Get("Uint8Array").New(len(b))
	js.CopyBytesToJS(array, b)
	return array
}

func bytesToGo(array js.Value) []byte {
	b := make([]byte, array.Get("length").Int())
	js.CopyBytesToGo(b, array)
	return b
}
