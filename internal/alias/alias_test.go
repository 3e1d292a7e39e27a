package alias_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/alias"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/store"
)

func TestNew(t *testing.T) {
	for name, c := range map[string]struct {
		host, domain string
		want         alias.Alias
		says         string
	}{
		"host":              {"app.acme.io", "acme.com", alias.Alias{Host: "app.acme.io", Domain: "acme.com"}, ""},
		"spelled otherwise": {" https://App.ACME.io/x?y ", "https://www.Acme.com", alias.Alias{Host: "app.acme.io", Domain: "acme.com"}, ""},
		"www is the name":   {"www.acme.io", "acme.com", alias.Alias{Host: "acme.io", Domain: "acme.com"}, ""},
		"a network's page":  {"linkedin.com/company/acme", "acme.com", alias.Alias{}, "“linkedin.com/company/acme” cannot be another company's page."},
		"a suffix":          {"github.io", "acme.com", alias.Alias{}, "“github.io” cannot"},
		"no host":           {"", "acme.com", alias.Alias{}, "“” cannot"},
		"no domain":         {"app.acme.io", "acme", alias.Alias{}, "“acme” is no company's domain."},
		"itself":            {"www.acme.com", "shop.acme.com", alias.Alias{}, "acme.com is its own company's page already"},
		"of its own domain": {"eu.acme.com", "acme.com", alias.Alias{Host: "eu.acme.com", Domain: "acme.com"}, ""},
		"long":              {strings.Repeat("ü", 400), "acme.com", alias.Alias{}, "…” cannot"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := alias.New(c.host, c.domain, nil)
			if c.says == "" {
				require.NoError(t, err)
				assert.Equal(t, c.want, got)
				return
			}
			assert.Equal(t, crm.Invalid, crm.KindOf(err))
			assert.ErrorContains(t, err, c.says)
		})
	}
}

func keep(t *testing.T, in store.Store, pairs ...string) (all alias.Aliases) {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		a, err := alias.New(pairs[i], pairs[i+1], nil)
		require.NoError(t, err)
		all, err = alias.Save(t.Context(), in, "", a)
		require.NoError(t, err)
	}
	return all
}

func TestTheNearestNameCounts(t *testing.T) {
	in := &store.Memory{}
	keep(t, in, "acme.io", "acme.com", "eu.acme.io", "acme.de", "acme.platform.example", "acme.com")
	all, err := alias.Load(t.Context(), in)
	require.NoError(t, err)
	for host, want := range map[string]crm.Domain{
		"acme.io": "acme.com", "www.acme.io": "acme.com", "app.acme.io": "acme.com", "a.b.acme.io": "acme.com",
		"eu.acme.io": "acme.de", "www.eu.acme.io": "acme.de", "shop.eu.acme.io": "acme.de", "neu.acme.io": "acme.com",
		"acme.platform.example": "acme.com", "globex.platform.example": "", "platform.example": "",
		"notacme.io": "", "io": "", "": "",
	} {
		got, found := all.Of(host)
		assert.Equal(t, want, got.Domain, host)
		assert.Equal(t, want != "", found, host)
	}
}

func TestChangedAndTakenBack(t *testing.T) {
	in := &store.Memory{}
	keep(t, in, "app.acme.io", "acme.com", "b.example", "acme.com")
	all := keep(t, in, "app.acme.io", "acme.de")
	assert.Equal(t, alias.Aliases{{Host: "app.acme.io", Domain: "acme.de"}, {Host: "b.example", Domain: "acme.com"}}, all)
	all, err := alias.Save(t.Context(), in, "app.acme.io", alias.Alias{Host: "acme.io", Domain: "acme.de"})
	require.NoError(t, err)
	assert.Equal(t, alias.Aliases{{Host: "acme.io", Domain: "acme.de"}, {Host: "b.example", Domain: "acme.com"}}, all, "another host for it")
	all, err = alias.Remove(t.Context(), in, "acme.io")
	require.NoError(t, err)
	assert.Len(t, all, 1)
	_, err = alias.Remove(t.Context(), in, "never.example")
	assert.NoError(t, err)
}

// An account without a domain has none to point to.
func TestAnAccountsPage(t *testing.T) {
	in := &store.Memory{}
	// What was stored before there were any is read as it was.
	require.NoError(t, store.Put(t.Context(), in, "aliases", []byte(`{"aliases":[{"host":"b.example","domain":"acme.com"}]}`)))
	a, err := alias.NewAccount("https://www.Globex.io/about", "65f000050000000000000001", "Globex", nil)
	require.NoError(t, err)
	_, err = alias.Save(t.Context(), in, "", a)
	require.NoError(t, err)
	all, err := alias.Load(t.Context(), in)
	require.NoError(t, err)
	want := alias.Alias{Host: "globex.io", Account: "65f000050000000000000001", Name: "Globex"}
	assert.Equal(t, alias.Aliases{{Host: "b.example", Domain: "acme.com"}, want}, all)
	got, found := all.Of("shop.globex.io")
	assert.True(t, found)
	assert.Equal(t, want, got)
	elsewhere := &store.Memory{}
	again, _, err := alias.Import(t.Context(), elsewhere, all.Export(), nil)
	require.NoError(t, err)
	assert.Equal(t, all, again)
	for host, account := range map[string]string{"github.io": "65f000050000000000000001", "globex.io": "globex.com"} {
		_, err = alias.NewAccount(host, account, "x", nil)
		assert.Equal(t, crm.Invalid, crm.KindOf(err), host)
	}
}

func TestImport(t *testing.T) {
	const before = 2
	for name, c := range map[string]struct{ document, says string }{
		"merges":              {`{"version":1,"aliases":[{"host":"new.example","domain":"acme.com"},{"host":"b.example","domain":"globex.com"},{"host":"app.acme.io","domain":"acme.com"}]}`, ""},
		"none":                {`{"aliases":[]}`, ""},
		"bad domain":          {"{\"aliases\":[\n{\"host\":\"a.example\",\"domain\":\"acme.com\"},\n{\"host\":\"c.example\",\n\"domain\":\"acme\"}]}", "Line 4, “domain”: “acme” is no company's domain."},
		"bad host":            {"{\"aliases\":[\n{\"host\":\"x.com\\/acme\",\"domain\":\"acme.com\"}]}", "Line 2, “host”: “x.com/acme” cannot be another company's page."},
		"no host":             {`{"aliases":[{"domain":"acme.com"}]}`, "Line 1: this alias has no “host”."},
		"other type":          {`{"aliases":[{"host":7,"domain":"acme.com"}]}`, "“host” must be a text."},
		"unknown member":      {`{"aliases":[{"host":"a.example","domain":"acme.com","__proto__":{}}]}`, "“__proto__” is no member of an alias"},
		"unknown at the top":  {`{"key":"secret","aliases":[]}`, "“key” is no member of an export"},
		"no list":             {`{}`, "one list named “aliases” is needed"},
		"another version":     {`{"version":2,"aliases":[]}`, "“version” must be 1"},
		"not JSON":            {"{\"aliases\":[\n\nx]}", "Line 3: this is not JSON"},
		"an account":          {`{"aliases":[{"host":"new.example","account":"65f000050000000000000001","name":"No domain"},{"host":"b.example","account":"65f000050000000000000001"}]}`, ""},
		"both":                {"{\"aliases\":[\n{\"host\":\"a.example\",\"account\":\"65f000050000000000000001\",\n\"domain\":\"acme.com\"}]}", "Line 3: an alias has a “domain” or an “account”, not both."},
		"no account's id":     {"{\"aliases\":[\n{\"host\":\"a.example\",\n\"account\":\"acme.com\"}]}", "Line 3, “account”: “acme.com” is no account's id."},
		"an account's host":   {`{"aliases":[{"account":"65f000050000000000000001","host":"github.io"}]}`, "“host”: “github.io” cannot be another company's page."},
		"an account alone":    {`{"aliases":[{"account":"65f000050000000000000001"}]}`, "this alias has no “host”."},
		"cut off":             {"{\"aliases\":[\n{\"host\":\"a.example\",", "Line 2: this is not JSON"},
		"another document":    {`[{"host":"a.example","domain":"acme.com"}]`, "this is not JSON as Dealmark exports it"},
		"nothing":             {"", "this is not JSON"},
		"too many":            {`{"aliases":[` + many(2001) + `]}`, "More than 2000 hosts are not kept"},
		"a thousand are fine": {`{"aliases":[` + many(1000) + `]}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			in := &store.Memory{}
			keep(t, in, "app.acme.io", "acme.com", "b.example", "acme.com")
			all, did, err := alias.Import(t.Context(), in, []byte(c.document), nil)
			stored, loadErr := alias.Load(t.Context(), in)
			require.NoError(t, loadErr)
			if c.says != "" {
				assert.Equal(t, crm.Invalid, crm.KindOf(err))
				assert.ErrorContains(t, err, c.says)
				assert.Len(t, stored, before, "a refusal changes nothing")
				return
			}
			require.NoError(t, err)
			assert.Equal(t, stored, all)
			assert.Len(t, stored, before+did.Added)
			if name == "merges" {
				assert.Equal(t, alias.Merged{Added: 1, Changed: 1, Same: 1}, did)
			}
			again, did, err := alias.Import(t.Context(), in, stored.Export(), nil)
			require.NoError(t, err)
			assert.Equal(t, stored, again)
			assert.Equal(t, alias.Merged{Same: len(stored)}, did, "what is exported can be imported")
		})
	}
}

func many(n int) string {
	rows := make([]string, n)
	for i := range rows {
		rows[i] = `{"host":"h` + strconv.Itoa(i) + `.example","domain":"acme.com"}`
	}
	return strings.Join(rows, ",")
}

func TestWhatCannotBeRead(t *testing.T) {
	in := &store.Memory{}
	require.NoError(t, store.Put(t.Context(), in, "aliases", []byte(`{"aliases":7}`)))
	_, err := alias.Load(t.Context(), in)
	assert.Equal(t, crm.Internal, crm.KindOf(err))
	_, err = alias.Save(t.Context(), in, "", alias.Alias{Host: "a.example", Domain: "acme.com"})
	assert.Equal(t, crm.Internal, crm.KindOf(err), "it is not written over")

	in.Fail = func(string) error { return errors.New("the disk is full") }
	_, err = alias.Load(t.Context(), in)
	assert.Equal(t, crm.Unavailable, crm.KindOf(err))
	_, err = alias.Remove(t.Context(), in, "a.example")
	assert.Equal(t, crm.Unavailable, crm.KindOf(err))
}
