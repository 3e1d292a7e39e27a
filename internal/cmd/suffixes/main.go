// Command suffixes writes the tables that package site searches, into the current
// directory: suffixes.txt, from the rule list of the golang.org/x/net module that
// go.mod pins, with suffixes.lines, and networks.sorted, from networks.txt. Package
// site runs it by go generate.
//
// It reads the list out of the module's source, because the module publishes
// look-ups only, and its look-up package costs the browser's program megabytes.
package main

import (
	"fmt"
	"os"
)

func main() {
	if err := write(); err != nil {
		fmt.Fprintln(os.Stderr, "suffixes:", err)
		os.Exit(1)
	}
}

func write() error {
	table, err := pinnedTable()
	if err != nil {
		return err
	}
	networks, err := os.ReadFile("networks.txt")
	if err != nil {
		return err
	}
	for name, content := range map[string][]byte{"suffixes.txt": table, "suffixes.lines": lines(table), "networks.sorted": sorted(networks)} {
		if err := os.WriteFile(name, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
