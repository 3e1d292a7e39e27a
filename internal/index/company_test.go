package index_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/index"
)

var (
	acme     = crm.Account{ID: id[crm.AccountID](1), Name: "Acme", Domain: "acme.co.uk", OwnerID: id[crm.UserID](3)}
	acmeWest = crm.Account{ID: id[crm.AccountID](2), Name: "Acme “West”\n<b>", Domain: "acme.co.uk"}
)

func (w *world) company(t *testing.T, d crm.Domain) index.Company {
	t.Helper()
	company, _, err := w.Open(t.Context(), d)
	require.NoError(t, err)
	return company
}

func TestACompanyThatWasNeverAskedFor(t *testing.T) {
	w := newWorld()
	company, team, err := w.Open(t.Context(), "acme.co.uk")
	require.NoError(t, err)
	assert.Zero(t, company)
	assert.Zero(t, team)
}

func TestLearnCompany(t *testing.T) {
	for name, accounts := range map[string][]crm.Account{
		"the team has none": nil, "one": {acme}, "several": {acme, acmeWest},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			require.NoError(t, w.LearnCompany(t.Context(), "acme.co.uk", accounts))
			assert.Equal(t, index.Company{Learned: w.now, Accounts: accounts}, w.company(t, "acme.co.uk"))
			assert.Zero(t, w.company(t, "co.uk"))
		})
	}
}

func TestTheRepsChoiceStaysWhileItsAccountDoes(t *testing.T) {
	w := newWorld()
	require.NoError(t, w.LearnCompany(t.Context(), "acme.co.uk", []crm.Account{acme, acmeWest}))
	require.NoError(t, w.Choose(t.Context(), "acme.co.uk", "www.acme.co.uk", acmeWest.ID))
	learned := w.now
	assert.Equal(t, index.Company{Learned: learned, Accounts: []crm.Account{acme, acmeWest}, Chosen: acmeWest.ID}, w.company(t, "acme.co.uk"))

	require.NoError(t, w.LearnCompany(t.Context(), "acme.co.uk", []crm.Account{acmeWest, acme}))
	assert.Equal(t, acmeWest.ID, w.company(t, "acme.co.uk").Chosen)
	require.NoError(t, w.LearnAccount(t.Context(), crm.Account{ID: id[crm.AccountID](9), Domain: "acme.co.uk"}))
	assert.Equal(t, acmeWest.ID, w.company(t, "acme.co.uk").Chosen)
	require.NoError(t, w.LearnCompany(t.Context(), "acme.co.uk", []crm.Account{acme}))
	assert.Empty(t, w.company(t, "acme.co.uk").Chosen, "the chosen account is gone")
	require.NoError(t, w.LearnCompany(t.Context(), "acme.co.uk", []crm.Account{acme, acmeWest}))
	assert.Empty(t, w.company(t, "acme.co.uk").Chosen, "an old choice does not come back")
}

// A choice at a host of the domain is of that host and those below it.
func TestAChoiceForAHost(t *testing.T) {
	w := newWorld()
	ctx := t.Context()
	require.NoError(t, w.LearnCompany(ctx, "acme.co.uk", []crm.Account{acme, acmeWest}))
	require.NoError(t, w.Choose(ctx, "acme.co.uk", "eu.acme.co.uk", acmeWest.ID))
	company := w.company(t, "acme.co.uk")
	assert.Equal(t, acmeWest.ID, company.For("eu.acme.co.uk"))
	assert.Equal(t, acmeWest.ID, company.For("shop.eu.acme.co.uk"))
	for _, host := range []string{"acme.co.uk", "www.acme.co.uk", "neu.acme.co.uk", "co.uk", ""} {
		assert.Empty(t, company.For(host), host)
	}
	require.NoError(t, w.Choose(ctx, "acme.co.uk", "www.acme.co.uk", acme.ID))
	company = w.company(t, "acme.co.uk")
	assert.Equal(t, acme.ID, company.For("www.acme.co.uk"))
	assert.Equal(t, acme.ID, company.For("us.acme.co.uk"))
	assert.Equal(t, acmeWest.ID, company.For("eu.acme.co.uk"))
	require.NoError(t, w.Choose(ctx, "acme.co.uk", "eu.acme.co.uk", acme.ID))
	assert.Equal(t, acme.ID, w.company(t, "acme.co.uk").For("eu.acme.co.uk"), "chosen anew")
	require.NoError(t, w.LearnCompany(ctx, "acme.co.uk", []crm.Account{acmeWest}))
	assert.Empty(t, w.company(t, "acme.co.uk").ChosenAt, "the account is gone")
}

func TestFind(t *testing.T) {
	w := newWorld()
	ctx := t.Context()
	require.NoError(t, w.LearnCompany(ctx, "acme.co.uk", []crm.Account{acme, acmeWest}))
	require.NoError(t, w.LearnCompany(ctx, "globex.com", []crm.Account{{ID: id[crm.AccountID](7), Name: "Globex", Domain: "WWW.Globex.com"}}))
	require.NoError(t, w.LearnCompany(ctx, "fresh.com", nil))
	for text, want := range map[string]int{"acme": 2, "ACME.co": 2, "globe": 1, "fresh": 0, "nobody": 0, "": 0, " ": 0} {
		found, err := w.Find(ctx, text, 5)
		require.NoError(t, err)
		assert.Len(t, found, want, text)
	}
	found, err := w.Find(ctx, "globex", 5)
	require.NoError(t, err)
	assert.Equal(t, crm.Domain("globex.com"), found[0].Domain)
	found, err = w.Find(ctx, "acme", 1)
	require.NoError(t, err)
	assert.Len(t, found, 1)
}

func TestLearnAccount(t *testing.T) {
	w := newWorld()
	require.NoError(t, w.LearnAccount(t.Context(), acme))
	assert.Equal(t, []crm.Account{acme}, w.company(t, "acme.co.uk").Accounts)
	require.NoError(t, w.LearnAccount(t.Context(), acmeWest))
	renamed := acme
	renamed.Name = "Acme Holding"
	require.NoError(t, w.LearnAccount(t.Context(), renamed))
	assert.Equal(t, []crm.Account{renamed, acmeWest}, w.company(t, "acme.co.uk").Accounts)
}

func TestLearnTeam(t *testing.T) {
	w := newWorld()
	team := index.Team{
		Stages: []crm.Stage{
			{ID: id[crm.StageID](1), Name: "Lead", PipelineID: id[crm.PipelineID](1), Order: 1, Probability: 10},
			{ID: id[crm.StageID](2), Name: "Won", Order: 2, Probability: 100, Closed: true, Won: true},
		},
		Users: []crm.User{{ID: id[crm.UserID](3), Name: "Jo", Email: "jo@example.com"}},
		Rep:   id[crm.UserID](3),
	}
	require.NoError(t, w.LearnTeam(t.Context(), team))
	team.Learned = w.now
	_, read, err := w.Open(t.Context(), "acme.co.uk")
	require.NoError(t, err)
	assert.Equal(t, team, read)

	require.NoError(t, w.LearnTeam(t.Context(), index.Team{}))
	_, read, err = w.Open(t.Context(), "acme.co.uk")
	require.NoError(t, err)
	assert.Equal(t, index.Team{Learned: w.now}, read, "what is not there any more is forgotten")
}

func TestForget(t *testing.T) {
	w := newWorld()
	require.NoError(t, w.LearnCompany(t.Context(), "acme.co.uk", []crm.Account{acme}))
	require.NoError(t, w.LearnTeam(t.Context(), index.Team{}))
	_, err := walk(t.Context(), w.Index, newTeam(10, 3), nil)
	require.NoError(t, err)
	require.NoError(t, w.Forget(t.Context()))
	records, err := w.store.List(t.Context(), "")
	require.NoError(t, err)
	assert.Empty(t, records)
	assert.Zero(t, w.listing(t, 1))
	require.NoError(t, w.Forget(t.Context()), "an empty index can be emptied")
}

func TestAnUnreadableRecordIsUnknown(t *testing.T) {
	for _, record := range []string{"", "null", "x", "[]", `{"accounts":7}`, `{"learned":"never"}`, `{"stages":[[]]}`, `{"users":{}`, "\xff"} {
		t.Run(record, func(t *testing.T) {
			w := newWorld()
			require.NoError(t, w.LearnCompany(t.Context(), "acme.co.uk", []crm.Account{acme}))
			require.NoError(t, w.LearnTeam(t.Context(), index.Team{Rep: id[crm.UserID](3)}))
			w.corrupt(t, "domain/acme.co.uk", record)
			w.corrupt(t, "team", record)
			company, team, err := w.Open(t.Context(), "acme.co.uk")
			require.NoError(t, err)
			assert.True(t, company.Learned.IsZero() && company.Accounts == nil)
			assert.True(t, team.Learned.IsZero() && team.Rep == "")

			require.NoError(t, w.LearnCompany(t.Context(), "acme.co.uk", []crm.Account{acme}))
			assert.Equal(t, []crm.Account{acme}, w.company(t, "acme.co.uk").Accounts, "learning again repairs it")
		})
	}
}

func TestTheStoresErrorsAreGiven(t *testing.T) {
	broken := errors.New("the database is closed")
	w := newWorld()
	w.store.Fail = func(string) error { return broken }
	ctx := t.Context()
	_, _, err := w.Open(ctx, "acme.co.uk")
	assert.ErrorIs(t, err, broken)
	_, err = w.Opportunities(ctx, acme.ID)
	assert.ErrorIs(t, err, broken)
	_, err = w.Walk(ctx)
	assert.ErrorIs(t, err, broken)
	_, err = w.Begin(ctx)
	assert.ErrorIs(t, err, broken)
	before := index.Walk{Page: 3, Started: morning}
	after, err := w.LearnPage(ctx, before, index.Page{Total: 9})
	assert.ErrorIs(t, err, broken)
	assert.Equal(t, before, after, "the walk did not move")
	for name, err := range map[string]error{
		"company": w.LearnCompany(ctx, "acme.co.uk", nil), "account": w.LearnAccount(ctx, acme), "choice": w.Choose(ctx, "acme.co.uk", "", acme.ID),
		"team": w.LearnTeam(ctx, index.Team{}), "all": w.LearnAll(ctx, acme.ID, nil), "some": w.LearnOpportunities(ctx, nil), "forget": w.Forget(ctx),
		"pause": w.Pause(ctx), "resume": w.Resume(ctx),
	} {
		assert.ErrorIs(t, err, broken, name)
	}
}

func TestTimesAreOfTheGivenClock(t *testing.T) {
	w := newWorld()
	require.NoError(t, w.LearnCompany(t.Context(), "acme.co.uk", nil))
	assert.Equal(t, morning.Add(time.Second), w.company(t, "acme.co.uk").Learned)
}
