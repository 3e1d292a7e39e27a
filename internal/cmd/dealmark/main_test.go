package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func call(stdin io.Reader, args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	status = run(context.Background(), args, world{stdin: stdin, stdout: &out, stderr: &errs})
	return status, out.String(), errs.String()
}

func TestCompanyOfArguments(t *testing.T) {
	status, out, errs := call(nil, "company",
		"https://shop.acme.co.uk/x?y=<z>&q", "https://bücher.de", "http://192.168.1.1/", "https://www.linkedin.com/company/acme", "acme.com", "")
	assert.Equal(t, 0, status)
	assert.Empty(t, errs)
	assert.Equal(t, `{"url":"https://shop.acme.co.uk/x?y=<z>&q","domain":"acme.co.uk","unicode":"acme.co.uk","reason":""}
{"url":"https://bücher.de","domain":"xn--bcher-kva.de","unicode":"bücher.de","reason":""}
{"url":"http://192.168.1.1/","domain":"","unicode":"","reason":"ip_address"}
{"url":"https://www.linkedin.com/company/acme","domain":"","unicode":"","reason":"network"}
{"url":"acme.com","domain":"acme.com","unicode":"acme.com","reason":""}
{"url":"","domain":"","unicode":"","reason":"no_page"}
`, out)
}

func TestCompanyOfLines(t *testing.T) {
	long := "https://acme.com/" + strings.Repeat("x", 1<<20)
	for name, c := range map[string]struct{ stdin, out string }{
		"nothing":            {"", ""},
		"lines":              {"https://a.com\nhttps://b.com\n", line("https://a.com", "a.com", "") + line("https://b.com", "b.com", "")},
		"no end of line":     {"https://a.com", line("https://a.com", "a.com", "")},
		"Windows line ends":  {"https://a.com\r\n\r\n", line("https://a.com", "a.com", "")},
		"empty lines":        {"\n\nhttps://a.com\n\n", line("https://a.com", "a.com", "")},
		"a very long line":   {long + "\n", line(long, "acme.com", "")},
		"white space":        {"  \n", line("  ", "", "no_page")},
		"a domain":           {"acme.co.uk\n", line("acme.co.uk", "acme.co.uk", "")},
		"a browser's page":   {"about:blank\n", line("about:blank", "", "scheme")},
		"a name of anything": {"Acme Inc\n", line("Acme Inc", "", "invalid_name")},
	} {
		t.Run(name, func(t *testing.T) {
			status, out, errs := call(strings.NewReader(c.stdin), "company")
			assert.Equal(t, 0, status)
			assert.Equal(t, c.out, out)
			assert.Empty(t, errs)
		})
	}
}

func line(url, domain, reason string) string {
	return `{"url":"` + url + `","domain":"` + domain + `","unicode":"` + domain + `","reason":"` + reason + `"}` + "\n"
}

func TestFailures(t *testing.T) {
	status, _, errs := call(iotest.ErrReader(errors.New("disk gone")), "company")
	assert.Equal(t, 1, status)
	assert.Equal(t, "dealmark company: read standard input: disk gone\n", errs)

	var stderr bytes.Buffer
	status = run(context.Background(), []string{"company", "https://acme.com"}, world{stdout: failingWriter{}, stderr: &stderr})
	assert.Equal(t, 1, status)
	assert.Contains(t, stderr.String(), "pipe closed")

	stopped, stop := context.WithCancel(context.Background())
	stop()
	var out bytes.Buffer
	status = run(stopped, []string{"company", "https://acme.com"}, world{stdout: &out, stderr: &stderr})
	assert.Equal(t, 1, status)
	assert.Empty(t, out.String())
}

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, errors.New("pipe closed") }

func TestUsage(t *testing.T) {
	for name, args := range map[string][]string{
		"nothing":         {},
		"unknown command": {"opportunity"},
		"unknown flag":    {"company", "-json"},
	} {
		t.Run(name, func(t *testing.T) {
			status, out, errs := call(strings.NewReader(""), args...)
			assert.Equal(t, 2, status)
			assert.Empty(t, out)
			assert.Contains(t, errs, "dealmark company URL...")
		})
	}
	for _, help := range []string{"help", "-h", "--help"} {
		status, out, _ := call(nil, help)
		assert.Equal(t, 0, status)
		assert.Contains(t, out, "dealmark company URL...")
	}
}

// The null device stands for a terminal: both are character devices.
func TestCompanyWithoutArgumentsAtATerminal(t *testing.T) {
	device, err := os.Open(os.DevNull)
	require.NoError(t, err)
	defer device.Close()
	status, _, errs := call(device, "company")
	assert.Equal(t, 2, status)
	assert.Contains(t, errs, "Usage:")
}
