package main

import (
	"context"
	"syscall/js"

	"github.com/dealmark/dealmark/internal/gateway"
	"github.com/dealmark/dealmark/internal/wire"
)

// logged writes one line of JSON for each request, as Workers Logs reads it.
// https://developers.cloudflare.com/workers/observability/logs/workers-logs/
func logged(_ context.Context, e gateway.Event) {
	w := new(wire.Writer).BeginObject()
	w.Text("route", e.Route).Member("status").Int(e.Status)
	w.Text("problem", e.Problem).Text("team", e.Team).Text("rep", e.Rep)
	w.Member("ms").Int(int(e.Took.Milliseconds())).Member("upstream").Int(e.Upstream)
	w.Text("panic", e.Panic)
	js.Global().Get("console").Call("log", string(w.EndObject().Bytes()))
}
