package gateway

import (
	"context"
	"net/http"
	"strings"
)

// ServeHTTP implements [http.Handler].
func (g *Gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	http.Error(w, "not yet", http.StatusNotImplemented)
}

// Sync does one step of what is to be done without a request: it reads the team's
// lists into the index as far as the budget allows, and goes on with writes whose
// end is not known. It says whether more could be done at once. Several instances
// may call it; one of them works.
func (g *Gateway) Sync(ctx context.Context) (more bool, err error) { return false, nil }

type route struct{}

func (g *Gateway) table() []route { return nil }

func consists(text, of string) bool { return strings.Trim(text, of) == "" }
