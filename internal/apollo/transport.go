package apollo

import (
	"context"
	"errors"
	"strings"
	"time"
)

// Limits of one answer, for every [Transport] to keep.
const (
	MaxBody = 2 << 20          // bytes of body, after decompression
	Timeout = 20 * time.Second // from the request's start to the body's end
)

// Transport carries one request to Apollo. It must
//
//   - send no cookies and keep none, and add no credentials of its own,
//   - follow no redirect: a 3xx answer is either given as it is or an error,
//   - give up with an error when the body is longer than [MaxBody] or the
//     answer is not complete after [Timeout],
//   - give an error only if there is no complete answer, and one that wraps
//     [ErrNotSent] (see [NotSent]) only if no byte of the request can have reached Apollo,
//   - repeat nothing.
//
// It must be safe for concurrent use.
type Transport interface {
	Do(ctx context.Context, r Request) (Response, error)
}

// ErrNotSent in the chain of a [Transport]'s error says that the request never
// left: nothing can have been done.
var ErrNotSent = errors.New("the request was not sent")

// ErrNotAllowed in the chain of a [Transport]'s error says that the browser does
// not let the extension reach the address (any more).
var ErrNotAllowed = errors.New("the browser's permission is missing")

// NotSent gives err with [ErrNotSent] in its chain.
func NotSent(err error) error { return notSent{err} }

type notSent struct{ error }

func (e notSent) Error() string        { return ErrNotSent.Error() + ": " + e.error.Error() }
func (e notSent) Unwrap() error        { return e.error }
func (e notSent) Is(target error) bool { return target == ErrNotSent }

// Param is a name with a value: a query parameter or a header.
type Param struct {
	Name, Value string
}

// Request is one request. Its String names only method and path, for a header
// holds the key.
type Request struct {
	Method string
	Base   string // "https://api.apollo.io/api/v1"
	Path   string // below the base: "/opportunities/search"
	Route  string // the path with {id} in place of what varies: nothing of a company or an opportunity is in it
	Query  []Param
	Header []Param // lower-case names; the key is in x-api-key and nowhere else
	Body   []byte  // JSON, or nil for none
}

// Response is a complete answer, whatever its status.
type Response struct {
	Status int
	Header map[string]string // lower-case names
	Body   []byte
}

// URL is the request's address with its query.
func (r Request) URL() string {
	var b strings.Builder
	b.WriteString(r.Base)
	b.WriteString(r.Path)
	for i, p := range r.Query {
		b.WriteByte("?&"[min(i, 1)])
		escape(&b, p.Name)
		b.WriteByte('=')
		escape(&b, p.Value)
	}
	return b.String()
}

// String is the method and the path.
func (r Request) String() string { return r.Method + " " + r.Path }

// GoString is the same as String.
func (r Request) GoString() string { return r.String() }

func escape(b *strings.Builder, text string) {
	const hex = "0123456789ABCDEF"
	for i := range len(text) {
		switch c := text[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-._~", c) >= 0:
			b.WriteByte(c)
		default:
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		}
	}
}
