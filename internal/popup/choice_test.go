package popup_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/alias"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
	"github.com/dealmark/dealmark/internal/popup"
	"github.com/dealmark/dealmark/internal/sandbox"
	"github.com/dealmark/dealmark/internal/site"
)

var appPage = site.Page{URL: "https://app.acme-cloud.test/login", SiteName: "Acme Cloud"}

func (w *world) aliases(t *testing.T) alias.Aliases {
	t.Helper()
	all, err := alias.Load(t.Context(), w.kept)
	require.NoError(t, err)
	return all
}

func TestTheRepCorrectsTheCompany(t *testing.T) {
	w := newWorld()
	ctx := t.Context()
	s := w.read(t, appPage)
	require.Equal(t, "acme-cloud.test", w.now().Company.Domain)
	w.typing(t, s, "amount", "25k", "account_name", "Acme Cloud Inc")
	s.ChangeCompany(true)
	w.golden(t, "choice_asked")

	chosen, err := s.Search(ctx, "www.acme.test")
	require.NoError(t, err)
	assert.True(t, chosen)
	s.Read(ctx, false)
	w.golden(t, "choice_remembered")
	assert.Equal(t, alias.Aliases{{Host: "app.acme-cloud.test", Domain: "acme.test"}}, w.aliases(t))
	assert.Equal(t, "25k", w.field(crm.FieldAmount).Value, "what was typed goes along")

	t.Run("the next opening knows it at once, and asks nobody", func(t *testing.T) {
		w.reader.asked()
		s = w.opened(t, appPage)
		assert.Equal(t, "Acme Corporation", w.now().Company.Name)
		assert.Equal(t, "Remembered for app.acme-cloud.test", w.now().Company.Alias)
		assert.NotEmpty(t, w.now().List.Rows)
		assert.Empty(t, w.reader.asked())
	})
	t.Run("also below the host, and nowhere else", func(t *testing.T) {
		w.opened(t, site.Page{URL: "https://eu.app.acme-cloud.test"})
		assert.Equal(t, "acme.test", w.now().Company.Domain)
		w.opened(t, site.Page{URL: "https://www.acme-cloud.test"})
		assert.Equal(t, "acme-cloud.test", w.now().Company.Domain)
		assert.Empty(t, w.now().Company.Alias)
	})
	t.Run("it is taken back", func(t *testing.T) {
		s = w.opened(t, appPage)
		s.ChangeCompany(true)
		w.golden(t, "choice_forget")
		require.NoError(t, s.ForgetAlias(ctx))
		assert.Equal(t, "acme-cloud.test", w.now().Company.Domain)
		assert.False(t, w.now().Choice.Open)
		assert.Empty(t, w.aliases(t))
		assert.Equal(t, "25k", w.field(crm.FieldAmount).Value)
	})
	t.Run("choosing the page's own company takes it back as well", func(t *testing.T) {
		require.NoError(t, s.ChooseDomain(ctx, "acme.test", ""))
		require.Len(t, w.aliases(t), 1)
		require.NoError(t, s.ChooseDomain(ctx, "acme-cloud.test", ""))
		assert.Empty(t, w.aliases(t))
	})
	t.Run("what cannot be stored is said, and chosen all the same", func(t *testing.T) {
		fails(w.kept, "update")
		err := s.ChooseDomain(ctx, "acme.test", "")
		assert.Equal(t, crm.Unavailable, crm.KindOf(err))
		assert.Equal(t, "acme.test", w.now().Company.Domain)
	})
}

func TestNothingIsRememberedForANetwork(t *testing.T) {
	for name, page := range map[string]site.Page{
		"a network":       {URL: "https://www.linkedin.com/in/jo"},
		"a linked page":   {URL: "https://www.linkedin.com/company/globex", Links: []site.Link{{URL: "https://globex.test"}}},
		"this computer":   {URL: "http://localhost:3000"},
		"no page":         {},
		"a public suffix": {URL: "https://github.io"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			s := w.opened(t, page)
			require.NoError(t, s.ChooseDomain(t.Context(), "acme.test", ""))
			assert.Equal(t, "acme.test", w.now().Company.Domain)
			assert.Empty(t, w.aliases(t))
			assert.Equal(t, "Not remembered for this page", w.now().Company.Alias)
		})
	}
}

func TestACompanyIsFoundByName(t *testing.T) {
	search := func(t *testing.T, w *world, text string) *popup.Story {
		s := w.read(t, appPage)
		s.ChangeCompany(true)
		chosen, err := s.Search(t.Context(), text)
		require.NoError(t, err)
		assert.False(t, chosen)
		return s
	}
	t.Run("in Apollo", func(t *testing.T) {
		w := newWorld()
		s := search(t, w, "Stark")
		w.golden(t, "choice_without_domain")
		_, err := s.Search(t.Context(), "initech")
		require.NoError(t, err)
		w.golden(t, "choice_found")
		europe := w.now().Choice.Rows[0]
		require.Equal(t, "Initech Europe", europe.Name)
		require.NoError(t, s.ChooseDomain(t.Context(), europe.Domain, europe.Account))
		s.Read(t.Context(), false)
		assert.Equal(t, "Initech Europe", w.now().Company.Name, "the account was chosen along with its domain")
		assert.False(t, w.now().Choice.Open)
	})
	t.Run("here, without Apollo", func(t *testing.T) {
		w := newWorld()
		w.read(t, acmePage)
		w.reader = nil
		search(t, w, "ACME")
		require.Len(t, w.now().Choice.Rows, 1)
		assert.Equal(t, "acme.test", w.now().Choice.Rows[0].Domain)
	})
	t.Run("nowhere", func(t *testing.T) {
		w := newWorld()
		search(t, w, "localhost")
		assert.Equal(t, "No company of this name is known. Type its domain, for example acme.com.", w.now().Choice.Text)
	})
	t.Run("Apollo is away", func(t *testing.T) {
		w := newWorld()
		w.reader.answer("accounts named Nobody", errOffline)
		search(t, w, "Nobody")
		assert.Equal(t, errOffline.Text(), w.now().Choice.Text)
	})
}

// An account without a domain: the page's host points to it.
func TestAnAccountWithoutADomain(t *testing.T) {
	for name, through := range map[string]bool{"Apollo": false, "a gateway": true} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			story := func(page site.Page) *popup.Story {
				if through {
					return w.through(t, page, true)
				}
				return w.read(t, page)
			}
			ctx := t.Context()
			s := story(appPage)
			w.typing(t, s, "name", "Arc reactors", "amount", "5000")
			s.ChangeCompany(true)
			_, err := s.Search(ctx, "Stark")
			require.NoError(t, err)
			stark := w.now().Choice.Rows[0]
			require.Equal(t, "Stark & Daughters", stark.Name)
			require.NoError(t, s.ChooseAccount(ctx, stark.Account))
			s.Read(ctx, false)
			w.golden(t, "account_without_domain")
			const host = "app.acme-cloud.test"
			assert.Equal(t, alias.Aliases{{Host: host, Account: stark.Account, Name: stark.Name}}, w.aliases(t))
			w.save(t, s)
			w.drain(t)
			made := w.stored("opportunity.create")
			require.Len(t, made, 1)
			assert.Equal(t, string(stark.Account), made[0]["account_id"])
			assert.Empty(t, w.stored("account.create"))

			// Another opening knows it, without a question for accounts.
			w.reader.asked()
			s = story(appPage)
			for _, call := range w.reader.asked() {
				assert.NotContains(t, call, "accounts named")
				assert.NotContains(t, call, "company ")
			}
			assert.Equal(t, "Stark & Daughters", w.now().Company.Name)
			assert.Equal(t, popup.InApollo, w.now().Company.Status)
			assert.Equal(t, "Remembered for "+host, w.now().Company.Alias)
			var names []string
			for _, row := range w.now().List.Rows {
				names = append(names, row.Name)
			}
			assert.Equal(t, []string{"Stark workshop", "Stark service plan", "Arc reactors", "Stark retrofit"}, names)

			// And forgets it.
			s.ChangeCompany(true)
			require.True(t, w.now().Choice.Forget)
			require.NoError(t, s.ForgetAlias(ctx))
			assert.Empty(t, w.aliases(t))
			assert.NotEqual(t, "Stark & Daughters", w.now().Company.Name)
			assert.Empty(t, w.now().List.Rows)
		})
	}
}

// What could not be stored is not called remembered, whatever the host points to.
func TestAnAccountThatIsNotRemembered(t *testing.T) {
	w := newWorld()
	before, err := alias.NewAccount("app.acme-cloud.test", "65f000050000000000000001", "Another", nil)
	require.NoError(t, err)
	_, err = alias.Save(t.Context(), w.kept, "", before)
	require.NoError(t, err)
	s := w.read(t, appPage)
	assert.Equal(t, "Another", w.now().Company.Name)
	assert.Equal(t, "Remembered for app.acme-cloud.test", w.now().Company.Alias)
	s.ChangeCompany(true)
	_, err = s.Search(t.Context(), "Stark")
	require.NoError(t, err)
	w.kept.Fail = func(string) error { return errors.New("the disk is full") }
	assert.Error(t, s.ChooseAccount(t.Context(), w.now().Choice.Rows[0].Account))
	assert.Equal(t, "Stark & Daughters", w.now().Company.Name)
	assert.Empty(t, w.now().Company.Alias)
}

// On a page without a company it holds for this opening alone.
func TestAnAccountWithoutADomainOnAPageWithoutACompany(t *testing.T) {
	for name, c := range map[string]struct {
		page    site.Page
		through bool
	}{
		"webmail":                   {site.Page{URL: "https://mail.google.com/mail/u/0/"}, false},
		"webmail, with a gateway":   {site.Page{URL: "https://mail.google.com/mail/u/0/"}, true},
		"no page":                   {site.Page{}, false},
		"a page of the browser":     {site.Page{URL: "chrome://newtab/"}, false},
		"a network's page":          {site.Page{URL: "https://www.linkedin.com/in/jo"}, false},
		"a network's linked page":   {site.Page{URL: "https://www.linkedin.com/company/fresh", Links: []site.Link{{URL: "https://fresh.test", Text: "Website"}}}, false},
		"a page of a local network": {site.Page{URL: "http://intranet/"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			people := &peopleOf{Client: w.client}
			w.people = people
			ctx := t.Context()
			story := func() *popup.Story {
				if c.through {
					return w.through(t, c.page, true)
				}
				return w.read(t, c.page)
			}
			s := story()
			before := w.now().Company
			w.typing(t, s, "name", "Arc reactors", "amount", "5000")
			s.ChangeCompany(before.Status != popup.NoCompany)
			_, err := s.Search(ctx, "Stark")
			require.NoError(t, err)
			stark := w.now().Choice.Rows[0]
			require.Equal(t, "Stark & Daughters", stark.Name)
			require.NoError(t, s.ChooseAccount(ctx, stark.Account))
			s.Read(ctx, false)
			if name == "webmail" {
				w.golden(t, "account_without_domain_for_now")
			}
			assert.Equal(t, "Stark & Daughters", w.now().Company.Name)
			assert.Equal(t, "Not remembered for this page", w.now().Company.Alias)
			assert.True(t, w.now().Company.Passing)
			assert.Len(t, w.now().List.Rows, 3)
			assert.Equal(t, "Arc reactors", w.field(crm.FieldName).Value, "what was typed goes along")
			s.ListContacts(ctx)
			assert.Equal(t, 1, people.asked)

			// Another search says that it is for now, and taking it back leads to where it began.
			s.ChangeCompany(true)
			assert.Equal(t, "What you choose is not remembered: this page's address names no company.", w.now().Choice.Text)
			require.True(t, w.now().Choice.Forget)
			require.NoError(t, s.ForgetAlias(ctx))
			assert.Equal(t, before.Domain, w.now().Company.Domain)
			assert.Equal(t, before.Status == popup.NoCompany, !w.now().Form.Ready)
			assert.Equal(t, "5000", w.field(crm.FieldAmount).Value)

			s.ChangeCompany(before.Status != popup.NoCompany)
			_, err = s.Search(ctx, "Stark")
			require.NoError(t, err)
			require.NoError(t, s.ChooseAccount(ctx, stark.Account))
			w.save(t, s)
			w.drain(t)
			made := w.stored("opportunity.create")
			require.Len(t, made, 1)
			assert.Equal(t, string(stark.Account), made[0]["account_id"])
			assert.Empty(t, w.stored("account.create"))
			require.NoError(t, s.Refresh(ctx))
			assert.Len(t, w.now().List.Rows, 4)

			// A change of one of its opportunities as well.
			w.view(t, s, "Stark workshop")
			w.typing(t, s, "amount", "2600")
			w.save(t, s)
			w.drain(t)
			assert.Len(t, w.stored("opportunity.update"), 1)

			// The next opening is the page's again.
			assert.Empty(t, w.aliases(t))
			story()
			assert.Equal(t, before.Name, w.now().Company.Name)
			assert.Equal(t, before.Status, w.now().Company.Status)
			assert.Empty(t, w.now().Company.Alias)
		})
	}
}

// What belongs to the account before does not go along, also where both are kept
// in the same place.
func TestWhatBelongsToAnotherAccountStays(t *testing.T) {
	w := newWorld(func(o *sandbox.Options) {
		o.Seed.Accounts = append(o.Seed.Accounts, sandbox.Account{Name: "Stark & Sons"})
	})
	w.people = &peopleOf{Client: w.client}
	ctx := t.Context()
	s := w.read(t, site.Page{URL: "https://mail.google.com/"})
	for _, name := range []string{"Stark & Daughters", "Stark & Sons"} {
		s.ChangeCompany(name == "Stark & Sons")
		_, err := s.Search(ctx, name)
		require.NoError(t, err)
		require.NoError(t, s.ChooseAccount(ctx, w.now().Choice.Rows[0].Account))
		s.Read(ctx, false)
		if name == "Stark & Daughters" {
			w.typing(t, s, "name", "Arc reactors", "account", string(w.field(crm.FieldAccount).Value),
				string(crm.FieldContacts), "65f000060000000000000001")
		}
	}
	assert.Equal(t, "Stark & Sons", w.now().Company.Name)
	assert.Equal(t, "Arc reactors", w.field(crm.FieldName).Value)
	assert.Empty(t, w.now().Form.People.Value)
	assert.Equal(t, "Stark & Sons", w.field(crm.FieldAccount).Understood+w.field(crm.FieldAccount).Options[0].Label)
	w.save(t, s)
	w.drain(t)
	made := w.stored("opportunity.create")
	require.Len(t, made, 1)
	assert.NotEqual(t, "65f000050000000000000009", made[0]["account_id"])
	assert.Equal(t, "Arc reactors", made[0]["name"])
	// Another opening has nothing of what is saved.
	w.read(t, site.Page{URL: "https://mail.google.com/"})
	assert.Empty(t, w.field(crm.FieldName).Value)
}

func TestCandidatesOfANetworksPage(t *testing.T) {
	w := newWorld()
	s := w.opened(t, site.Page{URL: "https://www.g2.com/x", Links: []site.Link{{URL: "https://acme.test"}, {URL: "https://xn--bcher-kva.test"}}})
	w.golden(t, "choice_candidates")
	require.NoError(t, s.ChooseDomain(t.Context(), w.now().Choice.Rows[0].Domain, ""))
	assert.Equal(t, "acme.test", w.now().Company.Domain)
}

func TestOneOfSeveralAccounts(t *testing.T) {
	w := newWorld()
	ctx := t.Context()
	s := w.read(t, initechPage)
	require.True(t, w.now().Choice.Open)
	require.False(t, w.now().Choice.Search)
	rows := w.now().Choice.Rows
	require.NoError(t, s.ChooseAccount(ctx, rows[0].Account))
	assert.False(t, w.now().Choice.Open)
	assert.Equal(t, rows[0].Name, w.now().Company.Name)

	s.ChangeCompany(true)
	w.golden(t, "choice_several_changed")
	require.NoError(t, s.ChooseAccount(ctx, rows[1].Account))
	assert.Equal(t, rows[1].Name, w.now().Company.Name)
	assert.False(t, w.now().Choice.Open)

	t.Run("a host of its own", func(t *testing.T) {
		page := site.Page{URL: "https://eu.initech.test"}
		s := w.read(t, page)
		assert.Equal(t, rows[1].Name, w.now().Company.Name, "as for the whole domain")
		require.NoError(t, s.ChooseAccount(ctx, rows[0].Account))
		w.opened(t, page)
		assert.Equal(t, rows[0].Name, w.now().Company.Name)
		w.opened(t, initechPage)
		assert.Equal(t, rows[1].Name, w.now().Company.Name)
	})
}

func TestTheNewAccountsName(t *testing.T) {
	w := newWorld()
	s := w.read(t, freshPage)
	require.Equal(t, "Fresh Foods", w.now().Form.Account.Value)
	w.typing(t, s, "name", "First greens", "account_name", " ")
	_, err := s.Save(t.Context(), w.formID())
	assert.Equal(t, form.AccountName, crm.AsError(err).Field)
	assert.Equal(t, "Give the new account a name.", w.now().Form.Account.Error)
	w.typing(t, s, "account_name", "Fresh Foods GmbH")
	w.golden(t, "form_account_name")

	s = w.read(t, freshPage)
	assert.Equal(t, "Fresh Foods GmbH", w.now().Form.Account.Value, "kept over closing")
	_, err = s.Save(t.Context(), w.formID())
	require.NoError(t, err)
	w.drain(t)
	require.NoError(t, s.Refresh(t.Context()))
	require.Len(t, w.stored("opportunity.create"), 1)
	assert.Equal(t, "Fresh Foods GmbH", w.stored("opportunity.create")[0]["account"].(map[string]any)["name"])
	assert.Equal(t, "Fresh Foods GmbH", w.now().Company.Name)
	assert.False(t, w.now().Form.Account.Offered)
}
