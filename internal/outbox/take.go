package outbox

import (
	"context"

	"github.com/dealmark/dealmark/internal/crm"
)

// Take removes a refused entry for good, to be edited and saved as another one.
// Seen is the entry as the rep saw it: if it moved on meanwhile, that is an error
// of kind Conflict and it stays.
func (b *Box) Take(ctx context.Context, seen Entry) error {
	entry, err := b.Find(ctx, seen.ID)
	switch {
	case err != nil:
		return err
	case entry.State != Refused || entry.Revision != seen.Revision:
		return errTaken
	}
	gone, err := b.remove(ctx, entry.ID, entry.Revision)
	if err == nil && !gone {
		err = errTaken
	}
	return err
}

var errTaken = &crm.Error{Kind: crm.Conflict, Message: "This is being sent, or was sent, and cannot be edited any more. Wait for what becomes of it."}
