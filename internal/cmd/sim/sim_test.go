package main

import (
	"testing"

	"github.com/dealmark/dealmark/internal/outbox"
)

func BenchmarkSeed(b *testing.B) {
	t := newTally()
	for i := range b.N {
		play(uint64(i), outbox.DefaultPolicy(), seams{}, t)
	}
}
