package outbox

import (
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// Entry is one saved command and what has become of it.
type Entry struct {
	ID          string // the form's: a form saved twice is one entry
	Command     crm.Command
	State       State
	Step        Step
	Attempts    int       // tries so far, also those that failed before the command itself was sent
	Saved       time.Time // when the rep saved it
	Sent        time.Time // when the last request left; zero if none did
	Next        time.Time // not to be sent before; zero for at once
	Changed     time.Time // when State was entered
	Account     crm.AccountID
	Opportunity crm.OpportunityID // once Apollo has said it
	Failure     *Failure          // why it is not done, nil if nothing went wrong
	Differences []crm.Difference  // for Done: fields that Apollo stored otherwise than sent
	Revision    int               // grows with every change
}

// Failure is the last error as an entry keeps it.
type Failure struct {
	Kind    crm.Kind
	Field   crm.Field
	Message string
}

// State is where an entry stands.
type State string

const (
	Queued    State = "queued"    // will be sent when Next has come
	Sending   State = "sending"   // a request may be under way
	Done      State = "done"      // Apollo has it
	Refused   State = "refused"   // Apollo said no: the rep edits or discards
	Blocked   State = "blocked"   // the key is missing, wrong or lacks a right
	Uncertain State = "uncertain" // it may or may not have reached Apollo: the rep decides
)

// Pending says whether the entry still wants something: the rep's badge counts
// these.
func (e Entry) Pending() bool { return e.State != Done }

// Step is what an entry in state Sending was doing.
type Step string

const (
	NoStep          Step = ""
	AccountStep     Step = "account"     // finding or making the account: harmless to repeat
	OpportunityStep Step = "opportunity" // the command itself
)

// opportunity is the one that an entry changes; "" for a create.
func (e Entry) opportunity() crm.OpportunityID {
	if u, ok := e.Command.(crm.Update); ok {
		return u.ID
	}
	return ""
}
