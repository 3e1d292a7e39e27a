package gateway

import (
	"net/http"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
)

// allow lets the page of a listed extension read the answer. Only the very origin
// is named, never all of them, and no cookies.
func (g *Gateway) allow(a *answer, header http.Header) {
	if origin := header.Get("origin"); g.extensions[origin] {
		a.set("access-control-allow-origin", origin)
		a.set("access-control-expose-headers", "retry-after, dealmark-budget")
	}
}

// checkOrigin refuses the pages of the web. An extension of Firefox has an origin
// of its own in each installation, which nobody can list; it reads answers by its
// permission for the host, without being allowed here.
func (g *Gateway) checkOrigin(header http.Header) error {
	for _, origin := range header.Values("origin") {
		if !g.extensions[origin] && !strings.HasPrefix(origin, "moz-extension://") || len(header.Values("origin")) > 1 {
			return &problem{status: 403, code: "origin", title: "The origin is not allowed", kind: crm.Forbidden,
				detail: "The page that asks does not belong to an extension that the gateway lists."}
		}
	}
	return nil
}

// preflight answers the question that a browser asks before a request.
func (g *Gateway) preflight(r *http.Request) (answer, error) {
	if !g.extensions[r.Header.Get("origin")] {
		return answer{}, &problem{status: 403, code: "origin", title: "The origin is not allowed", kind: crm.Forbidden,
			detail: "The page that asks does not belong to an extension that the gateway lists."}
	}
	a := answer{status: 204}
	a.set("access-control-allow-methods", "GET, POST, PATCH")
	a.set("access-control-allow-headers", "authorization, content-type, "+keyHeader)
	a.set("access-control-max-age", "600")
	return a, nil
}
