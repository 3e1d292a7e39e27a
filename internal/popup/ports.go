package popup

import (
	"context"
	"time"

	"github.com/dealmark/dealmark/internal/alias"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
	"github.com/dealmark/dealmark/internal/index"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/site"
	"github.com/dealmark/dealmark/internal/store"
	"github.com/dealmark/dealmark/internal/words"
)

// Reader reads the team's data. Its errors are of type *crm.Error.
type Reader interface {
	Stages(context.Context) ([]crm.Stage, error)
	Users(context.Context) ([]crm.User, error)
	// Profile gives the user that the API key acts as.
	Profile(context.Context) (crm.User, error)
	// AccountsNamed gives accounts whose name holds the text; their domains
	// may be any.
	AccountsNamed(context.Context, string) ([]crm.Account, error)
	// OpportunitiesOf gives opportunities, the account's and perhaps those of
	// others; whole says that none of the account's is missing.
	OpportunitiesOf(context.Context, crm.AccountID) (list []crm.Opportunity, whole bool, err error)
	Opportunity(context.Context, crm.OpportunityID) (crm.Opportunity, error)
}

// CompanyReader is a Reader that reads a company at once, as a team's gateway
// does. name is what the company calls itself on its page.
type CompanyReader interface {
	Reader
	Company(ctx context.Context, domain crm.Domain, name string) (crm.Company, error)
}

// Budgeted is a Reader that knows when few requests are left of the hour, of how
// many: zeros while there are enough, or nobody knows.
type Budgeted interface {
	Low() (left, limit int)
}

// Ports are what a Story needs of the world.
type Ports struct {
	Reader  Reader // nil while no key is set, or it is locked
	Locked  bool   // only a passphrase opens the key
	Bare    bool   // the key is not used before it has a passphrase, which the team's admin wants
	Index   *index.Index
	Outbox  *outbox.Box
	Drafts  store.Store
	Aliases alias.Aliases // as they are kept when the popup opens
	Keep    store.Store   // where aliases are kept
	Clock   func() time.Time
	NewID   func() string // 128 random bits as text
	ToASCII site.ToASCII
	Show    func(View) // called with every new View, in order
	Wake    func(Task) // wakes the worker; does not wait for it
	Link    func(crm.OpportunityID) string
	Rep     crm.UserID   // who the rep is, "" if they have not said
	People  PeopleReader // nil where contacts cannot be attached
	Form    form.Setup   // how the team has its form
	Words   words.Words  // the rep's language
	Fresh   Freshness
}

// Task is what the worker is woken for.
type Task string

const (
	Drain     Task = "drain" // send what the outbox holds
	FillIndex Task = "fill"  // read the team's list into the index
)

// Freshness says how old what is known may be before Apollo is asked again: a
// team has 400 requests an hour for each kind of question, all reps together.
type Freshness struct {
	Team          time.Duration
	Company       time.Duration
	Opportunities time.Duration
	Walk          time.Duration // of the whole list
}

// DefaultFreshness is what the product uses.
func DefaultFreshness() Freshness {
	return Freshness{Team: time.Hour, Company: 10 * time.Minute, Opportunities: 15 * time.Second, Walk: 24 * time.Hour}
}
