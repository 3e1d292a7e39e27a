//go:build !js

package gateway_test

import (
	"bytes"
	"context"
	"strings"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/gateway/gatewaytest"
	"github.com/dealmark/dealmark/internal/sandbox"
)

// hiding is an Apollo in which one opportunity was deleted, and in whose lists
// another one is missed between two pages.
type hiding struct {
	direct
	gone, slipped string
}

func (w *world) hiding(s *sandbox.Server, gone string) hiding {
	return hiding{w.direct(s), gone, gatewaytest.Seed().Opportunities[1].ID}
}

// Do implements [apollo.Transport].
func (h hiding) Do(ctx context.Context, r apollo.Request) (apollo.Response, error) {
	if strings.HasSuffix(r.Path, h.gone) {
		return apollo.Response{Status: 404, Header: map[string]string{"content-type": "application/json"}, Body: []byte(`{"status":404,"error":"Not Found"}`)}, nil
	}
	response, err := h.direct.Do(ctx, r)
	if r.Path == "/opportunities/search" {
		for _, id := range []string{h.gone, h.slipped} {
			// The row stands under another's id that is in the list anyway.
			response.Body = bytes.ReplaceAll(response.Body, []byte(`"id":"`+id+`"`), []byte(`"id":"`+gatewaytest.Seed().Opportunities[2].ID+`"`))
		}
	}
	return response, err
}
