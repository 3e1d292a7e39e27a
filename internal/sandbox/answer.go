package sandbox

import (
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strconv"
)

const (
	jsonType = "application/json; charset=utf-8"
	textType = "text/plain; charset=utf-8"
	htmlType = "text/html; charset=utf-8"
)

// succeed is the 200 with what Apollo sends beside a body.
func (s *Server) succeed(body any) Answer {
	a := s.answer(200, jsonType, mustJSON(body))
	a.Header["cache-control"] = []string{"max-age=0, private, must-revalidate"}
	sum := md5.Sum(a.Body)
	a.Header["etag"] = []string{`W/"` + hex.EncodeToString(sum[:]) + `"`}
	a.Header["set-cookie"] = []string{
		"X-CSRF-TOKEN=" + s.ids.request() + "; path=/; SameSite=Lax",
		"_leadgenie_session=" + s.ids.request() + "; path=/; HttpOnly; SameSite=Lax",
	}
	return a
}

func (s *Server) refuse(r *refusal) Answer {
	a := s.answer(r.status, textType, []byte(r.plain))
	if r.plain == "" {
		a = s.answer(r.status, jsonType, mustJSON(r.body))
	}
	if r.retryAfter > 0 {
		a.Header["retry-after"] = []string{strconv.Itoa(r.retryAfter)}
	}
	return a
}

func (s *Server) answer(status int, contentType string, body []byte) Answer {
	return Answer{Status: status, Body: body, Header: map[string][]string{
		"content-type":     {contentType},
		"cache-control":    {"no-cache"},
		"date":             {s.clock().UTC().Format(http.TimeFormat)},
		"vary":             {"Origin"},
		"x-request-id":     {s.ids.request()},
		"x-transaction-id": {s.ids.request()},
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
		panic("sandbox: an answer cannot be encoded: " + err.Error())
	}
	return b
}
