package crm

// Field names one value of an opportunity that a rep sees and changes. The
// text is the one word for it in code, in stored records and on the screen's
// elements.
type Field string

// The fields of an opportunity, in the order of the form.
const (
	FieldName      Field = "name"
	FieldAmount    Field = "amount"
	FieldStage     Field = "stage"
	FieldCloseDate Field = "close_date"
	FieldOwner     Field = "owner"
	FieldAccount   Field = "account"
)

// Fields lists every field in the order of the form.
func Fields() [6]Field {
	return [6]Field{FieldName, FieldAmount, FieldStage, FieldCloseDate, FieldOwner, FieldAccount}
}

// Label is the field's name for people, in the middle of a sentence.
func (f Field) Label() English {
	switch f {
	case FieldName:
		return "name"
	case FieldAmount:
		return "amount"
	case FieldStage:
		return "stage"
	case FieldCloseDate:
		return "close date"
	case FieldOwner:
		return "owner"
	case FieldAccount:
		return "account"
	}
	if f == FieldContacts {
		return "contacts"
	}
	if f.isCustom() {
		return "custom field" // what it is called is not in its name
	}
	return English(f)
}
