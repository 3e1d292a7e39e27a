package popup

import (
	"context"

	"github.com/dealmark/dealmark/internal/form"
)

// change is what was done to a form at once and can be put back, as long as this
// popup is open.
type change struct {
	before, after form.Draft
	text          string // what was taken out of the name; "" for a form that was discarded
}

// PutBack makes the form what it was before [Story.TakeLine] or [Story.Discard],
// unless the rep went on typing.
func (s *Story) PutBack(ctx context.Context, formID string) error {
	s.mu.Lock()
	if s.draft.ID == formID && s.done.stands(&s.draft) {
		if s.draft.OpportunityID != s.done.before.OpportunityID {
			s.left = s.draft
		}
		s.draft = s.done.before
		s.draft.ID = s.ports.NewID()
		s.asked++
		s.objections, s.remark = nil, ""
		s.prefill()
		formID = s.draft.ID
	}
	s.show()
	s.mu.Unlock()
	return s.keep(ctx, formID)
}

// stands says whether the rep has typed nothing since.
func (c *change) stands(d *form.Draft) bool {
	if c.after.ID == "" || c.after.ID != d.ID {
		return false
	}
	for _, f := range d.Fields() {
		if d.Touched(f) != c.after.Touched(f) || d.Touched(f) && d.Text(f) != c.after.Text(f) {
			return false
		}
	}
	return true
}
