//go:build !js

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

var (
	jsComment = regexp.MustCompile(`(?m)^\s*(//|/?\*).*$`)
	jsCall    = regexp.MustCompile(`(?:^|[^.\w"])(t|plural)\(`)
	jsOne     = regexp.MustCompile(`^\s*("(?:[^"\\\n]|\\.)*")`)
	jsTwo     = regexp.MustCompile(`^[^"()]*(?:\([^"()]*\)[^"()]*)*,\s*("(?:[^"\\\n]|\\.)*"),\s*("(?:[^"\\\n]|\\.)*")`)
)

// collectJS gives what a module gives to t and plural, which want their texts as
// string literals.
func collectJS(path string) (all []text, err error) {
	name := filepath.Base(path)
	if name == "words.js" || name == "page-words.js" { // these speak for others
		return nil, nil
	}
	source, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	code := jsComment.ReplaceAllString(string(source), "")
	for _, at := range jsCall.FindAllStringSubmatchIndex(code, -1) {
		where, arguments := "extension/"+name, code[at[1]:]
		pattern := jsOne
		if code[at[2]:at[3]] == "plural" {
			pattern = jsTwo
		}
		found := pattern.FindStringSubmatch(arguments)
		if found == nil {
			line, _, _ := strings.Cut(arguments, "\n")
			return nil, fmt.Errorf("%s: %s wants a text in double quotes: %s", where, code[at[2]:at[3]], line)
		}
		t := text{where: where}
		for i, literal := range found[1:] {
			said, err := strconv.Unquote(literal)
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", where, literal, err)
			}
			if i == 1 {
				t.one = t.english
			}
			t.english = said
		}
		all = append(all, t)
	}
	return all, nil
}
