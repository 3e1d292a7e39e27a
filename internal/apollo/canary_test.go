//go:build !js

// There are no pipes in a program in JavaScript.

package apollo_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"io"
	"os"
	"testing"
)

// TestMain reads all that the tests and the examples of this package print, and
// fails them if the key of their clients is in it, plain or in another coding.
func TestMain(m *testing.M) {
	stdout, stderr := os.Stdout, os.Stderr
	out, outSeen := tee(&os.Stdout)
	errs, errsSeen := tee(&os.Stderr)
	status := m.Run()
	_, _ = out.Close(), errs.Close()
	printed := append(<-outSeen, <-errsSeen...)
	os.Stdout, os.Stderr = stdout, stderr
	for _, secret := range []string{canary, hex.EncodeToString([]byte(canary)), base64.StdEncoding.EncodeToString([]byte(canary))} {
		if bytes.Contains(printed, []byte(secret)) {
			_, _ = stderr.WriteString("FAIL: the tests printed the API key\n")
			status = 1
		}
	}
	os.Exit(status)
}

// tee lets what is written to file through, and gives it when the writer that
// stands in its place is closed.
func tee(file **os.File) (in *os.File, all <-chan []byte) {
	from, in, err := os.Pipe()
	if err != nil {
		panic(err)
	}
	through, seen := *file, make(chan []byte, 1)
	*file = in
	go func() {
		var copied bytes.Buffer
		_, _ = io.Copy(io.MultiWriter(through, &copied), from)
		seen <- copied.Bytes()
	}()
	return in, seen
}
