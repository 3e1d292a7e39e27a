package sandbox_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// shape is what JSON looks like: a path ("opportunities[].account.id") to the
// types seen there, sorted and joined by "|". A key that is JSON itself is "*".
type shape map[string]string

// opaque values are shown without what is in them: it is the team's own, or
// never looks the same twice.
var opaque = []string{
	"typed_custom_fields", "assistant_setting", "contact_campaign_status_tally", "custom_field_errors", "onboarding_use_cases",
	"excluded_csv_columns", "credits_awarded_for", "industry_tag_hash", "mapped_crm_values",
}

func shapeOf(values ...map[string]any) shape {
	s := shape{}
	for _, v := range values {
		s.walk(v, "")
	}
	return s
}

func (s shape) walk(object map[string]any, prefix string) {
	for name, v := range object {
		if strings.HasPrefix(name, "[") {
			name = "*"
		}
		s.add(prefix+name, v)
		if _, list := v.([]any); slices.Contains(opaque, name) && (!list || name != "typed_custom_fields") {
			continue
		}
		switch v := v.(type) {
		case map[string]any:
			s.walk(v, prefix+name+".")
		case []any:
			for _, item := range v {
				s.add(prefix+name+"[]", item)
				if item, ok := item.(map[string]any); ok {
					s.walk(item, prefix+name+"[].")
				}
			}
		}
	}
}

func (s shape) add(path string, v any) {
	types := strings.FieldsFunc(s[path], func(r rune) bool { return r == '|' })
	if t := typeOf(v); !slices.Contains(types, t) {
		types = append(types, t)
		slices.Sort(types)
	}
	s[path] = strings.Join(types, "|")
}

// allows says whether every one of the types is one that was seen at the path.
func (s shape) allows(path, types string) bool {
	for t := range strings.SplitSeq(types, "|") {
		if !slices.Contains(strings.Split(s[path], "|"), t) {
			return false
		}
	}
	return true
}

func typeOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case json.Number:
		return "number"
	case string:
		return "string"
	case []any:
		return "array"
	}
	return "object"
}

// readShapes reads testdata: the shapes of Apollo's answers by name.
func readShapes(t *testing.T, file string) map[string]shape {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", file))
	require.NoError(t, err)
	var shapes map[string]shape
	require.NoError(t, json.Unmarshal(b, &shapes))
	require.NotEmpty(t, shapes)
	return shapes
}
