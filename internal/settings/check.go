package settings

import (
	"context"
	"strings"
	"sync"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/words"
)

// API is what is tried of Apollo.
type API interface {
	Health(context.Context) error
	Profile(context.Context) (crm.User, error)
	Stages(context.Context) ([]crm.Stage, error)
	Users(context.Context) ([]crm.User, error)
	AccountsNamed(context.Context, string) ([]crm.Account, error)
	OpportunitiesOf(context.Context, crm.AccountID) ([]crm.Opportunity, bool, error)
	Opportunity(context.Context, crm.OpportunityID) (crm.Opportunity, error)
	UpdateOpportunity(context.Context, crm.Update) (crm.Opportunity, []crm.Difference, error)
	MayCreateOpportunity(context.Context) error
	MayCreateAccount(context.Context) error
	ContactsOf(ctx context.Context, account crm.Account, name string) (contacts []crm.Contact, whole bool, err error)
	RoleTypes(context.Context) ([]apollo.RoleType, error)
	SetContacts(ctx context.Context, id crm.OpportunityID, want string) (crm.Opportunity, []crm.Difference, error)
	Usage(context.Context) ([]apollo.Usage, error)
}

// Result is what trying one thing gave.
type Result struct {
	Name     string // what was tried: "Read stages"
	Right    string // what the key must be allowed to, as Apollo names it; "" where any key may
	Purpose  string // what it is for; "" without a right, unless it is optional
	Optional bool   // for contacts alone: the rest works without
	OK       bool
	Missing  bool   // it failed because the key lacks the right
	Text     string // what came of it, and what to do where it failed
}

// Report is what [Check] found.
type Report struct {
	Results []Result
	Users   []crm.User // for the rep to say who they are
	Rep     crm.UserID // the user that the key acts as, "" if unknown
	Master  bool       // the key may do what Dealmark never needs
}

// nobody is an opportunity that no team has. A right to read or to change is
// tried on it: Apollo refuses a key without the right before it looks for the
// object, and nothing can be changed by it.
const nobody crm.OpportunityID = "000000000000000000000000"

// Check tries each right that the product needs, without changing anything and
// at no credits, and says it in a language. Whether the key is a master key no answer says; but one that may
// read the team's usage of the API, which only a master key may as a rule, may do
// more than is needed.
func Check(ctx context.Context, api API, in words.Words) Report {
	var report Report
	const reach crm.English = "Reach Apollo with the key"
	if err := api.Health(ctx); err != nil {
		report.Results = []Result{result(in, reach, err, "")}
		return report
	}
	tries := []struct {
		name    crm.English
		op      string
		purpose crm.English
		try     func() (found string, err error)
	}{
		{"Know whom the key acts as", apollo.OpProfile, "", func() (string, error) {
			user, err := api.Profile(ctx)
			report.Rep = user.ID
			return user.Name, err
		}},
		{"Search opportunities", apollo.OpOpportunitySearch, "Lists what the team has with a company.", func() (string, error) {
			_, _, err := api.OpportunitiesOf(ctx, "")
			return "", err
		}},
		{"View opportunities", apollo.OpOpportunityView, "Shows one as it is now, before it is changed.", func() (string, error) {
			_, err := api.Opportunity(ctx, nobody)
			return "", unlessMissing(err)
		}},
		{"Create opportunities", apollo.OpOpportunityCreate, "Saves a new one.", func() (string, error) {
			return "", api.MayCreateOpportunity(ctx)
		}},
		{"Update opportunities", apollo.OpOpportunityUpdate, "Saves changes of one.", func() (string, error) {
			_, _, err := api.UpdateOpportunity(ctx, crm.Update{
				ID: nobody, Fields: []crm.Field{crm.FieldName}, Want: crm.Values{Name: "Dealmark checks a right"},
			})
			return "", unlessMissing(err)
		}},
		{"Read stages", apollo.OpStages, "Offers the team's stages.", func() (string, error) {
			stages, err := api.Stages(ctx)
			return countStages(in, stages), err
		}},
		{"Search accounts", apollo.OpAccountSearch, "Finds the company in Apollo.", func() (string, error) {
			_, err := api.AccountsNamed(ctx, "a")
			return "", err
		}},
		{"Create accounts", apollo.OpAccountFindOrCreate, "Makes the company's account where there is none.", func() (string, error) {
			return "", api.MayCreateAccount(ctx)
		}},
		{"Read users", apollo.OpUsers, "Offers the team's members as owners.", func() (string, error) {
			users, err := api.Users(ctx)
			report.Users = users
			return countUsers(in, users), err
		}},
		{"Search contacts", apollo.OpContactSearch, "Offers the account's contacts.", func() (string, error) {
			_, _, err := api.ContactsOf(ctx, crm.Account{Name: "a"}, "")
			return "", err
		}},
		{"Read roles of contacts", apollo.OpRoleTypes, "Offers what a contact can be.", func() (string, error) {
			_, err := api.RoleTypes(ctx)
			return "", err
		}},
		{"Attach contacts", apollo.OpRoleUpdate, "Saves who is attached, with a role.", func() (string, error) {
			_, _, err := api.SetContacts(ctx, nobody, "")
			return "", unlessMissing(err)
		}},
	}
	results := make([]Result, len(tries))
	var group sync.WaitGroup
	group.Go(func() {
		report.Master, _ = Master(ctx, api)
	})
	for i, t := range tries {
		group.Go(func() {
			found, err := t.try()
			r := result(in, t.name, err, found)
			r.Right, r.Purpose, r.Optional = rightOf(t.op, err), in.Say(t.purpose), forContacts(t.op)
			if r.Optional {
				r.Purpose += " " + in.Say("Only contacts need it.")
			}
			r.Missing = r.Right != "" && crm.KindOf(err) == crm.Forbidden && strings.Contains(r.Text, r.Right)
			results[i] = r
		})
	}
	group.Wait()
	report.Results = append([]Result{{Name: in.Say(reach), OK: true, Text: in.Say("Apollo knows the key.")}}, results...)
	return report
}

// forContacts says whether an operation serves contacts alone.
func forContacts(op string) bool {
	return op == apollo.OpContactSearch || op == apollo.OpRoleTypes || op == apollo.OpRoleUpdate
}

// rightOf is the right to an operation. Where Apollo documents none, and refuses all
// the same, it is the one that the refusal names.
func rightOf(op string, err error) string {
	right := apollo.RightOf(op)
	if e := crm.AsError(err); right == "" && e != nil && e.Kind == crm.Forbidden && len(e.Parts) == 1 && strings.Contains(e.Parts[0], "api/v1/") {
		return e.Parts[0]
	}
	return right
}

// Gateway is what is tried of a team's gateway.
type Gateway interface {
	Health(context.Context) error
	Profile(context.Context) (crm.User, error)
	Stages(context.Context) ([]crm.Stage, error)
	Users(context.Context) ([]crm.User, error)
}

// CheckGateway tries what the product needs of a gateway, without changing
// anything.
func CheckGateway(ctx context.Context, api Gateway, in words.Words) Report {
	var report Report
	if err := api.Health(ctx); err != nil {
		report.Results = []Result{result(in, "Reach the gateway with the token", err, "")}
		return report
	}
	rep, repErr := api.Profile(ctx)
	stages, stagesErr := api.Stages(ctx)
	users, usersErr := api.Users(ctx)
	report.Rep, report.Users = rep.ID, users
	report.Results = []Result{
		{Name: in.Say("Reach the gateway with the token"), OK: true, Text: in.Say("The gateway knows the token.")},
		result(in, "Know who you are", repErr, rep.Name),
		result(in, "Read users", usersErr, countUsers(in, users)),
		result(in, "Read stages", stagesErr, countStages(in, stages)),
	}
	return report
}

// unlessMissing drops the refusal that the tried object is expected to give.
func unlessMissing(err error) error {
	switch crm.KindOf(err) {
	case crm.NotFound, crm.Invalid:
		return nil
	}
	return err
}

func result(in words.Words, name crm.English, err error, found string) Result {
	if err != nil {
		return Result{Name: in.Say(name), Text: in.Tell(crm.AsError(err))}
	}
	if found == "" {
		found = in.Say("Works.")
	}
	return Result{Name: in.Say(name), OK: true, Text: found}
}

func countUsers(in words.Words, users []crm.User) string {
	return in.Count(len(users), "{0} user.", "{0} users.")
}

func countStages(in words.Words, stages []crm.Stage) string {
	return in.Count(len(stages), "{0} stage.", "{0} stages.")
}
