//go:build !js

package gateway_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/gateway/gatewaytest"
	"github.com/dealmark/dealmark/internal/sandbox"
)

// Whatever goes wrong at whichever request on the way of a create: the rep's
// program asks again until it has an answer, and Apollo has the opportunity once.
func TestEveryFaultOfApollo(t *testing.T) {
	faults := map[string]sandbox.Fault{
		"reset": {Kind: sandbox.FaultReset}, "reset after": {Kind: sandbox.FaultReset, AfterCommit: true},
		"500": {Kind: sandbox.FaultStatus, Status: 500}, "502 after": {Kind: sandbox.FaultStatus, Status: 502, AfterCommit: true},
		"503": {Kind: sandbox.FaultStatus, Status: 503}, "521": {Kind: sandbox.FaultStatus, Status: 521}, "302": {Kind: sandbox.FaultStatus, Status: 302},
		"200 with a fault": {Kind: sandbox.FaultStatus, Status: 200, Body: `{"error":"x"}`, ContentType: "application/json"},
		"401":              {Kind: sandbox.FaultStatus, Status: 401, Body: "Invalid access credentials."},
		"html":             {Kind: sandbox.FaultHTML}, "html after": {Kind: sandbox.FaultHTML, AfterCommit: true},
		"empty": {Kind: sandbox.FaultEmpty}, "empty after": {Kind: sandbox.FaultEmpty, AfterCommit: true},
		"cut": {Kind: sandbox.FaultTruncate}, "other types": {Kind: sandbox.FaultWrongType}, "another's answer": {Kind: sandbox.FaultCross},
		"too many": {Kind: sandbox.FaultRateLimit, RetryAfter: 30}, "too many after": {Kind: sandbox.FaultRateLimit, AfterCommit: true, RetryAfter: 30},
		"late": {Kind: sandbox.FaultLate, Delay: sandbox.Duration(5 * time.Minute)},
	}
	endpoints := []string{"typed_custom_field.list", "account.bulk_create", "opportunity.search", "opportunity.create"}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, gatewaytest.Seed())
			g := w.gatewayInside(t)
			require.Equal(t, 201, w.create(t, g, gatewaytest.Write, gatewaytest.NewID(), "Before").status)
			for _, endpoint := range endpoints {
				if strings.Contains(name, "too many after") && endpoint == "opportunity.create" {
					continue // a 429 says that nothing was done: that is believed
				}
				w.pass(2 * time.Hour) // the lists are old again
				fault.Endpoint, fault.Times = endpoint, 1
				w.Sandbox.SetFault(fault)
				id := gatewaytest.NewID()
				body := fmt.Sprintf(`{"name":"At %s","new_account":{"name":"At %s","domain":"at-%d.test"}}`, endpoint, endpoint, len(endpoint))
				var r reply
				for range 60 {
					if r = w.ask(t, g, gatewaytest.Write, "POST", "/v1/opportunities", id, body); r.status == 201 {
						break
					}
					assert.Contains(t, []int{202, 502, 503}, r.status, "%s: %s", endpoint, r.raw)
					w.pass(time.Minute)
				}
				assert.Equal(t, 201, r.status, "%s: %s", endpoint, r.raw)
				assert.Equal(t, 1, made(w.Sandbox, "At "+endpoint), endpoint)
				w.Sandbox.ClearFaults()
			}
		})
	}
}

// Requests that no client library writes.
func TestRawRequests(t *testing.T) {
	w := newWorld(t, gatewaytest.Seed())
	address := strings.TrimPrefix(w.URL, "http://")
	head := func(more string) string {
		return "POST /v1/opportunities HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + w.Token(gatewaytest.Write) +
			"\r\nContent-Type: application/json\r\nIdempotency-Key: " + gatewaytest.NewID() + "\r\n" + more + "\r\n"
	}
	body := `{"name":"Raw"}`
	for name, c := range map[string]struct {
		sent   string
		status int // 0 for no answer
	}{
		"two lengths":               {head("Content-Length: 14\r\nContent-Length: 3\r\n") + body, 400},
		"a length that is none":     {head("Content-Length: -1\r\n") + body, 400},
		"both length and chunks":    {head("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n") + "e\r\n" + body + "\r\n0\r\n\r\n", 201}, // the chunks hold, by RFC 9112
		"an unknown encoding":       {head("Transfer-Encoding: gzip, chunked\r\n") + body, 501},
		"a body that is too short":  {head("Content-Length: 100\r\n") + body, 400},
		"a header in two lines":     {head("X-A: 1\r\n folded\r\nContent-Length: 14\r\n") + `{"name":"Two"}`, 201},
		"a header without a name":   {head(": 1\r\nContent-Length: 14\r\n") + body, 400},
		"two tokens":                {head("Authorization: Bearer x\r\nContent-Length: 14\r\n") + body, 401},
		"two ids":                   {head("Idempotency-Key: "+gatewaytest.NewID()+"\r\nContent-Length: 14\r\n") + body, 400},
		"two origins":               {head("Origin: chrome-extension://"+extensionID+"\r\nOrigin: https://evil.test\r\nContent-Length: 14\r\n") + body, 403},
		"a header of 100 KiB":       {head("X-A: "+strings.Repeat("x", 100<<10)+"\r\nContent-Length: 14\r\n") + body, 431},
		"a gigabyte, as it is said": {head("Content-Length: 1073741824\r\n") + body, 413},
		"no host":                   {"GET /health HTTP/1.1\r\n\r\n", 400},
		"a foreign address":         {"GET http://evil.test/health HTTP/1.1\r\nHost: evil.test\r\n\r\n", 200}, // whose name it is does not matter
	} {
		t.Run(name, func(t *testing.T) {
			before := requested(w.Sandbox, "opportunity.create")
			connection, err := net.Dial("tcp", address)
			require.NoError(t, err)
			defer connection.Close()
			_, _ = io.WriteString(connection, c.sent)
			require.NoError(t, connection.(*net.TCPConn).CloseWrite())
			answer, err := http.ReadResponse(bufio.NewReader(connection), nil)
			require.NoError(t, err)
			assert.Equal(t, c.status, answer.StatusCode)
			if c.status != 201 {
				assert.Equal(t, before, requested(w.Sandbox, "opportunity.create"))
			}
		})
	}
}
