package gateway

import (
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/dealmark/dealmark/internal/crm"
)

// keyHeader is where a write carries its operation id: the field that the IETF's
// draft names for it. In the body it would be one of the object's fields, and
// would be part of what "the same body" means.
const keyHeader = "idempotency-key"

// admit refuses by what is known before anything is looked up.
func (g *Gateway) admit(r *http.Request) error {
	size := len(r.Method) + len(r.RequestURI)
	if r.RequestURI == "" {
		size += len(r.URL.String())
	}
	for name, values := range r.Header {
		for _, value := range values {
			size += len(name) + len(value)
		}
	}
	switch {
	case size > g.policy.MaxHeader:
		return invalid(431, "header_too_large", "The header is too long", "The header may have 8 KiB.")
	case r.ContentLength > g.policy.MaxBody:
		return tooLarge()
	}
	return g.checkOrigin(r.Header)
}

func tooLarge() *problem {
	return invalid(413, "body_too_large", "The body is too long", "The body may have 64 KiB.")
}

// find finds the route. Only a path that is spelled plainly is one.
func (g *Gateway) find(q *request, r *http.Request) error {
	var methods []string
	if path := r.URL.EscapedPath(); path == r.URL.Path {
		for _, route := range g.routes {
			id, fits := route.fits(path)
			switch {
			case fits && route.method == r.Method:
				q.route, q.id = route, id
				return nil
			case fits:
				methods = append(methods, route.method)
			}
		}
	}
	if len(methods) > 0 {
		p := invalid(405, "method", "The method is not allowed", "This address has "+strings.Join(methods, " and ")+".")
		p.allow = strings.Join(methods, ", ")
		return p
	}
	return &problem{status: 404, code: "no_route", title: "There is no such address", kind: crm.NotFound,
		detail: "The addresses are described at /openapi.json."}
}

// read reads the query, the operation's id and the body, and refuses what does
// not belong to the route.
func (g *Gateway) read(q *request, r *http.Request) error {
	given, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return invalid(400, "query", "The query cannot be read", "The query holds a sign that is not encoded as it must be.")
	}
	q.query = map[string]string{}
	for name, values := range given {
		if len(values) > 1 || !q.route.takes(name) {
			return invalid(400, "unknown_parameter", "A parameter is not known", "The query holds a parameter that this address does not have, or one twice.")
		}
		if !utf8.ValidString(values[0]) || len(values[0]) > 200 {
			return invalid(400, "query", "The query cannot be read", "A parameter is too long or not UTF-8.")
		}
		q.query[name] = values[0]
	}
	if !q.route.write {
		if r.ContentLength > 0 || len(r.TransferEncoding) > 0 {
			return invalid(400, "body", "A body is not expected", "This request has no body.")
		}
		return nil
	}
	if len(r.Header.Values(keyHeader)) == 1 {
		q.key = r.Header.Get(keyHeader)
	}
	if strings.HasSuffix(q.route.path, "/{operation}") {
		q.key = q.id
	}
	if !isOperation(q.key) {
		return invalid(400, "operation_id", "The operation's id is missing", "A write needs one header Idempotency-Key with 32 hexadecimal digits in lower case: 128 random bits, the same whenever this write is sent again.")
	}
	if kind, _, _ := strings.Cut(r.Header.Get("content-type"), ";"); !strings.EqualFold(strings.TrimSpace(kind), "application/json") {
		return invalid(415, "content_type", "The body is not JSON", "The body must be of the type application/json.")
	}
	if encoding := r.Header.Get("content-encoding"); encoding != "" && encoding != "identity" {
		return invalid(415, "content_encoding", "The body is encoded", "The body must not be compressed.")
	}
	q.body, err = io.ReadAll(io.LimitReader(r.Body, g.policy.MaxBody+1))
	switch {
	case int64(len(q.body)) > g.policy.MaxBody:
		return tooLarge()
	case err != nil:
		return invalid(400, "body", "The body is not complete", "The body ended before its end.")
	}
	return checkJSON(q.body, g.policy.MaxDepth)
}

func isOperation(id string) bool { return len(id) == 32 && consists(id, "0123456789abcdef") }

// number reads a whole number from the query.
func (q *request) number(name string, otherwise, least, most int) (int, error) {
	text := q.query[name]
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most {
		return 0, parameter(name, "a whole number from "+strconv.Itoa(least)+" to "+strconv.Itoa(most))
	}
	return n, nil
}

func parameter(name, needs string) *problem {
	p := invalid(400, "parameter", "A parameter cannot be used", "The parameter "+name+" must be "+needs+".")
	p.field = name
	return p
}
