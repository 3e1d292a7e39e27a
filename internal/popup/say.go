package popup

import (
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// say says a text in the rep's language. Inlined, as its kin below, it would cost the
// program 12 KB.
//
//go:noinline
func (s *Story) say(text crm.English, parts ...string) string {
	return s.ports.Words.Say(text, parts...)
}

// tell says an error in the rep's language.
//
//go:noinline
func (s *Story) tell(err error) string { return s.ports.Words.Tell(crm.AsError(err)) }

//go:noinline
func (s *Story) in(at time.Time) string { return s.ports.Words.In(at.Sub(s.ports.Clock())) }

//go:noinline
func (s *Story) button(does Action, label crm.English) Button {
	return Button{Action: does, Label: s.say(label)}
}

//go:noinline
func (s *Story) label(f crm.Field) string {
	if custom := s.custom(f); custom != nil {
		return custom.Label
	}
	return s.say(f.Label())
}
