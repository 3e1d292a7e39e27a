// Command suffixes writes the public suffix table of package site, the file
// suffixes.txt in the current directory, from the rule list of the
// golang.org/x/net module that go.mod pins. Package site runs it by go generate.
//
// It reads the list out of the module's source, because the module publishes
// look-ups only, and its look-up package costs the browser's program megabytes.
package main

import (
	"fmt"
	"os"
)

func main() {
	table, err := pinnedTable()
	if err == nil {
		err = os.WriteFile("suffixes.txt", table, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "suffixes:", err)
		os.Exit(1)
	}
}
