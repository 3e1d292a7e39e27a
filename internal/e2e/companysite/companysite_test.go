package companysite_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/dealmark/dealmark/internal/e2e/companysite"
)

func TestHandler(t *testing.T) {
	for name, c := range map[string]struct {
		url  string
		code int
		has  []string
		not  []string
	}{
		"a company": {
			url: "http://www.acme.test/about?x=1", code: http.StatusOK,
			has: []string{"<title>Acme — Rockets and anvils since 1949</title>", `<meta property="og:site_name" content="Acme Corporation">`},
		},
		"without www, with a port": {url: "http://ACME.test:8080/", code: http.StatusOK, has: []string{"Acme Corporation"}},
		"no site name":             {url: "http://globex.test/", code: http.StatusOK, not: []string{"og:site_name"}},
		"hostile text is text": {
			url: "http://hostile.test/", code: http.StatusOK,
			has: []string{"&lt;img src=x onerror=alert(1)&gt; \u202e"}, not: []string{"<img", "<script"},
		},
		"a network": {url: "https://www.linkedin.com/company/acme", code: http.StatusOK, has: []string{`href="http://www.acme.test/"`}},
		"no site":   {url: "http://nobody.test/", code: http.StatusNotFound},
	} {
		t.Run(name, func(t *testing.T) {
			answer := httptest.NewRecorder()
			companysite.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, c.url, nil))
			assert.Equal(t, c.code, answer.Code)
			for _, text := range c.has {
				assert.Contains(t, answer.Body.String(), text)
			}
			for _, text := range c.not {
				assert.NotContains(t, answer.Body.String(), text)
			}
		})
	}
}
