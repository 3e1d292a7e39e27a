package form

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/dealmark/dealmark/internal/crm"
)

// maxTemplateLength is in runes: more than that leaves no room for values.
const maxTemplateLength = 120

// CheckTemplate says what makes a template unfit, as an error of kind
// [crm.Invalid] that says which part of it and what would do. It is no method: a
// program would keep a Check, which commands have too, even if it never asks.
func CheckTemplate(t Template) error {
	text := string(t)
	switch n := utf8.RuneCountInString(text); {
	case text == "":
		return nil
	case n > maxTemplateLength:
		return unfit("The pattern for names is too long. Use at most 120 characters.")
	case cleanName(text) != text:
		return unfit("The pattern for names begins or ends with a space, or holds a character that is not shown. Type it again.")
	}
	seen := map[string]bool{}
	for rest := text; rest != ""; {
		signs, after, opened := strings.Cut(rest, "{")
		if strings.Contains(signs, "}") {
			return unfit("A } in the pattern has no { before it. Write a placeholder as {account}.")
		}
		if !opened {
			break
		}
		name, next, closed := strings.Cut(after, "}")
		known := Placeholders()
		switch {
		case !closed || strings.Contains(name, "{"):
			return unfit("A { in the pattern has no } after it. Write a placeholder as {account}.")
		case !slices.Contains(known[:], name):
			return unfit("{0} is no placeholder. These are: {1}.", "{"+name+"}", "{"+strings.Join(known[:], "}, {")+"}")
		case seen[name]:
			return unfit("{0} stands in the pattern twice. Use it once.", "{"+name+"}")
		}
		seen[name] = true
		rest = next
	}
	if len(seen) == 0 {
		return unfit("The pattern has no placeholder, so that all opportunities would have one name. Use {account}.")
	}
	return nil
}

func unfit(message crm.English, parts ...string) error {
	return &crm.Error{Kind: crm.Invalid, Field: crm.FieldName, Message: message, Parts: parts}
}

// ExampleName is a name that a template makes, of made-up values. An unfit
// template gives none.
func ExampleName(t Template, today crm.Date) string {
	if CheckTemplate(t) != nil {
		return ""
	}
	name, gap := t.or().fill(func(placeholder string) string {
		switch placeholder {
		case "account":
			return "Acme"
		case "domain":
			return "acme.com"
		case "owner":
			return "Maria Rossi"
		case "stage":
			return "Discovery"
		}
		return dayValue(placeholder, today.EndOfQuarter())
	})
	if gap >= 0 {
		name = name[:gap] + "…" + name[gap:]
	}
	return name
}
