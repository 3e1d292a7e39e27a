package gatewaytest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// document is the description that the target serves.
type document struct{ root map[string]any }

// operation finds a route's part, by the route's own way of writing paths.
func (d document) operation(method, path string) map[string]any {
	paths, _ := d.root["paths"].(map[string]any)
	item, _ := paths[path].(map[string]any)
	op, _ := item[strings.ToLower(method)].(map[string]any)
	return op
}

// check compares a real answer with what the description says of it.
func (d document) check(method, path string, r reply) error {
	op := d.operation(method, path)
	if op == nil {
		return fmt.Errorf("%s %s is not described", method, path)
	}
	responses, _ := op["responses"].(map[string]any)
	response, _ := responses[fmt.Sprint(r.Status)].(map[string]any)
	if ref, ok := response["$ref"].(string); ok {
		response = d.component("responses", ref)
	}
	if response == nil {
		return fmt.Errorf("%s %s: the status %d is not described", method, path, r.Status)
	}
	kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	content, _ := response["content"].(map[string]any)
	media, _ := content[kind].(map[string]any)
	if media == nil {
		return fmt.Errorf("%s %s: %d with the type %q is not described", method, path, r.Status, kind)
	}
	if !strings.Contains(kind, "json") {
		return nil
	}
	schema, _ := media["schema"].(map[string]any)
	if err := d.fits(r.Body, schema); err != nil {
		return fmt.Errorf("%s %s: %d: %w", method, path, r.Status, err)
	}
	return nil
}

func (d document) component(kind, ref string) map[string]any {
	components, _ := d.root["components"].(map[string]any)
	all, _ := components[kind].(map[string]any)
	named, _ := all[strings.TrimPrefix(ref, "#/components/"+kind+"/")].(map[string]any)
	return named
}

// fits says how a value differs from a schema: the words of JSON Schema that the
// description uses, and no others.
func (d document) fits(value any, schema map[string]any) error {
	if ref, ok := schema["$ref"].(string); ok {
		named := d.component("schemas", ref)
		if named == nil {
			return fmt.Errorf("no schema %s", ref)
		}
		return d.fits(value, named)
	}
	if want, said := schema["type"]; said { // first: the other words are about this type
		if err := d.word("type", want, value, schema); err != nil {
			return err
		}
	}
	for word, want := range schema {
		if err := d.word(word, want, value, schema); err != nil {
			return err
		}
	}
	return nil
}

func (d document) word(word string, want, value any, schema map[string]any) error {
	switch word {
	case "description", "required", "format", "minLength", "maxLength":
		return nil
	case "type":
		if typeOf(value) != want {
			return fmt.Errorf("%v is no %v", value, want)
		}
	case "const":
		if value != want {
			return fmt.Errorf("%v is not %v", value, want)
		}
	case "enum":
		if !slices.Contains(want.([]any), value) {
			return fmt.Errorf("%v is none of %v", value, want)
		}
	case "pattern":
		if !regexp.MustCompile(want.(string)).MatchString(value.(string)) {
			return fmt.Errorf("%q does not match %v", value, want)
		}
	case "minimum", "maximum":
		n, _ := value.(json.Number).Int64()
		bound, _ := want.(json.Number).Int64()
		if word == "minimum" && n < bound || word == "maximum" && n > bound {
			return fmt.Errorf("%d is beyond the %s %d", n, word, bound)
		}
	case "oneOf":
		var errs []error
		for _, one := range want.([]any) {
			err := d.fits(value, one.(map[string]any))
			if err == nil {
				return nil
			}
			errs = append(errs, err)
		}
		return fmt.Errorf("it is none of several: %v", errs)
	case "items":
		for i, item := range value.([]any) {
			if err := d.fits(item, want.(map[string]any)); err != nil {
				return fmt.Errorf("item %d: %w", i, err)
			}
		}
	case "properties":
		return d.properties(value, schema)
	case "additionalProperties":
		known, _ := schema["properties"].(map[string]any)
		of, open := want.(map[string]any)
		for name, member := range value.(map[string]any) {
			if known[name] != nil {
				continue
			}
			if !open {
				return fmt.Errorf("the member %s is not described", name)
			}
			if err := d.fits(member, of); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	case "propertyNames":
		for name := range value.(map[string]any) {
			if err := d.fits(name, want.(map[string]any)); err != nil {
				return err
			}
		}
	default:
		return fmt.Errorf("the word %s of JSON Schema is not known to this test", word)
	}
	return nil
}

func (d document) properties(value any, schema map[string]any) error {
	object, _ := value.(map[string]any)
	required, _ := schema["required"].([]any)
	for _, name := range required {
		if _, there := object[name.(string)]; !there {
			return fmt.Errorf("the member %s is missing", name)
		}
	}
	for name, of := range schema["properties"].(map[string]any) {
		if member, there := object[name]; there {
			if err := d.fits(member, of.(map[string]any)); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	return nil
}

func typeOf(value any) string {
	switch value.(type) {
	case nil:
		return "null"
	case string:
		return "string"
	case bool:
		return "boolean"
	case json.Number:
		return "integer"
	case []any:
		return "array"
	}
	return "object"
}
