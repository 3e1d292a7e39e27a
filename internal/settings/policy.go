package settings

import "strings"

// Policy is what a team's admin has set for every rep's browser, as far as it
// changes what is stored. The rest of extension/managed_schema.json is about what
// the options page lets a rep do.
type Policy struct {
	Address string // of the gateway or of Apollo's API; "" for none
	Locked  bool   // reps cannot have another one
}

// Apply gives settings as the policy wants them, and whether that is another
// address than before. An address that checkBase refuses is its error, and changes
// nothing.
func (p Policy) Apply(s Settings, checkBase func(string) error) (Settings, bool, error) {
	address := strings.TrimRight(strings.TrimSpace(p.Address), "/")
	if address == "" || s.Base == address || s.Base != "" && !p.Locked {
		return s, false, nil
	}
	with, err := s.With(map[string]string{"base": address}, checkBase)
	if err != nil {
		return s, false, err
	}
	return with, true, nil
}
