package gatewaytest

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/sandbox"
)

// suite is one test with its target.
type suite struct {
	*testing.T
	*Target
	deadline    time.Duration
	description *document
}

// reply is an answer of the target.
type reply struct {
	Status int
	Header http.Header
	Raw    []byte
	Body   map[string]any // of a JSON object
}

// NewID makes an operation's id.
func NewID() string {
	var id [16]byte
	_, _ = rand.Read(id[:])
	return hex.EncodeToString(id[:])
}

// do sends a request; header are names and values. It fails the test if there is
// no whole answer.
func (s *suite) do(role Role, method, path, body string, header ...string) reply {
	s.Helper()
	r, err := s.try(context.Background(), role, method, path, body, header...)
	require.NoError(s, err, "%s %s", method, path)
	return r
}

func (s *suite) try(ctx context.Context, role Role, method, path, body string, header ...string) (reply, error) {
	ctx, stop := context.WithTimeout(ctx, s.deadline)
	defer stop()
	var reader io.Reader
	if body != "" {
		reader = strings.NewReader(body)
	}
	request, err := http.NewRequestWithContext(ctx, method, s.URL+path, reader)
	if err != nil {
		return reply{}, err
	}
	if token := s.Token(role); token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(request)
	if err != nil {
		return reply{}, err
	}
	defer answer.Body.Close()
	r := reply{Status: answer.StatusCode, Header: answer.Header}
	if r.Raw, err = io.ReadAll(answer.Body); err != nil {
		return r, err
	}
	if strings.Contains(answer.Header.Get("Content-Type"), "json") {
		d := json.NewDecoder(bytes.NewReader(r.Raw))
		d.UseNumber()
		if err := d.Decode(&r.Body); err != nil {
			return r, err
		}
	}
	s.described(request, r)
	return r, nil
}

func (s *suite) get(role Role, path string) reply {
	s.Helper()
	return s.do(role, "GET", path, "")
}

// write sends a write under an id.
func (s *suite) write(role Role, method, path, id, body string) reply {
	s.Helper()
	return s.do(role, method, path, body, "Idempotency-Key", id)
}

// until repeats a write until it is neither under way nor put off.
func (s *suite) until(role Role, method, path, id, body string) reply {
	s.Helper()
	for end := time.Now().Add(s.deadline); ; {
		r := s.write(role, method, path, id, body)
		if r.Status != 202 && r.Status != 503 || time.Now().After(end) {
			return r
		}
		if r.Status == 503 {
			time.Sleep(time.Second) // a token has 60 writes a minute
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// syncAll runs the synchronisation until it finds nothing more to do.
func (s *suite) syncAll() {
	s.Helper()
	for range 200 {
		more, err := s.Sync(context.Background())
		require.NoError(s, err)
		if !more {
			return
		}
	}
	require.Fail(s, "the synchronisation does not come to an end")
}

// created are the opportunities of a name that Apollo really made.
func created(server *sandbox.Server, name string) (ids []string) {
	for _, e := range server.Log() {
		if e.Operation == "opportunity.create" && e.Stored && e.Fields["name"] == name {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// requests counts the requests to an operation of Apollo.
func requests(server *sandbox.Server, operation string) (n int) {
	for _, r := range server.Requests() {
		if r.Operation == operation || operation == "" {
			n++
		}
	}
	return n
}

// at follows names into a document.
func (r reply) at(names ...string) any {
	var value any = r.Body
	for _, name := range names {
		object, _ := value.(map[string]any)
		value = object[name]
	}
	return value
}

func (r reply) list(name string) []any {
	list, _ := r.Body[name].([]any)
	return list
}

// each collects one member of every object in a list.
func (r reply) each(list, member string) (values []any) {
	for _, item := range r.list(list) {
		object, _ := item.(map[string]any)
		values = append(values, object[member])
	}
	return values
}

func (r reply) code() string {
	text, _ := r.Body["type"].(string)
	return strings.TrimPrefix(text, "urn:dealmark:problem:")
}
