package popup

import (
	"context"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
)

// TakeLine moves what the name says of other fields into these: the rep's word
// on [Form.Line]. Text is what stands in the name. It becomes another form, so
// that every field is set anew.
func (s *Story) TakeLine(ctx context.Context, formID, text string) error {
	s.mu.Lock()
	if s.draft.ID != formID {
		s.mu.Unlock()
		return nil
	}
	if text != s.draft.Text(crm.FieldName) {
		s.draft.Edit(crm.FieldName, text)
	}
	before := s.draft
	if line := s.draft.Line(s.choices(), s.today()); len(line.Parts) > 0 {
		s.draft.Take(line)
		s.draft.ID = s.ports.NewID()
		s.objections, s.remark = nil, ""
		s.taken = change{before, s.draft, strings.TrimSpace(strings.TrimPrefix(text, line.Name))}
	}
	s.show()
	formID = s.draft.ID
	s.mu.Unlock()
	return s.keep(ctx, formID)
}

// PutBack makes the form what it was before [Story.TakeLine], unless the rep
// went on typing.
func (s *Story) PutBack(ctx context.Context, formID string) error {
	s.mu.Lock()
	if s.draft.ID == formID && s.taken.stands(&s.draft) {
		s.draft = s.taken.before
		s.draft.ID = s.ports.NewID()
		s.objections, s.remark = nil, ""
		s.prefill()
		formID = s.draft.ID
	}
	s.show()
	s.mu.Unlock()
	return s.keep(ctx, formID)
}

// change is what was done to a form at once and can be undone.
type change struct {
	before, after form.Draft
	text          string
}

// stands says whether the rep has typed nothing since.
func (c *change) stands(d *form.Draft) bool {
	if c.after.ID == "" || c.after.ID != d.ID {
		return false
	}
	for _, f := range crm.Fields() {
		if d.Touched(f) != c.after.Touched(f) || d.Touched(f) && d.Text(f) != c.after.Text(f) {
			return false
		}
	}
	return true
}
