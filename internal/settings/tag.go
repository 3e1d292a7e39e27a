package settings

import (
	"context"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
)

// TagLabel is what the team's custom field for tags is called. Every rep's
// Dealmark finds it by this name.
const TagLabel = "Dealmark entry"

// tagLength is in characters; an entry's id has 32.
const tagLength = 64

// Fields is what [SetUpTag] needs of Apollo.
type Fields interface {
	Fields(ctx context.Context, source string) ([]apollo.Field, error)
	CreateField(context.Context, apollo.NewField) (apollo.Field, []crm.Difference, error)
}

// SetUpTag gives the team's custom field for tags, and makes it where there is
// none: the team's consent comes before. Of several, which two reps at the same
// moment can make, it is the oldest for everybody.
func SetUpTag(ctx context.Context, api Fields) (id apollo.FieldID, made bool, err error) {
	if id, err = tagField(ctx, api); id != "" || err != nil {
		return id, false, err
	}
	field, _, err := api.CreateField(ctx, apollo.NewField{Of: "opportunity", Label: TagLabel, Type: "string", MaxLength: tagLength})
	if err != nil {
		return "", false, err
	}
	if oldest, err := tagField(ctx, api); err == nil && oldest != "" {
		return oldest, oldest == field.ID, nil
	}
	return field.ID, true, nil
}

// tagField is the team's field for tags, "" if there is none. An id begins with
// the time at which it was made.
func tagField(ctx context.Context, api Fields) (oldest apollo.FieldID, err error) {
	fields, err := api.Fields(ctx, "custom")
	for _, f := range fields {
		text := f.Type == "string" || f.Type == "textarea" || f.Type == ""
		if f.Of == "opportunity" && f.Label == TagLabel && text && (oldest == "" || f.ID < oldest) {
			oldest = f.ID
		}
	}
	return oldest, err
}
