//go:build !js

// Package e2e_test does in a real Chromium, with the built extension and a local
// Apollo, what a rep does, and what befalls them: no network, a wrong key, a
// browser that stops at the worst moment.
package e2e_test

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"

	"github.com/dealmark/dealmark/internal/e2e/rig"
)

// browser is shared by all tests, for a start takes a second. Each test finds
// the extension as it is after its installation.
var browser = sync.OnceValues(func() (*rig.Rig, error) {
	started, err := rig.Start(context.Background(), rig.Options{Root: "../.."})
	if err == nil {
		atEnd = started.Close
	}
	return started, err
})

var atEnd = func() error { return nil }

func TestMain(m *testing.M) {
	code := m.Run()
	if err := atEnd(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = max(code, 1)
	}
	os.Exit(code)
}
