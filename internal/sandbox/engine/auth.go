package engine

import (
	"crypto/subtle"
	"slices"
	"strings"
)

// authorize finds the credential of a call and refuses it if it is missing,
// misplaced or without the right to the endpoint.
func (e *Engine) authorize(call Call, p params, at *endpoint) *refusal {
	if p.has("api_key") {
		return misplacedKey()
	}
	key, token := e.credential(call)
	switch {
	case key == nil && token:
		return badToken()
	case key == nil:
		return badKey()
	case key.Master || at.oauth == "":
		return nil
	case token && !slices.Contains(key.Scopes, at.oauth):
		return tokenOutOfScope(at.scope)
	case !token && !slices.Contains(key.Scopes, at.scope):
		return keyOutOfScope(at.scope)
	}
	return nil
}

// credential is the key in x-api-key, else the access token in Authorization;
// nil if it is none of ours. A key is no token and a token is no key.
func (e *Engine) credential(call Call) (key *Key, token bool) {
	secret := call.Header["x-api-key"]
	if bearer, ok := cutScheme(call.Header["authorization"]); ok && secret == "" {
		secret, token = bearer, true
	}
	for i := range e.keys {
		k := &e.keys[i]
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
