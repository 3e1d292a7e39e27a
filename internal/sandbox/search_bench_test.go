package sandbox_test

import (
	"strconv"
	"testing"

	"github.com/dealmark/dealmark/internal/sandbox"
)

func manyServer() *sandbox.Server {
	return sandbox.New(sandbox.Options{
		Keys: []sandbox.Key{{Secret: key, Master: true}}, Limits: &sandbox.Limits{}, Seed: sandbox.DemoSeed().WithOpportunities(100_000),
	})
}

// BenchmarkSearch asks a team of 100,000 opportunities for pages of 100, as they
// are and after a write. A page is to take less than 5 ms.
func BenchmarkSearch(b *testing.B) {
	s := manyServer()
	for _, search := range []struct{ name, query string }{
		{"first page", ""},
		{"last page", "&page=1000"},
		{"by name", "&q_opportunity_name=acme"},
		{"by a common name", "&q_opportunity_name=renewal"},
		{"by one letter", "&q_opportunity_name=e"},
		{"by name, sorted", "&q_opportunity_name=renewal&sort_by_field=amount"},
		{"sorted", "&sort_by_field=amount"},
		{"sorted, in the middle", "&sort_by_field=closed_date&page=500"},
		{"sorted by few values", "&sort_by_field=is_won&sort_ascending=true"},
		{"by stage", "&opportunity_stage_ids[]=66bb94fbc1695c00017fba5f"},
	} {
		call := get("/api/v1/opportunities/search?per_page=100" + search.query)
		b.Run(search.name, func(b *testing.B) {
			for b.Loop() {
				mustAnswer(b, s, call)
			}
		})
		b.Run(search.name+", after a write", func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				b.StopTimer()
				write := get("/api/v1/opportunities/" + rollout)
				write.Method, write.Body = "PATCH", []byte(`{"name":"Acme `+strconv.Itoa(i)+`","amount":`+strconv.Itoa(i)+`}`)
				mustAnswer(b, s, write)
				b.StartTimer()
				mustAnswer(b, s, call)
			}
		})
	}
}

func mustAnswer(b *testing.B, s *sandbox.Server, call sandbox.Call) {
	if a := s.Answer(call); a.Status != 200 {
		b.Fatal(a.Status, string(a.Body))
	}
}

// BenchmarkStart is to take less than a second.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		manyServer()
	}
}
