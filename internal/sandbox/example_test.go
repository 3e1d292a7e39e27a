package sandbox_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/sandbox"
)

// A client creates an opportunity whose answer is lost on the way; the truth log
// knows better.
func Example() {
	s := sandbox.New(sandbox.Options{
		Keys:  []sandbox.Key{{Secret: "KEY", Master: true}},
		Clock: func() time.Time { return time.Date(2026, 5, 18, 11, 0, 0, 0, time.UTC) },
		Seed:  sandbox.DemoSeed(),
	})
	s.SetFault(sandbox.Fault{Endpoint: "opportunity.create", Kind: sandbox.FaultHTML, AfterCommit: true, Times: 1})

	r := httptest.NewRequest("POST", "/api/v1/opportunities", strings.NewReader(`{"name":"Deal","amount":"1,000"}`))
	r.Header = http.Header{"X-Api-Key": {"KEY"}, "Content-Type": {"application/json"}}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	fmt.Println("told: ", w.Code, w.Header().Get("content-type"))

	e := s.Log()[0]
	fmt.Println("truth:", e.Status, e.Operation, e.Stored, e.Fields["name"], e.Fields["amount"])
	// Output:
	// told:  200 text/html; charset=utf-8
	// truth: 200 opportunity.create true Deal <nil>
}
