package popup_test

import (
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/popup"
)

// screen remembers every View.
type screen struct {
	mu    sync.Mutex
	views []popup.View
}

func (s *screen) show(v popup.View) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.views = append(s.views, v)
}

// now is the View that stands.
func (s *screen) now() popup.View {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.views) == 0 {
		return popup.View{}
	}
	return s.views[len(s.views)-1]
}

func (s *screen) all() []popup.View {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.views)
}

func (s *screen) formID() string { return s.now().Form.ID }

// field gives a field of the form that stands.
func (s *screen) field(f crm.Field) popup.Field {
	for _, field := range s.now().Form.Fields {
		if field.Name == f {
			return field
		}
	}
	return popup.Field{}
}

func (s *screen) value(f crm.Field) string { return s.field(f).Value }

// rowNamed gives a row of the list that stands.
func (s *screen) rowNamed(t testing.TB, name string) popup.Row {
	t.Helper()
	for _, row := range s.now().List.Rows {
		if row.Name == name {
			return row
		}
	}
	require.FailNow(t, "no such row", name)
	return popup.Row{}
}

// option gives the value of a choice by its label.
func (s *screen) option(t testing.TB, f crm.Field, label string) string {
	t.Helper()
	for _, o := range s.field(f).Options {
		if o.Label == label {
			return o.Value
		}
	}
	require.FailNow(t, "no such option", label)
	return ""
}
