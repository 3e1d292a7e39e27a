package engine

import "reflect"

// textChange is a stored field, by its JSON name, before and after a write.
type textChange struct{ name, before, after string }

// changedTexts names the fields in which a write changed something.
func changedTexts(customBefore, customAfter map[string]any, fields []textChange) []string {
	changed := []string{}
	for _, field := range fields {
		if field.before != field.after {
			changed = append(changed, field.name)
		}
	}
	if !sameCustomFields(customBefore, customAfter) {
		changed = append(changed, "typed_custom_fields")
	}
	return changed
}

func sameCustomFields(a, b map[string]any) bool {
	return len(a)+len(b) == 0 || reflect.DeepEqual(a, b)
}
