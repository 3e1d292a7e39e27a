package apollo_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
)

func TestALockedKeyIsSaidToBeLocked(t *testing.T) {
	const locked crm.English = "The key is locked. Enter your passphrase."
	c := apollo.New(apollo.Options{Locked: locked, Transport: nil})
	_, err := c.Stages(t.Context())
	assert.Equal(t, crm.Unauthorized, crm.KindOf(err))
	assert.Equal(t, locked, crm.AsError(err).Message)
}

func TestCheckBase(t *testing.T) {
	for _, base := range []string{
		apollo.DefaultBase,
		"https://api.apollo.io/v1/",
		"https://gateway.example.com",
		"https://gateway.example.com:8443/team",
		"https://xn--bcher-kva.example/api",
		"http://127.0.0.1:8700/api/v1",
		"http://127.8.9.1",
		"http://localhost:8700/v1",
		"http://apollo.localhost/v1",
		"http://[::1]:8700/v1",
		"https://[2001:db8::1]/v1",
	} {
		assert.NoError(t, apollo.CheckBase(base), base)
	}
	for base, says := range map[string]string{
		"":                                   "must begin with https://",
		"api.apollo.io":                      "must begin with https://",
		"ftp://api.apollo.io":                "must begin with https://",
		"HTTPS://api.apollo.io":              "must begin with https://",
		"javascript:alert(1)":                "must begin with https://",
		"http://api.apollo.io/api/v1":        "readable for everybody",
		"http://127.0.0.1.example.com":       "readable for everybody",
		"http://localhost.example.com":       "readable for everybody",
		"http://127.1":                       "readable for everybody",
		"http://127.0.0.01":                  "readable for everybody",
		"http://10.0.0.1":                    "readable for everybody",
		"http://[::2]":                       "readable for everybody",
		"https://":                           "valid host",
		"https:///v1":                        "valid host",
		"https://.":                          "valid host",
		"https://a..b":                       "valid host",
		"https://a_b.example":                "valid host",
		"https://bücher.example":             "does not belong there",
		"https://api.apollo.io:0/":           "valid host",
		"https://api.apollo.io:65536":        "valid host",
		"https://api.apollo.io:":             "valid host",
		"https://api.apollo.io:80:80":        "valid host",
		"https://[::1":                       "valid host",
		"https://[]":                         "valid host",
		"https://[::1]x":                     "valid host",
		"https://[zz::1]":                    "valid host",
		"https://" + strings.Repeat("a", 64): "valid host",
		"https://me:pw@api.apollo.io":        "user name",
		"https://127.0.0.1@evil.example":     "user name",
		"http://localhost@evil.example":      "user name",
		"https://api.apollo.io/v1?key=x":     "without ? and #",
		"https://api.apollo.io?x":            "without ? and #",
		"https://api.apollo.io/#/keys":       "without ? and #",
		"https://api.apollo.io/../x":         ". or ..",
		"https://api.apollo.io/x/.":          ". or ..",
		"https://api.apollo.io/%2e%2e/x":     "does not belong there",
		"https://api.apollo.io\\@evil":       "does not belong there",
		"https://api.apollo.io/a b":          "does not belong there",
		"https://api.apollo.io/\n":           "does not belong there",
	} {
		err := apollo.CheckBase(base)
		if assert.Error(t, err, base) {
			assert.Contains(t, err.Error(), says, base)
			assert.Equal(t, crm.Invalid, crm.KindOf(err), base)
		}
	}
}

// TestConcurrentUse is for the race detector.
func TestConcurrentUse(t *testing.T) {
	c := client(answer(200, `{"opportunities":[]}`, left(9, 99, 300)...))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 20 {
				assert.NoError(t, calls[search](c))
				assert.False(t, c.Spare(search))
				_ = c.String()
			}
		})
	}
	all.Wait()
}

func TestBaseIsTidied(t *testing.T) {
	for base, want := range map[string]string{
		"":                                  "https://api.apollo.io/api/v1/auth/health",
		" https://gateway.example.com/a// ": "https://gateway.example.com/a/auth/health",
		"http://127.0.0.1:8700":             "http://127.0.0.1:8700/auth/health",
	} {
		c := apollo.New(apollo.Options{Base: base, Key: " " + canary + "\n", Clock: clock, Transport: transport(func(r apollo.Request) (apollo.Response, error) {
			assert.Equal(t, want, r.URL())
			assert.Contains(t, r.Header, apollo.Param{Name: "x-api-key", Value: canary})
			return response(200, `{"is_logged_in":true}`), nil
		})})
		assert.NoError(t, c.Health(context.Background()))
	}
}

func TestRequestURL(t *testing.T) {
	r := apollo.Request{Base: apollo.DefaultBase, Path: "/users/search"}
	assert.Equal(t, "https://api.apollo.io/api/v1/users/search", r.URL())
	r.Query = []apollo.Param{{"page", "1"}, {"q name", "a&b=c#é/ü?"}}
	assert.Equal(t, "https://api.apollo.io/api/v1/users/search?page=1&q%20name=a%26b%3Dc%23%C3%A9%2F%C3%BC%3F", r.URL())
}

// TestKeyIsNeverShown plants the key everywhere an answer or a transport could
// hold it, and prints all there is in every way there is.
func TestKeyIsNeverShown(t *testing.T) {
	var shown strings.Builder
	show := func(values ...any) {
		for _, v := range values {
			for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T", "%p"} {
				fmt.Fprintf(&shown, verb+"\n", v)
			}
			fmt.Fprintln(&shown, v)
		}
	}
	options := apollo.Options{Key: canary, Clock: clock, Transport: answer(200, "")}
	c := apollo.New(options)
	show(options.String(), options.GoString(), c, reflect.ValueOf(c).Elem())
	fmt.Fprintf(&shown, "%v %+v %#v %s", options, options, options, options)

	leak := errors.New("header x-api-key: " + canary + " refused")
	for _, do := range calls {
		for _, code := range []int{0, 200, 204, 302, 400, 401, 403, 404, 409, 422, 429, 500, 521} {
			for _, body := range []string{
				canary, `{"error":"` + canary + `"}`, `{"message":"bad ` + canary + ` is not a valid ID","error_code":"` + canary + `"}`,
				`{"error":"` + canary + ` does not exist"}`, `{"` + canary + `":`, `{"accounts":"` + canary + `"}`,
				`{"existing_accounts":[{"id":"` + accountID + `","name":"` + canary + `"}]}`, "<html>" + canary,
			} {
				err := do(client(answer(code, body, "retry-after", canary)))
				require.Error(t, err)
				show(err.Error(), *requireError(t, err))
			}
		}
		for _, cause := range []error{leak, apollo.NotSent(leak)} {
			err := do(client(func(r apollo.Request) (apollo.Response, error) {
				show(r.String(), r.GoString())
				fmt.Fprintf(&shown, "%v %+v %#v %s", r, r, r, r)
				assert.NotContains(t, r.URL(), canary)
				assert.NotContains(t, string(r.Body), canary)
				return apollo.Response{}, cause
			}))
			e := requireError(t, err)
			show(e.Error(), *e)
			assert.Equal(t, errors.Is(cause, apollo.ErrNotSent), errors.Is(e, apollo.ErrNotSent))
		}
	}
	hexed := fmt.Sprintf("%x", canary)
	for _, secret := range []string{canary, hexed, strings.ToUpper(hexed)} {
		assert.Equal(t, -1, strings.Index(shown.String(), secret), "the key was shown")
	}
	assert.Contains(t, shown.String(), "https://api.apollo.io/api/v1")
}
