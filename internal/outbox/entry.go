package outbox

import (
	"slices"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// Entry is one saved command and what has become of it.
type Entry struct {
	ID          string // the form's: a form saved twice is one entry; also the tag in Apollo
	Command     crm.Command
	After       string   // the entry whose opportunity an update without id changes
	Behind      []string // entries of the same opportunity that were pending when this one was saved
	State       State
	Question    Question  // for Asking
	Attempts    int       // requests of the command itself
	Failures    int       // in a row
	Seq         int       // grows in the order in which the rep saved
	Saved       time.Time // when the rep saved it
	Sent        time.Time // when the last request of the command left; zero if none did
	Next        time.Time // nothing is done before; zero for at once
	Since       time.Time // when Next was set
	Changed     time.Time // when State was entered
	Over        time.Time // when it was first found to be old enough to be dropped
	Account     crm.AccountID
	Opportunity crm.OpportunityID   // once Apollo has said it
	Failure     *Failure            // why it is not done, nil if nothing went wrong
	Differences []crm.Difference    // for Done: fields that Apollo stored otherwise than sent
	Found       []crm.OpportunityID // what the rep is asked about
	Known       []crm.OpportunityID // of the same name, and not made by this entry
	Conflicts   []Conflict          // of an update
	Check       Check               // for Uncertain
	Doubted     bool                // it was Uncertain once
	Suspect     bool                // sending it again needs a check first
	Watched     int                 // looks for a second opportunity, once it is done
	Was         State               // for Discarded
	Keyed       bool                // it was never written but under [Policy].Idempotent
	Round       int                 // how often the rep has had it sent as another one, for a receiver that asked
	Boot        string              // the browser's start that wrote it last
	Revision    int                 // grows with every change
}

// Failure is the last error as an entry keeps it.
type Failure struct {
	Kind    crm.Kind
	Field   crm.Field
	Message crm.English
	Parts   []string // what is filled into Message
}

// Check is what is known of a command that may have been sent. Its times are by
// Apollo's clock: this machine's may jump.
type Check struct {
	From   time.Time // of the first answer after the request had ended; for Done, of the last one before
	Missed time.Time // of the last answer that counted as a miss
	Misses int
	Blanks int // answers that told nothing
}

// Conflict is a field that somebody else changed since the rep saw it. The texts
// are canonical, see [crm.Values.Text].
type Conflict struct {
	Field              crm.Field
	Base, Theirs, Ours string // what the rep saw, what is there, what the rep wants
	Decision           Decision
}

// Clashes are the conflicts that a receiver found which compares by itself, as the
// cause of an error of kind Conflict.
type Clashes []Conflict

// Error implements error.
func (Clashes) Error() string { return "fields were changed since they were seen" }

// Decision is the rep's word on a conflict.
type Decision string

const (
	Undecided  Decision = ""
	TakeOurs   Decision = "ours"
	TakeTheirs Decision = "theirs"
)

// State is where an entry stands.
type State string

const (
	Queued    State = "queued"    // will be sent when Next has come
	Sending   State = "sending"   // a request may be under way
	Uncertain State = "uncertain" // it may or may not have reached Apollo: being found out
	Asking    State = "asking"    // the rep decides, see Question
	Done      State = "done"      // Apollo has it
	Refused   State = "refused"   // Apollo said no: the rep edits or discards
	Blocked   State = "blocked"   // the key is missing, wrong or lacks a right
	Discarded State = "discarded" // by the rep, who may still take it back
)

// Question is what the rep is asked.
type Question string

const (
	NoQuestion  Question = ""
	Exists      Question = "exists"      // before it was sent: Found has its name and account
	Unconfirmed Question = "unconfirmed" // it may be one of Found, or missing
	Duplicate   Question = "duplicate"   // all of Found are this entry's
	Clash       Question = "conflict"    // see Conflicts
)

// Pending says whether the entry still wants something: the rep's badge counts
// these.
func (e *Entry) Pending() bool { return e.State != Done && e.State != Discarded }

// Target is the opportunity that an update changes; "" for a create, and for
// an update of one that does not exist yet.
func (e *Entry) Target() crm.OpportunityID {
	u, ok := e.Command.(crm.Update)
	switch {
	case !ok:
		return ""
	case u.ID != "":
		return u.ID
	}
	return e.Opportunity
}

func (s State) known() bool {
	switch s {
	case Queued, Sending, Uncertain, Asking, Done, Refused, Blocked, Discarded:
		return true
	}
	return false
}

// doubt is the boot rule. An entry that was written last by another start of the
// browser, or that only the mirror still has, may have been sent after that
// writing: a loss of power or of a store takes the last marks with it.
func (e *Entry) doubt() {
	switch e.State {
	case Queued, Sending, Uncertain:
		e.uncertain(&crm.Error{
			Kind:    crm.Uncertain,
			Message: "It is not known whether this reached Apollo. Dealmark looks for it there before it sends it.",
		})
	case Done:
	default:
		e.Suspect = true
	}
}

func (e *Entry) uncertain(cause *crm.Error) {
	e.State, e.Question, e.Doubted, e.Suspect = Uncertain, NoQuestion, true, false
	e.Check, e.Next, e.Since = Check{}, time.Time{}, time.Time{}
	e.Failure = &Failure{Kind: cause.Kind, Message: cause.Message, Parts: cause.Parts}
}

// requeue sends again what the rep or the settings let go on.
func (e *Entry) requeue() {
	if e.Suspect {
		e.doubtAgain()
		return
	}
	if e.State != Queued { // a click that changes nothing does not make the next waits shorter
		e.Failures = 0
	}
	e.State, e.Question, e.Failure = Queued, NoQuestion, nil
	e.Next, e.Since = time.Time{}, time.Time{}
}

func (e *Entry) doubtAgain() {
	e.State = Uncertain
	e.doubt()
}

// clash asks about conflicts, beside those that the rep has decided.
func (e *Entry) clash(decided, found []Conflict) {
	decided = slices.DeleteFunc(slices.Clone(decided), func(c Conflict) bool {
		return c.Decision == Undecided || slices.ContainsFunc(found, func(f Conflict) bool { return f.Field == c.Field })
	})
	e.Conflicts = append(decided, found...)
	e.ask(Clash, nil, "Somebody changed this opportunity since you saw it.")
}

func (e *Entry) ask(question Question, found []crm.OpportunityID, message crm.English, parts ...string) {
	e.State, e.Question, e.Found = Asking, question, found
	e.Next, e.Since = time.Time{}, time.Time{}
	e.Failure = &Failure{Kind: crm.Conflict, Message: message, Parts: parts}
}
