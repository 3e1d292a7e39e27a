package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/net/idna"

	"github.com/dealmark/dealmark/internal/site"
)

var company = command{
	name: "company",
	call: "company URL...",
	does: "Print a JSON line per URL: the company's domain, or the reason why there is none.\n" +
		"        Without a URL, read one a line from standard input. What has no scheme is read\n" +
		"        as a domain that a rep types.",
	run: runCompany,
}

// companyLine is the answer about one address. Domain and Unicode are empty
// where Reason is not.
type companyLine struct {
	URL     string      `json:"url"`
	Domain  string      `json:"domain"`
	Unicode string      `json:"unicode"`
	Reason  site.Reason `json:"reason"`
}

func runCompany(ctx context.Context, args []string, w world) error {
	if len(args) == 0 && isTerminal(w.stdin) || len(args) > 0 && strings.HasPrefix(args[0], "-") {
		return errMisused
	}
	out := json.NewEncoder(w.stdout)
	out.SetEscapeHTML(false)
	answer := func(address string) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		c := recognize(address)
		return out.Encode(companyLine{address, string(c.Domain), c.Unicode, c.Reason})
	}
	if len(args) == 0 {
		return eachLine(w.stdin, answer)
	}
	for _, address := range args {
		if err := answer(address); err != nil {
			return err
		}
	}
	return nil
}

// recognize takes an address for a page, and a text without a colon for what a
// rep types.
func recognize(address string) site.Company {
	if strings.Contains(address, ":") {
		return site.Recognize(site.Page{URL: address}, idna.Lookup.ToASCII)
	}
	return site.ParseDomain(address, idna.Lookup.ToASCII)
}

// eachLine leaves empty lines out. A line may be of any length.
func eachLine(from io.Reader, answer func(string) error) error {
	lines := bufio.NewReader(from)
	for {
		line, readErr := lines.ReadString('\n')
		if line = strings.TrimRight(line, "\r\n"); line != "" {
			if err := answer(line); err != nil {
				return err
			}
		}
		if errors.Is(readErr, io.EOF) {
			return nil
		}
		if readErr != nil {
			return fmt.Errorf("read standard input: %w", readErr)
		}
	}
}

func isTerminal(stdin io.Reader) bool {
	file, ok := stdin.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
