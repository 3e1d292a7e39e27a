package engine

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"strconv"
	"strings"
)

// params are a request's parameters, of its query and its body together: Apollo
// makes no difference between them. Values of the query are strings or lists of
// strings; values of the body are what JSON has, numbers as json.Number.
type params map[string]any

var errNotJSON = errors.New("the body is not JSON")

// readParams merges the query and the body, the body winning. A body that is
// JSON but no object has no parameters; an empty body is no body.
func readParams(query url.Values, contentType string, body []byte) (params, error) {
	p := params{}
	addForm(p, query)
	body = bytes.TrimSpace(body)
	if len(body) == 0 {
		return p, nil
	}
	if form := strings.HasPrefix(contentType, "application/x-www-form-urlencoded"); form && body[0] != '{' && body[0] != '[' {
		values, err := url.ParseQuery(string(body))
		if err != nil {
			return p, errNotJSON
		}
		addForm(p, values)
		return p, nil
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return p, errNotJSON
	}
	if _, err := d.Token(); err != io.EOF {
		return p, errNotJSON
	}
	if object, ok := v.(map[string]any); ok {
		for k, v := range object {
			p[k] = v
		}
	}
	return p, nil
}

func addForm(p params, values url.Values) {
	for k, v := range values {
		if list, ok := strings.CutSuffix(k, "[]"); ok {
			items := make([]any, len(v))
			for i := range v {
				items[i] = v[i]
			}
			p[list] = items
			continue
		}
		p[k] = v[len(v)-1]
	}
}

func (p params) has(key string) bool {
	_, ok := p[key]
	return ok
}

// text is a scalar as a string: a number or a bool as it is written, "" for
// null, for a list or object, and for nothing.
func (p params) text(key string) string { return scalar(p[key]) }

func scalar(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}

// list is a list of scalars; one scalar is a list of one.
func (p params) list(key string) []string {
	switch v := p[key].(type) {
	case nil:
		return nil
	case []any:
		items := make([]string, 0, len(v))
		for _, item := range v {
			items = append(items, scalar(item))
		}
		return items
	default:
		if s := scalar(v); s != "" {
			return []string{s}
		}
		return nil
	}
}

func (p params) bool(key string) bool {
	switch p.text(key) {
	case "true", "1", "t", "yes", "on":
		return true
	}
	return false
}

// id is an object id, or "" for null and nothing. A malformed one is refused
// with its value echoed.
func (p params) id(key string) (string, *refusal) {
	id := p.text(key)
	if id == "" && !isComposite(p[key]) {
		return "", nil
	}
	if !validID(id) {
		return "", malformedID(id)
	}
	return strings.ToLower(id), nil
}

// setID stores the id in field if the key is given at all.
func (p params) setID(key string, field *string) *refusal {
	if !p.has(key) {
		return nil
	}
	id, r := p.id(key)
	if r == nil {
		*field = id
	}
	return r
}

func isComposite(v any) bool {
	switch v.(type) {
	case []any, map[string]any:
		return true
	}
	return false
}
