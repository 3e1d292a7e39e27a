//go:build !js

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// message is one text of a catalogue, in the browsers' format.
// https://developer.chrome.com/docs/extensions/reference/api/i18n
type message struct {
	Message     string `json:"message"`
	Description string `json:"description,omitempty"`
}

func catalogueFile(extension, language string) string {
	return filepath.Join(extension, "_locales", language, "messages.json")
}

// readCatalogue reads a language's messages by key; a catalogue that is not there
// has none.
func readCatalogue(extension, language string) (map[string]message, error) {
	content, err := os.ReadFile(catalogueFile(extension, language))
	if errors.Is(err, fs.ErrNotExist) {
		return map[string]message{}, nil
	}
	if err != nil {
		return nil, err
	}
	messages := map[string]message{}
	if err := json.Unmarshal(content, &messages); err != nil {
		return nil, fmt.Errorf("%s: %w", language, err)
	}
	return messages, nil
}

var named = regexp.MustCompile(`__MSG_(\w+)__`)

// named gives the keys that are no text's: those that the manifest names, and
// language, which says which catalogue the browser took.
func namedKeys(extension string) (map[string]bool, error) {
	manifest, err := os.ReadFile(filepath.Join(extension, "manifest.json"))
	keys := map[string]bool{"language": true}
	for _, found := range named.FindAllSubmatch(manifest, -1) {
		keys[string(found[1])] = true
	}
	return keys, err
}

// forms are the categories of numbers that a language tells apart, as the Unicode
// CLDR has them, for numbers below a million.
// https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html
func forms(language string) []string {
	switch language {
	case "ar":
		return []string{"zero", "one", "two", "few", "many", "other"}
	case "ja":
		return []string{"other"}
	}
	return []string{"one", "other"}
}

// wanted gives the English messages that a language must have, by key.
func wanted(language string, texts map[string]text) map[string]string {
	all := map[string]string{}
	for key, t := range texts {
		if t.one == "" {
			all[key] = t.english
			continue
		}
		for _, form := range forms(language) {
			all[key+"_"+form] = t.english
			if form == "one" {
				all[key+"_"+form] = t.one
			}
		}
	}
	return all
}

// englishOf gives the English catalogue: what the manifest names stays as it is.
func englishOf(extension string, before map[string]message, texts map[string]text) ([]byte, error) {
	keys, err := namedKeys(extension)
	if err != nil {
		return nil, err
	}
	all := map[string]message{}
	for key := range keys {
		all[key] = before[key]
	}
	for key, english := range wanted("en", texts) {
		all[key] = message{Message: escaped(english)}
	}
	return encode(all)
}

func writeEnglish(extension string, before map[string]message, texts map[string]text) error {
	content, err := englishOf(extension, before, texts)
	if err != nil {
		return err
	}
	return os.WriteFile(catalogueFile(extension, "en"), content, 0o644)
}

// escaped writes a text as a browser reads messages: $1 would be a gap.
func escaped(text string) string { return strings.ReplaceAll(text, "$", "$$") }

// encode writes messages one a line, by key.
func encode(all map[string]message) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("{\n")
	for i, key := range slices.Sorted(maps.Keys(all)) {
		if i > 0 {
			out.WriteString(",\n")
		}
		var line bytes.Buffer
		encoder := json.NewEncoder(&line)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(all[key]); err != nil {
			return nil, err
		}
		fmt.Fprintf(&out, "  %q: %s", key, bytes.TrimSpace(line.Bytes()))
	}
	out.WriteString("\n}\n")
	return out.Bytes(), nil
}

// printMissing prints the messages that a language lacks, in English.
func printMissing(w io.Writer, extension, language string, texts map[string]text) error {
	has, err := readCatalogue(extension, language)
	if err != nil {
		return err
	}
	lacks := map[string]message{}
	for key, english := range wanted(language, texts) {
		if has[key].Message == "" {
			lacks[key] = message{Message: escaped(english)}
		}
	}
	content, err := encode(lacks)
	if err != nil {
		return err
	}
	_, err = w.Write(content)
	return err
}
