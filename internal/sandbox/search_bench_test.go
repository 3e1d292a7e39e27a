package sandbox_test

import (
	"testing"

	"github.com/dealmark/dealmark/internal/sandbox"
)

// BenchmarkSearch asks a team of 100,000 opportunities for pages of 100.
func BenchmarkSearch(b *testing.B) {
	s := sandbox.New(sandbox.Options{
		Keys: []sandbox.Key{{Secret: key, Master: true}}, Limits: &sandbox.Limits{}, Seed: sandbox.DemoSeed().WithOpportunities(100_000),
	})
	for _, search := range []struct{ name, query string }{
		{"first page", ""},
		{"last page", "&page=1000"},
		{"by name", "&q_opportunity_name=acme"},
		{"by a common name", "&q_opportunity_name=renewal"},
		{"sorted", "&sort_by_field=amount"},
		{"by stage", "&opportunity_stage_ids[]=66bb94fbc1695c00017fba5f"},
	} {
		b.Run(search.name, func(b *testing.B) {
			for b.Loop() {
				if a := s.Answer(get("/api/v1/opportunities/search?per_page=100" + search.query)); a.Status != 200 {
					b.Fatal(a.Status, string(a.Body))
				}
			}
		})
	}
}

func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		sandbox.New(sandbox.Options{Seed: sandbox.DemoSeed().WithOpportunities(100_000)})
	}
}
