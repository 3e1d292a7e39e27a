package popup

import (
	"errors"

	"github.com/dealmark/dealmark/internal/crm"
)

// hindrance is an error as the rep reads it, with the way on.
func (s *Story) hindrance(err *crm.Error) *Notice {
	n := &Notice{Kind: err.Kind, Text: s.tell(err), Action: Retry, Label: s.say("Try again")}
	switch err.Kind {
	case crm.Unauthorized, crm.Forbidden:
		n.Action, n.Label = OpenOptions, s.say("Open the settings")
	case crm.NotFound:
		n.Label = s.say("Load the list again")
	case crm.RateLimited:
		n.Text += " " + s.say("Saving works meanwhile.")
	case crm.Unavailable:
		n.Text += " " + s.say("You can go on: what you save is kept and sent later.")
	}
	return n
}

// fault is an error of storage as the rep reads it; other errors say themselves
// what happened.
func fault(err error) error {
	if _, says := errors.AsType[*crm.Error](err); err == nil || says {
		return err
	}
	return &crm.Error{Kind: crm.Internal, Err: err,
		Message: "The browser's storage does not work as it should; what is saved there may not be shown, but is not deleted. Close other windows of Dealmark, free some disk space, and try again."}
}

const keyLocked crm.English = "The key is locked. Enter your passphrase; what you type and save is kept meanwhile."

const keyBare crm.English = "Your team's admin wants every key to be locked with a passphrase, and yours is not yet. What you type and save is kept meanwhile."

const needsKey crm.English = "Dealmark needs your team's Apollo API key. What you type and save is kept until it is there."
