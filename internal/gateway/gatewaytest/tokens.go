package gatewaytest

import (
	"strings"

	"github.com/stretchr/testify/assert"

	"github.com/dealmark/dealmark/internal/gateway"
)

func testTokens(s *suite) {
	me := s.get(Write, "/v1/me")
	assert.Equal(s, 200, me.Status)
	assert.Equal(s, []any{Team, "write", UserJonas, "write"}, []any{me.Body["team"], me.Body["rep"], me.Body["user_id"], me.Body["scope"]})

	token := s.Token(Write)
	for name, header := range map[string]string{
		"nothing": "", "no kind": token, "another kind": "Basic " + token, "cut": "Bearer " + token[:len(token)-1],
		"one sign changed": "Bearer " + strings.Replace(token, token[10:11], "9", 1), "a look-alike": "Bearer " + strings.Replace(token, "dmk", "dmк", 1),
		"twice": "Bearer " + token + " " + token, "an unknown one": "Bearer dmk_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa2IZnTk", "of Apollo": "Bearer " + Key,
	} {
		r := s.do(None, "GET", "/v1/me", "", "Authorization", header)
		assert.Equal(s, 401, r.Status, name)
		assert.Equal(s, "token", r.code(), name)
		assert.Equal(s, "Bearer", r.Header.Get("Www-Authenticate"), name)
	}
	// A key of Apollo in its header opens nothing and goes nowhere.
	assert.Equal(s, 401, s.do(None, "GET", "/v1/me", "", "X-Api-Key", Key).Status)

	s.Revoke(Write)
	assert.Equal(s, 401, s.get(Write, "/v1/me").Status, "the next request after a revocation")
	assert.Equal(s, 200, s.get(Colleague, "/v1/me").Status)
	assert.True(s, gateway.IsToken(token))
}
