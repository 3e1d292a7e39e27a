package popup

import "github.com/dealmark/dealmark/internal/crm"

// View is all that the popup shows, in plain words ready to be shown. It holds
// no markup: every text is shown as text. Two equal Views look the same.
type View struct {
	Company Company
	Notice  *Notice // what stands in the way, nil if nothing does
	Outbox  []Entry // what was saved and is not settled, and what was settled lately; newest first
	Choice  Choice
	List    List
	Form    Form
}

// Company heads the popup.
type Company struct {
	Name    string // "Acme Corporation"; "" if no company is known
	Domain  string // "acme.co.uk"; "" also for an account that has none
	Unicode string // the domain for people, only where it differs from Domain
	Status  Status
	Text    string // the status in words: "In Apollo", "Not in Apollo yet"; or why there is no company
	AsOf    string // the age of what is shown, where it is not fresh: "as of 5 minutes ago"
	Alias   string // that it is the rep's word whose page this is: "Remembered for app.acme.io"; "" if it is not
	Passing bool   // the rep's word, for this opening alone
}

// Choice is what the rep may choose the company from, or one of its accounts.
type Choice struct {
	Open   bool // it stands in the place of the list: the rep must choose, or wants to
	Search bool // a domain or a name can be typed
	Forget bool // an alias can be taken back
	Text   string
	Rows   []Candidate
}

// Candidate is one of several accounts of the company, or another company.
type Candidate struct {
	Account crm.AccountID // "" for a domain that is not known to have one
	Domain  string        // what ChooseDomain takes; "" for an account of the company that is shown
	Name    string
	Detail  string // "Priya Raman · 2 open · last activity 3 days ago"
	Current bool
}

// Status says what is known of the company.
type Status string

const (
	NoCompany   Status = "no_company"    // no company on this page: the rep may type a domain
	Looking     Status = "looking"       // Apollo is being asked
	InApollo    Status = "in_apollo"     // one account
	Several     Status = "several"       // several accounts on one domain: the rep chooses
	NotInApollo Status = "not_in_apollo" // no account: saving makes it
	Unknown     Status = "unknown"       // Apollo could not be asked
)

// Notice is a hindrance and the way on.
type Notice struct {
	Kind   crm.Kind
	Text   string
	Action Action
	Label  string // of the button for Action
}

// Action is what a button in a Notice or an Entry does.
type Action string

const (
	OpenOptions Action = "open_options" // open the options page
	Unlock      Action = "unlock"       // in a Notice: enter the passphrase of the key
	Retry       Action = "retry"        // in a Notice: read again; in an Entry that waits or was refused: send it now
	Resend      Action = "resend"       // in an Entry that asks: Apollo does not have it, or has theirs: send mine
	Edit        Action = "edit"         // in an Entry: put what was saved back into the form
	Discard     Action = "discard"      // in an Entry: take it out of the queue
	Restore     Action = "restore"      // in an Entry that was discarded: take that back
	Decide      Action = "decide"       // in an Entry with Conflicts: go on as chosen field by field
	Settle      Action = "settle"       // in an Entry that asks or is uncertain: leave Apollo as it is, done
	Undo        Action = "undo"         // in an Entry of a change that is done: write back what was there before
	Open        Action = "open"         // in an Entry: look at the Button's Link in Apollo
)

// Entry is a saved command that the rep should know about.
type Entry struct {
	ID        string     // the outbox entry's
	Title     string     // "Create “Acme rollout”", "Created “Acme rollout”" once it is done
	State     string     // the outbox state: queued, sending, uncertain, asking, done, refused, blocked, discarded; or damaged
	Text      string     // what that means and what happens next; "" where the title says it all
	Conflicts []Conflict // where there are several the rep may choose for each, see Decide
	Buttons   []Button
}

// Conflict is a field that somebody else changed since the rep saw it, with its
// three values for people.
type Conflict struct {
	Name              crm.Field
	Field             string // its label
	Then, Now, Wanted string // "" for a blank
}

// Button offers an Action.
type Button struct {
	Action Action
	Label  string
	Link   string // of Open
}

// List holds the company's opportunities, open ones first.
type List struct {
	Rows   []Row
	Status string // what is going on or missing: "Reading the team's opportunities: 300 of 10000."; or why it is empty
	Busy   bool
}

// Row is one opportunity of the list.
type Row struct {
	ID        crm.OpportunityID
	Name      string
	Stage     string
	Amount    string
	CloseDate string
	Owner     string
	Closed    bool
	Won       bool
	Link      string // the opportunity in Apollo
	Current   bool   // it is the one in the form
}

// Form is the one form, for a new opportunity or for a change.
type Form struct {
	ID      string            // the draft's; another ID means another form: its fields are all set anew
	Editing crm.OpportunityID // "" while creating
	Heading string            // "New opportunity", "Change “Acme rollout”"
	Link    string            // the opportunity in Apollo while editing
	Fields  []Field           // in the order of crm.Fields
	More    []Field           // the team's custom fields
	People  People            // the contacts of the account
	Submit  string            // the button's text, which names what will be done and for whom
	Line    string            // what the name says of other fields, which TakeLine would fill: "25,000 USD · Discovery"; "" for nothing
	Taken   string            // what TakeLine took out of the name and PutBack puts back: "25k discovery"; "" for nothing
	Undo    bool              // PutBack puts back what was discarded
	Account AccountName       // the name of the account that saving makes
	Similar Similar           // an open opportunity that the new one may be
	Ready   bool              // saving is possible; false while there is no company
	Dirty   bool              // there is something to discard
	Text    string            // a remark on the whole form: "Nothing was changed."
}

// Similar is an open opportunity of the company that is like the new one in the
// form: the rep may change that one instead. It is zero where there is none.
type Similar struct {
	ID   crm.OpportunityID
	Text string // "Already open: “Acme rollout”"
}

// AccountName is a text for an account that is not there yet. It is zero where
// there is one.
type AccountName struct {
	Offered bool
	Value   string
	Touched bool
	Error   string
}

// Field is one field of the form.
type Field struct {
	Name       crm.Field
	Value      string // as typed, or an Option's Value
	Touched    bool   // the rep's own: what stands on the screen wins over Value
	Error      string
	Understood string         // what was understood of Value, where that helps
	Options    []Option       // of a choice; nil for a text
	Locked     bool           // shown, not editable
	Label      string         // of a custom field
	Kind       crm.CustomKind // of a custom field
	Required   bool
	Gap        int // 1 more than the UTF-16 units of Value before the place where typing goes on; 0 for all of it
}

// People are the contacts of an account, for the rep to attach.
type People struct {
	Offered bool
	Field   crm.Field
	Value   string // the text of Field: those that are attached
	Touched bool
	Locked  bool
	Status  string   // what is going on or missing, "" for nothing
	Rows    []Person // those who can be attached; nil until they are asked for
	Roles   []Option // what they can be
	Search  bool     // there are more, to be searched by name
}

// Person is one of them.
type Person struct {
	ID, Name, Title string
	Chosen          bool
	Role            string // an Option's Value, or several with + between
}

// Option is one choice of a Field.
type Option struct {
	Value    string
	Label    string
	Pipeline string // of a stage, "" if the team has not said
	Outcome  string // of a stage that ends an opportunity: "won" or "lost"; else ""
}
