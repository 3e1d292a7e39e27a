package screen

import (
	"slices"

	"github.com/dealmark/dealmark/internal/popup"
	"github.com/dealmark/dealmark/internal/words"
)

// Screen is the popup's page. It is not for concurrent use.
type Screen struct {
	company *company
	notice  *notice
	outbox  *keyed[popup.Entry]
	choice  *choice
	list    *list
	form    *form

	shown *popup.View // what stands on the page, nil before the first Show
}

// New finds the elements of popup.html and marks the page with the workspace that
// it is for (data-workspace). What the screen says itself it says in a language.
// The error names the first id that is missing.
func New(in words.Words, workspace string) (*Screen, error) {
	var f finder
	f.find("popup").state("data-workspace", workspace)
	s := &Screen{
		company: newCompany(&f, in),
		notice:  newNotice(&f),
		outbox:  newOutbox(&f, in),
		choice:  newChoice(&f),
		list:    newList(&f, in),
		form:    newForm(&f, in),
	}
	if f.err != nil {
		return nil, f.err
	}
	return s, nil
}

// Show makes the page show v.
//
// A field's value is the rep's as long as its element is marked as touched
// (data-touched) or v says so: it is written only while untouched, or when
// v.Form.ID names another form than before.
func (s *Screen) Show(v popup.View) {
	first, last := s.shown == nil, popup.View{}
	if !first {
		last = *s.shown
	}
	if first || last.Company != v.Company {
		s.company.show(v.Company)
	}
	if first || !sameNotice(last.Notice, v.Notice) {
		s.notice.show(v.Notice)
	}
	if first || !slices.EqualFunc(last.Outbox, v.Outbox, sameEntry) {
		s.outbox.show(v.Outbox)
	}
	s.choice.show(v.Choice, v.Company.Status)
	s.list.show(v.List)
	s.form.show(v.Form)
	s.shown = &v
}
