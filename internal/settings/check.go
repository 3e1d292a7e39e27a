package settings

import (
	"context"
	"strconv"
	"sync"

	"github.com/dealmark/dealmark/internal/crm"
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
}

// Result is what trying one thing gave.
type Result struct {
	Name string // what was tried: "Read stages"
	OK   bool
	Text string // what came of it, and what to do where it failed
}

// Report is what [Check] found.
type Report struct {
	Results []Result
	Users   []crm.User // for the rep to say who they are
	Rep     crm.UserID // the user that the key acts as, "" if unknown
}

// nobody is an opportunity that no team has. A right to read or to change is
// tried on it: Apollo refuses a key without the right before it looks for the
// object, and nothing can be changed by it.
const nobody crm.OpportunityID = "000000000000000000000000"

// Check tries what the product needs, without changing anything. Whether
// opportunities and accounts may be created is not tried: Apollo tells only
// when one is created.
func Check(ctx context.Context, api API) Report {
	var report Report
	if err := api.Health(ctx); err != nil {
		report.Results = []Result{result("Reach Apollo with the key", err, "")}
		return report
	}
	tries := []struct {
		name string
		try  func() (found string, err error)
	}{
		{"Know whom the key acts as", func() (string, error) {
			user, err := api.Profile(ctx)
			report.Rep = user.ID
			return user.Name, err
		}},
		{"Read users", func() (string, error) {
			users, err := api.Users(ctx)
			report.Users = users
			return count(len(users), "user"), err
		}},
		{"Read stages", func() (string, error) {
			stages, err := api.Stages(ctx)
			return count(len(stages), "stage"), err
		}},
		{"Search accounts", func() (string, error) {
			_, err := api.AccountsNamed(ctx, "a")
			return "", err
		}},
		{"Search opportunities", func() (string, error) {
			_, _, err := api.OpportunitiesOf(ctx, "")
			return "", err
		}},
		{"View opportunities", func() (string, error) {
			_, err := api.Opportunity(ctx, nobody)
			return "", unlessMissing(err)
		}},
		{"Update opportunities", func() (string, error) {
			_, _, err := api.UpdateOpportunity(ctx, crm.Update{
				ID: nobody, Fields: []crm.Field{crm.FieldName}, Want: crm.Values{Name: "Dealmark checks a right"},
			})
			return "", unlessMissing(err)
		}},
	}
	results := make([]Result, len(tries))
	var group sync.WaitGroup
	for i, t := range tries {
		group.Go(func() {
			found, err := t.try()
			results[i] = result(t.name, err, found)
		})
	}
	group.Wait()
	report.Results = append([]Result{{"Reach Apollo with the key", true, "Apollo knows the key."}}, results...)
	return report
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
func CheckGateway(ctx context.Context, api Gateway) Report {
	var report Report
	if err := api.Health(ctx); err != nil {
		report.Results = []Result{result("Reach the gateway with the token", err, "")}
		return report
	}
	rep, repErr := api.Profile(ctx)
	stages, stagesErr := api.Stages(ctx)
	users, usersErr := api.Users(ctx)
	report.Rep, report.Users = rep.ID, users
	report.Results = []Result{
		{"Reach the gateway with the token", true, "The gateway knows the token."},
		result("Know who you are", repErr, rep.Name),
		result("Read users", usersErr, count(len(users), "user")),
		result("Read stages", stagesErr, count(len(stages), "stage")),
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

func result(name string, err error, found string) Result {
	if err != nil {
		return Result{name, false, crm.AsError(err).Message}
	}
	if found == "" {
		found = "Works."
	}
	return Result{name, true, found}
}

func count(n int, name string) string {
	if n != 1 {
		name += "s"
	}
	return strconv.Itoa(n) + " " + name + "."
}
