package engine

import (
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"strconv"
)

const (
	jsonType = "application/json; charset=utf-8"
	textType = "text/plain; charset=utf-8"
	htmlType = "text/html; charset=utf-8"
)

// succeed is the 200 with what Apollo sends beside a body.
func (e *Engine) succeed(body any) Answer {
	a := e.answer(200, jsonType, mustJSON(body))
	a.Header["cache-control"] = []string{"max-age=0, private, must-revalidate"}
	sum := md5.Sum(a.Body)
	a.Header["etag"] = []string{`W/"` + hex.EncodeToString(sum[:]) + `"`}
	a.Header["set-cookie"] = []string{
		"X-CSRF-TOKEN=" + e.ids.request() + "; path=/; SameSite=Lax",
		"_leadgenie_session=" + e.ids.request() + "; path=/; HttpOnly; SameSite=Lax",
	}
	return a
}

func (e *Engine) refuse(r *refusal) Answer {
	a := e.answer(r.status, textType, []byte(r.plain))
	if r.plain == "" {
		a = e.answer(r.status, jsonType, mustJSON(r.body))
	}
	if r.retryAfter > 0 {
		a.Header["retry-after"] = []string{strconv.Itoa(r.retryAfter)}
	}
	return a
}

func (e *Engine) answer(status int, contentType string, body []byte) Answer {
	return Answer{Status: status, Body: body, Header: map[string][]string{
		"content-type":     {contentType},
		"cache-control":    {"no-cache"},
		"date":             {e.clock().Format("Mon, 02 Jan 2006 15:04:05 GMT")},
		"vary":             {"Origin"},
		"x-request-id":     {e.ids.request()},
		"x-transaction-id": {e.ids.request()},
		"x-runtime":        {"0.051383"},
	}}
}

// unmetered says whether a refusal comes before the counters, and so without
// their headers.
func unmetered(r *refusal) bool {
	if r == nil {
		return false
	}
	body, ok := r.body.(errorBody)
	return r.status == 401 || r.status == 403 || ok && body.Code == "INVALID_API_KEY_LOCATION"
}

func mustJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic("engine: an answer cannot be encoded: " + err.Error())
	}
	return b
}
