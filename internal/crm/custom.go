package crm

import "strings"

// A custom field of the team's opportunities is a Field too:
// "custom.number.60c39ed82bd02f01154c470a". Its name holds its kind, so that
// whoever reads a stored command knows how to compare and to send its values.

// CustomKind is what a custom field holds.
type CustomKind string

const (
	CustomText    CustomKind = "text"
	CustomNumber  CustomKind = "number"  // text as [Money.Text] without a currency
	CustomDate    CustomKind = "date"    // text as [Date.String]
	CustomBool    CustomKind = "boolean" // text "true" or "false"
	CustomChoice  CustomKind = "choice"  // text is the id of an option
	CustomChoices CustomKind = "choices" // text are ids of options, sorted, with commas between

	// CustomContacts are the people of an opportunity, see [FieldContacts].
	CustomContacts CustomKind = "contacts"
)

// FieldContacts are the contacts of an opportunity with their roles. It is stored,
// compared and undone as a custom field is. Its text is CONTACT:ROLE for each, by
// their ids and with commas between: first the primary one, "" if there is none,
// then the others, sorted. A contact may have no role, or several with + between.
const FieldContacts Field = "custom.contacts.000000000000000000000000"

const customPrefix = "custom."

// CustomField names a custom field.
func CustomField(kind CustomKind, id string) Field {
	return Field(customPrefix + string(kind) + "." + id)
}

// Custom gives the kind and the id of a custom field; it is false for a field of
// every opportunity.
//
//go:noinline
func (f Field) Custom() (kind CustomKind, id string, ok bool) {
	rest, ok := strings.CutPrefix(string(f), customPrefix)
	if !ok {
		return "", "", false
	}
	named, id, ok := strings.Cut(rest, ".")
	if kind = CustomKind(named); !ok || !hex24(id) {
		return "", "", false
	}
	switch kind {
	case "", CustomText, CustomNumber, CustomDate, CustomBool, CustomChoice, CustomChoices, CustomContacts:
		return kind, id, true
	}
	return "", "", false
}

// isCustom says whether f is a custom field whose kind is known.
func (f Field) isCustom() bool {
	kind, _, _ := f.Custom()
	return kind != ""
}

// Custom are values of custom fields. It is a plain value: a copy is independent,
// and two that hold the same are equal by ==. The zero Custom holds none.
type Custom string // FIELD=TEXT\x00 for each, sorted by the fields' ids

// CustomUnknown holds no values either: whoever gave it does not know whether there
// are any.
const CustomUnknown Custom = "\x00"

// each gives the fields and texts in their order.
//
//go:noinline
func (c Custom) each(yield func(Field, string) bool) {
	for rest := string(c); rest != ""; {
		var entry string
		entry, rest, _ = strings.Cut(rest, "\x00")
		field, text, _ := strings.Cut(entry, "=")
		if field != "" && !yield(Field(field), text) {
			return
		}
	}
}

// All gives what is held, in the order of the fields' ids. The name of a value
// that came from Apollo has no kind.
func (c Custom) All() func(yield func(f Field, text string) bool) { return c.each }

// Has says whether there is a value for a field of that id, be it a blank one.
func (c Custom) Has(f Field) bool {
	_, ok := c.get(f)
	return ok
}

// get finds the value for a field of that id.
//
//go:noinline
func (c Custom) get(f Field) (text string, ok bool) {
	_, id, _ := f.Custom()
	c.each(func(there Field, its string) bool {
		if strings.HasSuffix(string(there), "."+id) {
			text, ok = its, id != ""
		}
		return !ok
	})
	return text, ok
}

// With gives the values with one more, in the place of any of the same id.
func (c Custom) With(f Field, text string) Custom {
	_, id, ok := f.Custom()
	if !ok {
		return c
	}
	var b strings.Builder
	put := func(f Field, text string) {
		b.WriteString(string(f) + "=" + strings.ReplaceAll(text, "\x00", "") + "\x00")
	}
	done := false
	c.each(func(there Field, its string) bool {
		at := string(there[len(there)-len(id):])
		if !done && at >= id {
			put(f, text)
			done = true
		}
		if at != id {
			put(there, its)
		}
		return true
	})
	if !done {
		put(f, text)
	}
	return Custom(b.String())
}

// Only gives the values of these fields alone, under their names; a field without
// a value has a blank one.
func (c Custom) Only(fields []Field) Custom {
	var only Custom
	for _, f := range fields {
		text, _ := c.get(f)
		only = only.With(f, customText(f, text))
	}
	return only
}

// customText is the canonical text of what Apollo has in a field.
//
//go:noinline
func customText(f Field, raw string) string {
	kind, _, _ := f.Custom()
	switch kind {
	case CustomNumber:
		if n, ok := ParseMoney(raw); ok {
			return n.Text()
		}
	case CustomDate:
		if d, ok := ParseDate(raw[:min(len(raw), len("2026-12-31"))]); ok {
			return d.String()
		}
	case CustomChoices:
		ids := strings.Split(raw, ",")
		Sort(ids, strings.Compare)
		return strings.Join(ids, ",")
	case CustomContacts:
		primary, rest, several := strings.Cut(raw, ",")
		if !several {
			return raw
		}
		ids := strings.Split(rest, ",")
		Sort(ids, strings.Compare)
		return primary + "," + strings.Join(ids, ",")
	}
	return raw
}

// fitsCustom says whether text is canonical for a custom field.
func fitsCustom(f Field, text string) bool {
	kind, _, ok := f.Custom()
	if !ok || text == "" {
		return ok
	}
	switch kind {
	case CustomNumber:
		n, ok := ParseMoney(text)
		return ok && n.Text() == text
	case CustomDate:
		_, ok := ParseDate(text)
		return ok
	case CustomBool:
		return text == "true" || text == "false"
	case CustomChoices:
		return customText(f, text) == text
	}
	return true
}
