package form

import (
	"strconv"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
)

// Template is a pattern for the names of new opportunities, such as
// "{account} – {product} – {quarter}". The empty one is "{account}". See
// [Placeholders]; [CheckTemplate] says whether it is fit.
type Template string

// Placeholders are what may stand in braces in a [Template]. Quarter, year and
// month are those of the close date: "Q4 2026", "2026", "2026-12". Product is an
// empty place that the rep fills.
func Placeholders() [8]string {
	return [8]string{"account", "domain", "quarter", "year", "month", "owner", "stage", product}
}

const product = "product"

// fill puts values into the template. One that is not known is left out with the
// signs before it, or those after it at the beginning. gap is where the rep's
// word goes, in bytes; -1 for nowhere.
func (t Template) fill(value func(placeholder string) string) (name string, gap int) {
	gap = -1
	bare := false // a value was left out, and nothing stands before it
	for rest := string(t); rest != ""; {
		signs, after, found := strings.Cut(rest, "{")
		placeholder, next, _ := strings.Cut(after, "}")
		rest = next
		text := ""
		if found && placeholder != product {
			if text = value(placeholder); text == "" {
				bare = bare || name == "" && gap < 0
				continue
			}
		}
		if !bare {
			name += signs
		}
		if bare = false; placeholder == product {
			gap = len(name)
		}
		name += text
	}
	return name, gap
}

// prefillName fills the name from the other fields, unless the rep has touched
// it.
func (d *Draft) prefillName(companyName string, c Choices, today crm.Date) {
	day, err := ReadDate(d.Text(crm.FieldCloseDate), today)
	if err != nil || !day.IsSet() {
		day = today
	}
	name, gap := c.Template.or().fill(func(placeholder string) (value string) {
		switch placeholder {
		case "account":
			value = companyName
		case "owner":
			owner, _ := crm.UserByID(c.Owners, crm.UserID(d.Text(crm.FieldOwner)))
			value = owner.Name
		case "stage":
			stage, _ := crm.StageByID(c.Stages, crm.StageID(d.Text(crm.FieldStage)))
			value = stage.Name
		default:
			value = dayValue(placeholder, day)
		}
		value = shorten(cleanName(value), maxNameLength)
		if value == "" && (placeholder == "account" || placeholder == "domain") {
			value = string(d.Domain)
		}
		return value
	})
	if name == "" {
		return
	}
	d.Prefill(crm.FieldName, name)
	if in := d.input(crm.FieldName); !in.touched {
		in.gap = gap + 1
	}
}

func (t Template) or() Template {
	if t == "" {
		return "{account}"
	}
	return t
}

// dayValue is what a close date gives for a placeholder.
func dayValue(placeholder string, day crm.Date) string {
	if !day.IsSet() {
		return ""
	}
	switch placeholder {
	case "quarter":
		return "Q" + strconv.Itoa(int(day.Month()+2)/3) + " " + strconv.Itoa(day.Year())
	case "year":
		return day.String()[:len("2026")]
	case "month":
		return day.String()[:len("2026-12")]
	}
	return ""
}

// Gap is where in the name the rep's own word goes, in bytes: the place of
// {product} in the [Template]. It is false where there is none, or none any more.
func (d *Draft) Gap() (at int, open bool) {
	in := d.input(crm.FieldName)
	return in.gap - 1, in.gap > 0 && in.asPrefilled()
}

// closed is the name without its gap: one that the rep did not fill goes with the
// signs on one side of it.
func (in input) closed() string {
	if in.gap == 0 || !in.asPrefilled() {
		return in.text
	}
	const signs = " " + partingSigns
	before, after := strings.TrimRight(in.text[:in.gap-1], signs), in.text[in.gap-1:]
	if before == "" {
		after = strings.TrimLeft(after, signs)
	}
	return before + after
}

// filled says whether the name still ends with what the form had put behind the
// gap, so that this is no part of a [Line].
func (in input) filled() bool {
	return in.gap > 0 && in.gap <= len(in.prefilled) && strings.HasSuffix(in.text, in.prefilled[in.gap-1:])
}
