//go:build !js

package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// languages are what Dealmark speaks.
var languages = []string{"ar", "de", "en", "es", "fr", "ja"}

// longestDescription is what a store takes of the manifest's description.
const longestDescription = 132

// check compares each language with the texts.
func check(extension string, texts map[string]text) (complaints []string, err error) {
	names, err := namedKeys(extension)
	if err != nil {
		return nil, err
	}
	for _, language := range languages {
		has, err := readCatalogue(extension, language)
		if err != nil {
			return nil, err
		}
		say := func(key, format string, args ...any) {
			complaints = append(complaints, fmt.Sprintf("%s: %s: %s", language, key, fmt.Sprintf(format, args...)))
		}
		want := wanted(language, texts)
		for _, key := range slices.Sorted(maps.Keys(want)) {
			said, english := has[key].Message, want[key]
			switch {
			case said == "":
				say(key, "is missing: %s", english)
			case !sameGaps(english, said, isForm(key, texts)):
				say(key, "has other gaps than %q: %q", english, said)
			case strings.Contains(strings.ReplaceAll(said, "$$", ""), "$"):
				say(key, "holds a $, which is written $$")
			case language != "en" && said == escaped(english) && strings.Count(english, " ") > 1:
				say(key, "is still English: %s", english)
			}
		}
		for _, key := range slices.Sorted(maps.Keys(has)) {
			if _, used := want[key]; !used && !names[key] {
				say(key, "is used nowhere")
			}
		}
		for name := range names {
			if has[name].Message == "" {
				say(name, "is missing")
			}
		}
		if n := utf8.RuneCountInString(has["description"].Message); n > longestDescription {
			say("description", "has %d characters, and a store takes %d", n, longestDescription)
		}
		if has["language"].Message != language {
			say("language", "must be %q", language)
		}
	}
	return complaints, nil
}

// isForm says whether a key is of a form of a text that depends on a number.
func isForm(key string, texts map[string]text) bool {
	_, whole := texts[key]
	return !whole
}

var gap = regexp.MustCompile(`\{\d\}`)

// sameGaps says whether two texts have the same gaps. A form of a number may leave
// the number out: Arabic has a word for two things.
func sameGaps(english, said string, numbered bool) bool {
	a, b := gap.FindAllString(english, -1), gap.FindAllString(said, -1)
	if numbered {
		none := func(s string) bool { return s == "{0}" }
		a, b = slices.DeleteFunc(a, none), slices.DeleteFunc(b, none)
	}
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(slices.Compact(a), slices.Compact(b))
}

// upToDate says whether the English catalogue is what the texts make of it.
func upToDate(extension string, texts map[string]text) (bool, error) {
	before, err := readCatalogue(extension, "en")
	if err != nil {
		return false, err
	}
	want, err := englishOf(extension, before, texts)
	if err != nil {
		return false, err
	}
	has, err := os.ReadFile(catalogueFile(extension, "en"))
	return bytes.Equal(want, has), err
}
