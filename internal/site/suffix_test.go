package site_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/publicsuffix"

	"github.com/dealmark/dealmark/internal/site"
)

// rules are the table's rules, and the parents of all of them; that they are
// the pinned module's rules is tested where the table is made, in cmd/suffixes.
func rules(t testing.TB) []string {
	t.Helper()
	_, text, ok := strings.Cut(site.SuffixTableText, "\n")
	require.True(t, ok)
	var all []string
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		all = append(all, words[0])
		for _, label := range words[1:] {
			label, exception := strings.CutSuffix(label, "!")
			rule := label + "." + words[0]
			if exception {
				rule = "!" + rule
			}
			all = append(all, rule)
		}
	}
	require.Greater(t, len(all), 9_000)
	return all
}

// assertSuffix compares a host with the reference implementation, and reports
// the first difference only, since one broken rule would make thousands.
func assertSuffix(t testing.TB, host string) {
	t.Helper()
	suffix, _ := publicsuffix.PublicSuffix(host)
	require.Equal(t, suffix, site.PublicSuffixOf(host), host)
	domain, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		domain = ""
	}
	require.Equal(t, domain, site.Registrable(host), host)
}

func TestEveryRuleAsTheReferenceHasIt(t *testing.T) {
	for _, rule := range rules(t) {
		name := strings.TrimPrefix(strings.TrimPrefix(rule, "!"), "*.")
		for _, below := range []string{"", "a.", "b.a.", "www.", "c.b.a.", "0.", "zzzz.", "-.", "xn--a.", "city.", "com."} {
			assertSuffix(t, below+name)
		}
		for at := range len(name) {
			if name[at] == '.' {
				assertSuffix(t, name[at+1:])
				assertSuffix(t, "x"+name[at:])
			}
		}
		assertSuffix(t, "a"+name)
		assertSuffix(t, name+"a")
		assertSuffix(t, name[:len(name)-1]+"~")
	}
}

func TestRandomHostsAsTheReferenceHasThem(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	all := rules(t)
	labels := []string{"a", "www", "acme", "co", "com", "uk", "jp", "city", "github", "xn--p1ai", "s3", "0", "z-9", "compute"}
	for range 5_000 {
		parts := make([]string, 0, 6)
		for range r.IntN(4) {
			parts = append(parts, labels[r.IntN(len(labels))])
		}
		if rule := all[r.IntN(len(all))]; r.IntN(3) > 0 {
			parts = append(parts, strings.TrimLeft(rule, "!*."))
		} else {
			parts = append(parts, labels[r.IntN(len(labels))])
		}
		assertSuffix(t, strings.Join(parts, "."))
	}
}

func TestSuffixLookupDoesNotAllocate(t *testing.T) {
	for _, host := range hostsToLookUp {
		assert.Zero(t, testing.AllocsPerRun(10, func() { site.Registrable(host) }), host)
	}
}

var hostsToLookUp = []string{"www.acme.com", "shop.acme.co.uk", "acme.github.io", "a.b.c.d.acme.nosuchtld", "www.city.kawasaki.jp"}

func BenchmarkRegistrable(b *testing.B) {
	for _, host := range hostsToLookUp {
		b.Run(host, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				site.Registrable(host)
			}
		})
	}
}

func BenchmarkRegistrableReference(b *testing.B) {
	for _, host := range hostsToLookUp {
		b.Run(host, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				publicsuffix.EffectiveTLDPlusOne(host)
			}
		})
	}
}

func BenchmarkRecognize(b *testing.B) {
	page := site.Page{URL: "https://shop.acme.co.uk/x", SiteName: "Acme & Sons"}
	b.ReportAllocs()
	for b.Loop() {
		site.Recognize(page, toASCII)
	}
}
