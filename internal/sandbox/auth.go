package sandbox

import (
	"crypto/subtle"
	"slices"
	"strings"
)

// authorize finds the credential of a call and refuses it if it is missing,
// misplaced or without the right to the endpoint.
func (s *Server) authorize(call Call, p params, e *endpoint) *refusal {
	if p.has("api_key") {
		return misplacedKey()
	}
	key, token := s.credential(call)
	switch {
	case key == nil && token:
		return badToken()
	case key == nil:
		return badKey()
	case key.Master || e.oauth == "":
		return nil
	case token && !slices.Contains(key.Scopes, e.oauth):
		return tokenOutOfScope(e.scope)
	case !token && !slices.Contains(key.Scopes, e.scope):
		return keyOutOfScope(e.scope)
	}
	return nil
}

// credential is the key in x-api-key, else the access token in Authorization;
// nil if it is none of ours. A key is no token and a token is no key.
func (s *Server) credential(call Call) (key *Key, token bool) {
	secret := call.Header["x-api-key"]
	if bearer, ok := cutScheme(call.Header["authorization"]); ok && secret == "" {
		secret, token = bearer, true
	}
	for i := range s.keys {
		k := &s.keys[i]
		if k.Token == token && secret != "" && subtle.ConstantTimeCompare([]byte(k.Secret), []byte(secret)) == 1 {
			return k, token
		}
	}
	return nil, token
}

func cutScheme(authorization string) (token string, ok bool) {
	scheme, token, found := strings.Cut(authorization, " ")
	return strings.TrimSpace(token), found && strings.EqualFold(scheme, "Bearer")
}
