package gatewaytest

import (
	"net/http"
	"regexp"
	"strings"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/gateway"
)

// describe reads the target's description, against which every answer of the whole
// suite is held.
func (s *suite) describe() {
	r := s.get(None, "/openapi.json")
	require.Equal(s, 200, r.Status)
	s.description = &document{r.Body}
}

// described fails the test if an answer is not as the description says. What is
// no route has no description.
func (s *suite) described(request *http.Request, r reply) {
	if s.description == nil {
		return
	}
	for _, route := range gateway.Routes() {
		if route.Method == request.Method && pattern(route.Path).MatchString(request.URL.EscapedPath()) {
			assert.NoError(s, s.description.check(route.Method, route.Path, r), "%s", r.Raw)
		}
	}
}

func pattern(path string) *regexp.Regexp {
	path = strings.ReplaceAll(path, "{id}", "[0-9a-f]{24}")
	path = strings.ReplaceAll(path, "{operation}", "[0-9a-f]{32}")
	return regexp.MustCompile("^" + strings.ReplaceAll(path, "{domain}", `[a-z0-9-]+(\.[a-z0-9-]+)+`) + "$")
}

// testDescription compares the description with the table of routes; its schemas
// are held against real answers by every other test.
func testDescription(s *suite) {
	assert.Equal(s, "3.1.0", s.description.root["openapi"])
	described := 0
	for _, item := range s.description.root["paths"].(map[string]any) {
		described += len(item.(map[string]any))
	}
	routes := gateway.Routes()
	assert.Equal(s, len(routes), described, "operations that are described")
	for _, route := range routes {
		op := s.description.operation(route.Method, route.Path)
		if !assert.NotNil(s, op, "%s %s is not described", route.Method, route.Path) {
			continue
		}
		var query []string
		key := false
		parameters, _ := op["parameters"].([]any)
		for _, p := range parameters {
			p := p.(map[string]any)
			switch p["in"] {
			case "query":
				query = append(query, p["name"].(string))
			case "header":
				key = p["name"] == "Idempotency-Key"
			}
		}
		name := route.Method + " " + route.Path
		assert.ElementsMatch(s, route.Query, query, name)
		assert.Equal(s, route.Write && !strings.Contains(route.Path, "{operation}"), key, name)
		assert.Equal(s, route.Write, op["requestBody"] != nil, name)
		assert.Equal(s, route.Scope != gateway.Public, len(op["security"].([]any)) > 0, name)
		if route.Scope != gateway.Public {
			assert.Contains(s, op["description"], string(route.Scope), name)
		}
	}
}
