package crm

import "slices"

// Values are what a rep can see and change of an opportunity. A zero value of
// a field means that it is not set.
type Values struct {
	Name      string
	Amount    Money
	StageID   StageID
	CloseDate Date
	OwnerID   UserID
	AccountID AccountID
	Custom    Custom // of the team's custom fields, those that are known
}

// Text is the canonical text of one field: "" where it is not set. It is what
// is stored, compared and sent; [Values.SetText] reads it back.
func (v Values) Text(f Field) string {
	switch f {
	case FieldName:
		return v.Name
	case FieldAmount:
		return v.Amount.Text()
	case FieldStage:
		return string(v.StageID)
	case FieldCloseDate:
		return v.CloseDate.String()
	case FieldOwner:
		return string(v.OwnerID)
	case FieldAccount:
		return string(v.AccountID)
	}
	text, _ := v.Custom.get(f)
	return customText(f, text)
}

// SetText sets one field from its canonical text. It reports false, and
// changes nothing, if text is not canonical for the field. The currency of an
// amount is kept.
func (v *Values) SetText(f Field, text string) bool {
	ok := true
	switch f {
	case FieldName:
		v.Name = text
	case FieldAmount:
		var m Money
		if m, ok = ParseMoney(text); ok || text == "" {
			m.Currency = v.Amount.Currency
			v.Amount, ok = m, true
		}
	case FieldCloseDate:
		var d Date
		if d, ok = ParseDate(text); ok || text == "" {
			v.CloseDate, ok = d, true
		}
	case FieldStage:
		ok = setID(&v.StageID, text)
	case FieldOwner:
		ok = setID(&v.OwnerID, text)
	case FieldAccount:
		ok = setID(&v.AccountID, text)
	default:
		if ok = fitsCustom(f, text); ok {
			v.Custom = v.Custom.With(f, customText(f, text))
		}
	}
	return ok
}

func setID[T ID](to *T, text string) bool {
	id, ok := ParseID[T](text)
	if ok || text == "" {
		*to = id
		return true
	}
	return false
}

// Diff lists the fields in which v and other differ, in the order of the form.
// Custom fields are those of which one of the two knows the kind.
// Currencies are not compared: Apollo keeps one for the team.
func (v Values) Diff(other Values) []Field {
	var fields []Field
	for _, f := range Fields() {
		if v.Text(f) != other.Text(f) {
			fields = append(fields, f)
		}
	}
	for _, side := range [...]Custom{v.Custom, other.Custom} {
		side.each(func(f Field, _ string) bool {
			if kind, _, _ := f.Custom(); kind != "" && v.Text(f) != other.Text(f) && !slices.Contains(fields, f) {
				fields = append(fields, f)
			}
			return true
		})
	}
	return fields
}
