package settings

import (
	"context"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
)

// FieldMaster is the field of the error by which a rep is asked for their word on a
// master key.
const FieldMaster crm.Field = "master"

// Master says whether a key is one that can do everything, and whether that is
// known. No answer of Apollo says so; but it tells the team's usage of the API to
// such a key only, as a rule.
func Master(ctx context.Context, api interface {
	Usage(context.Context) ([]apollo.Usage, error)
}) (master, known bool) {
	_, err := api.Usage(ctx)
	switch crm.KindOf(err) {
	case "":
		return true, true
	case crm.Forbidden, crm.Unauthorized:
		return false, true
	}
	return false, false
}

// Asks says whether it matters for settings what their new key may do: a token can
// do what the gateway lets it, and about a key that the rep has agreed to nobody is
// asked again, unless the policy wants no such key at all.
func (p Policy) Asks(before, s Settings) bool {
	return s.Key != "" && s.Key != before.Key && !s.Gateway() && (!s.Master || p.NoMaster)
}

// Agreed says why a key may not be stored before the rep has agreed to it, or at
// all. What is not known is no reason, unless the policy wants to know.
func (p Policy) Agreed(s Settings, master, known bool) error {
	switch {
	case p.NoMaster && master:
		return &crm.Error{Kind: crm.Invalid, Message: "This is a master key, which your team's admin does not want here. Enter a key with only the rights that Dealmark needs."}
	case p.NoMaster && !known:
		return &crm.Error{Kind: crm.Unavailable, Message: "Your team's admin wants no master key here, and Apollo could not be asked whether this is one. Try again when it can be reached."}
	case master && !s.Master:
		return &crm.Error{Kind: crm.Invalid, Field: FieldMaster, Message: "Nothing is saved yet: this is a master key. Enter a key with fewer rights, or agree to this one and save again."}
	}
	return nil
}
