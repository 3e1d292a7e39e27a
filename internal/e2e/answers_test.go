//go:build !js

package e2e_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strconv"

	"github.com/stretchr/testify/require"
)

// answers puts something between the extension and Apollo that changes the body of
// every answer.
func (w *world) answers(change func(body []byte) []byte) {
	w.t.Helper()
	base, err := url.Parse(w.apollo.Base())
	require.NoError(w.t, err)
	between := httptest.NewServer(&httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(&url.URL{Scheme: base.Scheme, Host: base.Host}) },
		ModifyResponse: func(answer *http.Response) error {
			body, err := io.ReadAll(answer.Body)
			if err != nil {
				return err
			}
			body = change(body)
			answer.Body = io.NopCloser(bytes.NewReader(body))
			answer.ContentLength = int64(len(body))
			answer.Header.Set("Content-Length", strconv.Itoa(len(body)))
			return nil
		},
	})
	w.whole.Cleanup(between.Close)
	require.NoError(w.t, w.Forget(w.ctx, between.URL+base.Path, key))
}
