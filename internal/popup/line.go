package popup

import (
	"context"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
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
		s.done = change{before, s.draft, strings.TrimSpace(strings.TrimPrefix(text, line.Name))}
	}
	s.show()
	formID = s.draft.ID
	s.mu.Unlock()
	return s.keep(ctx, formID)
}
