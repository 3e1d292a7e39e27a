// Command faulty misbehaves in every way that the Worker's entry must survive.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"syscall/js"
	"time"

	"github.com/syumai/workers/cloudflare"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/web/edge"
)

func main() {
	served, inside, behind, scheduled := 0, 0, 0, 0
	mux := http.NewServeMux()
	mux.HandleFunc("/health", func(w http.ResponseWriter, r *http.Request) {
		served++
		fmt.Fprintln(w, served)
	})
	mux.HandleFunc("/sleep", func(w http.ResponseWriter, r *http.Request) {
		inside++
		defer func() { inside-- }()
		fmt.Println("asleep")
		sleep(r)
		fmt.Fprintln(w, inside)
	})
	mux.HandleFunc("/cancelled", func(_ http.ResponseWriter, r *http.Request) {
		_, stop := context.WithTimeout(r.Context(), wait(r))
		defer stop()
		settled := make(chan struct{})
		js.Global().Get("Promise").Call("resolve").Call("then", js.FuncOf(func(js.Value, []js.Value) any {
			close(settled)
			return nil
		}))
		<-settled // idle, with the timer set
	})
	mux.HandleFunc("/panic", func(_ http.ResponseWriter, r *http.Request) {
		sleep(r)
		panic("on purpose")
	})
	mux.HandleFunc("/exit", func(http.ResponseWriter, *http.Request) { os.Exit(3) })
	mux.HandleFunc("/trap", func(http.ResponseWriter, *http.Request) {
		// A getter that throws, which syscall/js does not catch.
		js.Global().Get("Response").Get("prototype").Get("status")
	})
	mux.HandleFunc("/hang", func(http.ResponseWriter, *http.Request) { select {} })
	mux.HandleFunc("/behind", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, behind)
		behind++
		cloudflare.WaitUntil(func() {
			sleep(r)
			behind--
		})
	})
	mux.HandleFunc("/length", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		fmt.Fprintln(w, len(body), r.ContentLength, err)
	})
	mux.HandleFunc("/header", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, r.Header.Get("X-Test")) })
	mux.HandleFunc("/empty", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("/fetch", func(w http.ResponseWriter, r *http.Request) {
		ctx := r.Context()
		if d := wait(r); d > 0 {
			var stop context.CancelFunc
			ctx, stop = context.WithTimeout(ctx, d)
			defer stop()
		}
		answer, err := edge.Fetch{Timeout: time.Second}.Do(ctx, apollo.Request{
			Method: r.Method, Base: r.URL.Query().Get("base"), Path: r.URL.Query().Get("path"), Query: []apollo.Param{{Name: "a b", Value: "c&d"}},
			Header: []apollo.Param{{Name: "x-api-key", Value: "key"}}, Body: []byte(`{"name":"Deal"}`),
		})
		fmt.Fprintln(w, answer.Status, len(answer.Body), answer.Header["x-left"], errors.Is(err, apollo.ErrNotSent), err)
	})
	mux.HandleFunc("/scheduled", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, scheduled) })
	edge.Serve(mux, func(context.Context) error {
		if scheduled++; scheduled%2 == 0 {
			return errors.New("every second time")
		}
		return nil
	})
}

func sleep(r *http.Request) { time.Sleep(wait(r)) }

// wait is how long a request wants to wait: for a duration, or until a moment in
// milliseconds since 1970.
func wait(r *http.Request) time.Duration {
	if until, err := strconv.ParseInt(r.URL.Query().Get("until"), 10, 64); err == nil {
		return time.Until(time.UnixMilli(until))
	}
	d, _ := time.ParseDuration(r.URL.Query().Get("for"))
	return d
}
