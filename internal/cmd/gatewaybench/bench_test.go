//go:build !js

package main

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// How long things take is for the bench to say; here it is that it says it.
func TestBench(t *testing.T) {
	var out bytes.Buffer
	err := bench(t.Context(), options{small: 200, large: 800, rounds: 40, reps: 3, load: 200 * time.Millisecond}, &out)
	if err != nil {
		assert.Contains(t, err.Error(), "the question grows", "a loaded machine")
	}
	assert.Regexp(t, `(?s)200 opportunities read.*800 opportunities read.*team of +200: p50.*team of +800: p50.*growth of p50.*one core: \d+ companies.*3 reps for 200ms: \d+ companies, \d+ saves, 0 errors`, out.String())
}
