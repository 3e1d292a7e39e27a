package settings

import (
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// Policy is what a team's admin has set for every rep's browser, as
// extension/managed_schema.json has it. Whatever stores settings is held to it, so
// that no page can write over what is locked; the zero Policy allows everything.
type Policy struct {
	Address    string // of the gateway or of Apollo's API; "" for none
	Locked     bool   // reps cannot have another address
	Passphrase bool   // a key is stored behind a passphrase only
	NoMaster   bool   // a key that can do everything is not stored
	One        bool   // reps cannot add workspaces
}

// ReadPolicy reads what the browser gives of it, as JSON. A member of another type
// than the schema's counts as not set, as the browser's own check has it.
func ReadPolicy(document []byte) (p Policy) {
	r := wire.NewReader(document)
	r.Object(func(name []byte) {
		switch {
		case string(name) == "address" && r.Is('"'):
			p.Address = withoutSlash(r.String())
		case string(name) == "addressLocked" && (r.Is('t') || r.Is('f')):
			p.Locked = r.Bool()
		case string(name) == "passphraseNeeded" && (r.Is('t') || r.Is('f')):
			p.Passphrase = r.Bool()
		case string(name) == "masterKeyRefused" && (r.Is('t') || r.Is('f')):
			p.NoMaster = r.Bool()
		case string(name) == "oneWorkspace" && (r.Is('t') || r.Is('f')):
			p.One = r.Bool()
		default:
			r.Skip()
		}
	})
	p.Locked = p.Locked && p.Address != "" // there is nothing to be locked
	return p
}

func withoutSlash(address string) string { return strings.TrimRight(strings.TrimSpace(address), "/") }

// Apply gives settings as the policy wants them, and whether that is another
// address than before. An address that checkBase refuses is its error, and changes
// nothing. A key that was stored before the policy wanted a passphrase stays, for
// only the rep can seal it, and is marked as bare.
func (p Policy) Apply(s Settings, checkBase func(string) error) (Settings, bool, error) {
	s.Bare = p.Passphrase && s.Key != "" && s.Sealed == ""
	if p.Address == "" || s.Base == p.Address || s.Base != "" && !p.Locked {
		return s, false, nil
	}
	with, err := s.With(map[string]string{"base": p.Address}, checkBase)
	if err != nil {
		return s, false, err
	}
	return with, true, nil
}

// Permits says why settings may not take the place of those before, if they may not;
// what their key may do is not known here, see [Policy.Agreed].
func (p Policy) Permits(before, s Settings) error {
	switch {
	case p.Locked && s.Base != p.Address:
		return &crm.Error{Kind: crm.Invalid, Message: "Your team's admin has set this address. It cannot be changed here."}
	case p.Passphrase && s.Key != "" && s.Sealed == "" && (s.Key != before.Key || before.Bare && !s.Bare):
		return &crm.Error{Kind: crm.Invalid, Message: "Your team's admin wants every key to be locked with a passphrase. Choose one."}
	}
	return nil
}
