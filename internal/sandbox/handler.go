package sandbox

import (
	"context"
	"io"
	"net/http"
	"strings"
	"time"
)

// maxBody is what a request may send; Apollo's own bound is unknown.
const maxBody = 4 << 20

// ServeHTTP answers API requests under /api/v1 and /v1, and the sandbox's own
// pages under /sandbox.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	call, err := readCall(w, r)
	if err != nil {
		http.Error(w, "the request's body cannot be read: "+err.Error(), http.StatusBadRequest)
		return
	}
	if a, ok := s.Tool(call); ok {
		write(w, a)
		return
	}
	x := s.Begin(call)
	// A client that goes away is not noticed: what it sent is carried out.
	fault := x.Fault()
	if fault != nil && fault.Kind == FaultDelay {
		wait(r.Context(), fault.Delay)
	}
	a := s.Finish(x)
	if fault == nil {
		write(w, a)
		return
	}
	writeDisturbed(w, r, fault, a)
}

func readCall(w http.ResponseWriter, r *http.Request) (Call, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return Call{}, err
	}
	header := make(map[string]string, len(r.Header))
	for name, values := range r.Header {
		header[strings.ToLower(name)] = values[0]
	}
	return Call{Method: r.Method, Path: r.URL.Path, Query: r.URL.Query(), Header: header, Body: body}, nil
}

func write(w http.ResponseWriter, a Answer) {
	writeHead(w, a)
	// The client's going away is no event: nothing more is to be done.
	_, _ = w.Write(a.Body)
}

func writeHead(w http.ResponseWriter, a Answer) {
	for name, values := range a.Header {
		w.Header()[http.CanonicalHeaderKey(name)] = values
	}
	w.WriteHeader(a.Status)
}

// wait ends early when the client goes away or the server stops.
func wait(ctx context.Context, d Duration) {
	if d <= 0 {
		return
	}
	timer := time.NewTimer(time.Duration(d))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
