package gatewaytest

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strconv"
	"strings"

	"github.com/stretchr/testify/assert"
)

func testBodies(s *suite) {
	for name, c := range map[string]struct {
		body   string
		status int
		code   string
	}{
		"no JSON":             {`name=x`, 400, "malformed"},
		"a list":              {`[]`, 400, "malformed"},
		"a text":              {`"x"`, 400, "malformed"},
		"cut":                 {`{"name":"x"`, 400, "malformed"},
		"two documents":       {`{"name":"x"}{}`, 400, "malformed"},
		"a member twice":      {`{"name":"x","name":"y"}`, 400, "malformed"},
		"twice, disguised":    {`{"name":"x","na\u006de":"y"}`, 400, "malformed"},
		"twice, deeper":       {`{"name":"x","new_account":{"name":"a","name":"b","domain":"a.test"}}`, 400, "malformed"},
		"not UTF-8":           {"{\"name\":\"\xff\"}", 400, "malformed"},
		"nested without end":  {`{"name":` + strings.Repeat(`[`, 30_000) + strings.Repeat(`]`, 30_000) + `}`, 400, "malformed"},
		"40 levels":           {`{"name":` + strings.Repeat(`[`, 40) + strings.Repeat(`]`, 40) + `}`, 400, "malformed"},
		"an unknown member":   {`{"name":"x","is_won":true}`, 400, "unknown_field"},
		"Apollo's own name":   {`{"name":"x","opportunity_stage_id":"6095a710bd01d100a506d4bd"}`, 400, "unknown_field"},
		"a prototype":         {`{"name":"x","__proto__":{}}`, 400, "unknown_field"},
		"a team":              {`{"name":"x","team":"southwind"}`, 400, "unknown_field"},
		"custom fields":       {`{"name":"x","typed_custom_fields":{}}`, 400, "unknown_field"},
		"a number as amount":  {`{"name":"x","amount":1e309}`, 400, "malformed"},
		"a list as name":      {`{"name":["x"]}`, 400, "malformed"},
		"no name":             {`{"amount":"1"}`, 422, "refused"},
		"a blank name":        {`{"name":"  "}`, 422, "refused"},
		"a name too long":     {`{"name":"` + strings.Repeat("x", 256) + `"}`, 422, "refused"},
		"a name with a line":  {`{"name":"x\ny"}`, 422, "refused"},
		"an amount with ,":    {`{"name":"x","amount":"55,123,478"}`, 422, "refused"},
		"an amount in words":  {`{"name":"x","amount":"$5k"}`, 422, "refused"},
		"no such day":         {`{"name":"x","close_date":"2025-02-30"}`, 422, "refused"},
		"an id with a path":   {`{"name":"x","account_id":"../users"}`, 422, "refused"},
		"an id of 23":         {`{"name":"x","stage_id":"6095a710bd01d100a506d4b"}`, 422, "refused"},
		"upper case":          {`{"name":"x","owner_id":"6095A710BD01D100A506D4BD"}`, 422, "refused"},
		"two accounts":        {`{"name":"x","account_id":"` + AccountAcme + `","new_account":{"name":"a","domain":"a.test"}}`, 422, "refused"},
		"a bad new account":   {`{"name":"x","new_account":{"name":"a","domain":"not a domain"}}`, 422, "refused"},
		"known, no ids":       {`{"name":"x","known":["y"]}`, 422, "refused"},
		"64 KiB and one byte": {`{"name":"x"` + strings.Repeat(" ", 64<<10-11) + `}`, 413, "body_too_large"},
	} {
		r := s.write(Write, "POST", "/v1/opportunities", NewID(), c.body)
		assert.Equal(s, c.status, r.Status, "%s: %s", name, r.Raw)
		assert.Equal(s, c.code, r.code(), name)
	}
	for name, body := range map[string]string{
		"nothing to change": `{}`, "only a base": `{"base":{"amount":"1"}}`, "the account": `{"account_id":"` + AccountAcme + `"}`, "closed": `{"closed":true}`,
		"a name away": `{"name":null}`, "an unknown base": `{"amount":"1","base":{"closed":true}}`,
	} {
		r := s.write(Write, "PATCH", "/v1/opportunities/"+OtherOpportunity, NewID(), body)
		assert.Contains(s, []int{400, 422}, r.Status, "%s: %s", name, r.Raw)
	}
	assert.Zero(s, requests(s.Sandbox, "opportunity.create"), "requests to Apollo")
	assert.Zero(s, requests(s.Sandbox, "opportunity.update"))
	assert.Zero(s, requests(s.Sandbox, "opportunity.view"))
}

func testBounds(s *suite) {
	var bomb bytes.Buffer
	packed := gzip.NewWriter(&bomb)
	_, _ = packed.Write(bytes.Repeat([]byte(" "), 10<<20))
	_ = packed.Close()
	id := func() []string { return []string{"Idempotency-Key", NewID()} }
	for name, c := range map[string]struct {
		body   string
		header []string
		status int
	}{
		"a gzip bomb":          {bomb.String(), append(id(), "Content-Encoding", "gzip"), 415},
		"a form":               {`{"name":"x"}`, append(id(), "Content-Type", "application/x-www-form-urlencoded"), 415},
		"a header of 9 KiB":    {`{"name":"x"}`, append(id(), "X-Long", strings.Repeat("x", 9<<10)), 431},
		"a body of a megabyte": {strings.Repeat(" ", 1<<20), id(), 413},
	} {
		// A server may close the connection on a body that it does not want to read,
		// and its answer is then lost now and then.
		var r reply
		var err error
		for tries := 0; tries == 0 || err != nil && len(c.body) > 4096 && tries < 20; tries++ {
			r, err = s.try(s.Context(), Write, "POST", "/v1/opportunities", c.body, c.header...)
		}
		assert.NoError(s, err, name)
		assert.Equal(s, c.status, r.Status, "%s: %s", name, r.Raw)
	}
	r := s.get(Write, "/v1/opportunities?text="+strings.Repeat("x", 300))
	assert.Equal(s, 400, r.Status)
	// Without a length, as a stream.
	stream, err := http.NewRequest("POST", s.URL+"/v1/opportunities", struct{ *strings.Reader }{strings.NewReader(strings.Repeat(" ", 100<<10))})
	assert.NoError(s, err)
	stream.ContentLength = -1
	stream.Header = http.Header{"Authorization": {"Bearer " + s.Token(Write)}, "Content-Type": {"application/json"}, "Idempotency-Key": {NewID()}}
	if answer, err := http.DefaultClient.Do(stream); err == nil {
		assert.Equal(s, 413, answer.StatusCode)
		_ = answer.Body.Close()
	}
	// Often: what one token may do in a minute.
	refused := 0
	for i := range 70 {
		r := s.write(Colleague, "PATCH", "/v1/opportunities/"+OtherOpportunity, NewID(), `{"nothing":`+strconv.Itoa(i)+`}`)
		if r.Status == 429 {
			refused++
			assert.Equal(s, "too_many_requests", r.code())
			assert.NotEmpty(s, r.Header.Get("Retry-After"))
		}
	}
	assert.GreaterOrEqual(s, refused, 1, "writes of one token beyond 60 a minute")
	assert.Equal(s, 200, s.get(Read, "/v1/me").Status, "of another token")
	assert.Equal(s, 200, s.get(Colleague, "/health").Status)
}

func testAddresses(s *suite) {
	for _, path := range []string{
		"/", "/v1", "/v1/", "/v2/me", "/v1/me/", "//v1/me", "/v1//me", "/v1/./me", "/v1/../v1/me", "/v1/../admin", "/v1/%6de", "/v1/me%2f", "/V1/me", "/v1/me;x=1",
		"/v1/opportunities/../me", "/v1/opportunities/%2e%2e", "/v1/opportunities/" + strings.ToUpper(AccountAcme), "/v1/opportunities/" + AccountAcme + "0",
		"/v1/opportunities/" + AccountAcme + "/roles", "/v1/operations/x", "/metrics", "/debug/pprof/", "/sandbox/log", "/api/v1/opportunities/search",
		"/v1/opportunities/http:%2f%2fevil.test", "/v1/companies/acme.test%00", "/v1/companies/a_b.test", "/v1/companies/" + strings.Repeat("a.", 130) + "test",
	} {
		r := s.get(Admin, path)
		assert.Contains(s, []int{404, 301, 307, 400}, r.Status, "%s: %s", path, r.Raw)
		assert.NotContains(s, string(r.Raw), "opportunities\":", path)
	}
	for _, method := range []string{"PUT", "DELETE", "HEAD", "TRACE"} {
		r, err := s.try(s.Context(), Admin, method, "/v1/opportunities", "")
		if err == nil {
			assert.Contains(s, []int{405, 501}, r.Status, method)
			assert.Contains(s, []string{"GET, POST", ""}, r.Header.Get("Allow"), method)
		}
	}
	r := s.do(Admin, "GET", "/v1/me", `{"a":1}`)
	assert.Contains(s, []int{200, 400}, r.Status, "a GET with a body is refused, or its body never arrives")
}

func testOrigins(s *suite) {
	listed := "chrome-extension://" + s.Extension
	for _, origin := range []string{
		"null", "https://evil.test", "http://localhost", "chrome-extension://", "chrome-extension://" + strings.Repeat("a", 32), listed + ".evil.test", listed + "/",
		"CHROME-EXTENSION://" + s.Extension, "https://" + s.Extension, listed + ", " + listed, "file://", "chrome-extension://" + s.Extension[:31], "*",
		"https://app.apollo.io", "chrome-extension://" + strings.ToUpper(s.Extension), listed + "\\", listed + ":443", "extension://" + s.Extension,
	} {
		r := s.do(Write, "GET", "/v1/me", "", "Origin", origin)
		assert.Equal(s, 403, r.Status, origin)
		assert.Equal(s, "origin", r.code(), origin)
		assert.Empty(s, r.Header.Get("Access-Control-Allow-Origin"), origin)
		r = s.do(None, "OPTIONS", "/v1/opportunities", "", "Origin", origin, "Access-Control-Request-Method", "POST")
		assert.Equal(s, 403, r.Status, origin)
		assert.Empty(s, r.Header.Get("Access-Control-Allow-Origin"), origin)
	}
	for _, header := range [][]string{{"Origin", listed}, nil, {"Origin", "moz-extension://0f6a1b2c-1111-2222-3333-444455556666"}} {
		r := s.do(Write, "GET", "/v1/me", "", header...)
		assert.Equal(s, 200, r.Status, header)
		if len(header) > 0 && header[1] == listed {
			assert.Equal(s, listed, r.Header.Get("Access-Control-Allow-Origin"))
		} else {
			assert.Empty(s, r.Header.Get("Access-Control-Allow-Origin"))
		}
		assert.Empty(s, r.Header.Get("Access-Control-Allow-Credentials"))
		assert.Contains(s, r.Header.Values("Vary"), "origin")
	}
	r := s.do(None, "OPTIONS", "/v1/opportunities", "", "Origin", listed, "Access-Control-Request-Method", "POST")
	assert.Equal(s, 204, r.Status)
	assert.Equal(s, listed, r.Header.Get("Access-Control-Allow-Origin"))
	assert.Contains(s, r.Header.Get("Access-Control-Allow-Headers"), "idempotency-key")
	assert.Equal(s, 401, s.do(None, "GET", "/v1/me", "", "Origin", listed).Status, "an origin is no token")
	assert.Equal(s, listed, s.do(None, "GET", "/v1/me", "", "Origin", listed).Header.Get("Access-Control-Allow-Origin"), "its page may read the refusal")
}
