// Package alias remembers whose page a host is where its address misleads:
// app.acme.io is a page of acme.com, because a rep said so. An account that Apollo
// knows without a domain has none to point to: then it is the account's page.
//
// An alias is of a host and of all hosts below it, the most specific one counts.
// It is not of the registrable domain as a whole unless the rep was there, at its
// bare name or www: what is right for acme.platform.example must not spread to
// globex.platform.example. Hosts of networks, where every page is somebody
// else's, have none.
//
// The package does not know the page that is shown, nor what Apollo has.
package alias

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/site"
	"github.com/dealmark/dealmark/internal/store"
)

// Alias says that the pages of a host, and of those below it, are a company's: it
// has a Domain, or an Account with its Name.
type Alias struct {
	Host    string     // ASCII, lower case, without www
	Domain  crm.Domain // the company's
	Account crm.AccountID
	Name    string // the account's, as it was when the rep chose it
}

// Aliases are sorted by host, one for each.
type Aliases []Alias

// most is how many aliases are kept: all are read at every opening.
const most = 2000

const key = "aliases"

// New gives an alias out of two texts as a rep types them: a host or a page's
// address, and a company's domain. An error of kind Invalid says which of the
// two is wrong, and why.
func New(host, domain string, ascii site.ToASCII) (Alias, error) {
	from, err := fromHost(host, ascii)
	to := site.ParseDomain(domain, ascii)
	a := Alias{Host: from, Domain: to.Domain}
	switch {
	case err != nil:
		return Alias{}, err
	case to.Reason != "":
		return Alias{}, refused("“{0}” is no company's domain. Type one, for example acme.com.", brief(domain))
	case a.Host == string(a.Domain):
		return Alias{}, refused("{0} is its own company's page already: that needs no alias.", a.Host)
	}
	return a, nil
}

// NewAccount gives an alias that points to an account without a domain. Errors are
// as for [New].
func NewAccount(host, account, name string, ascii site.ToASCII) (Alias, error) {
	from, err := fromHost(host, ascii)
	if err != nil {
		return Alias{}, err
	}
	id, ok := crm.ParseID[crm.AccountID](account)
	if !ok {
		return Alias{}, refused("“{0}” is no account's id, which has 24 hexadecimal digits.", brief(account))
	}
	return Alias{Host: from, Account: id, Name: brief(name)}, nil
}

// fromHost reads a host or a page's address.
func fromHost(host string, ascii site.ToASCII) (string, error) {
	from := site.ParseDomain(host, ascii)
	if from.Reason != "" {
		return "", refused("“{0}” cannot be another company's page. Type a host of a company's site, for example app.acme.io.", brief(host))
	}
	return strings.TrimPrefix(from.Host, "www."), nil
}

func refused(message crm.English, parts ...string) error {
	return &crm.Error{Kind: crm.Invalid, Message: message, Parts: parts}
}

// brief is a text within a message.
func brief(text string) string {
	text = strings.TrimSpace(text)
	if len(text) > 60 {
		text = strings.ToValidUTF8(text[:60], "") + "…"
	}
	return text
}

// Of is the alias of a host, of the nearest name above it that has one.
func (all Aliases) Of(host string) (Alias, bool) {
	for name := host; name != ""; _, name, _ = strings.Cut(name, ".") {
		if a := all.find(strings.TrimPrefix(name, "www.")); a != nil {
			return *a, true
		}
	}
	return Alias{}, false
}

func (all Aliases) find(host string) *Alias {
	for i := range all {
		if all[i].Host == host {
			return &all[i]
		}
	}
	return nil
}

// with gives the aliases with another one, in the place of that of its host.
func (all Aliases) with(a Alias) Aliases { return sorted(append(all.without(a.Host), a)) }

func (all Aliases) without(host string) (rest Aliases) {
	for i := range all {
		if all[i].Host != host {
			rest = append(rest, all[i])
		}
	}
	return rest
}

// Load reads the aliases. A record that cannot be understood is an error of kind
// Internal, storage that cannot be read one of kind Unavailable.
func Load(ctx context.Context, from store.Store) (Aliases, error) {
	stored, err := store.Get(ctx, from, key)
	if err != nil {
		return nil, &crm.Error{Kind: crm.Unavailable, Err: err,
			Message: "The browser's storage could not be read, so it is not known which pages belong to another company. Close other windows of Dealmark and try again."}
	}
	return decode(stored)
}

// Save adds an alias, or changes that of its host. was is the host of an alias
// that it takes the place of, "" for none.
func Save(ctx context.Context, to store.Store, was string, a Alias) (Aliases, error) {
	return edit(ctx, to, func(all Aliases) (Aliases, error) {
		all = all.without(was).with(a)
		return all, all.fit()
	})
}

// Remove drops the alias of a host, if it has one.
func Remove(ctx context.Context, from store.Store, host string) (Aliases, error) {
	return edit(ctx, from, func(all Aliases) (Aliases, error) { return all.without(host), nil })
}

func (all Aliases) fit() error {
	if len(all) > most {
		return refused("More than 2000 hosts are not kept: all of them are read at every click. Remove some first.")
	}
	return nil
}

func edit(ctx context.Context, in store.Store, change func(Aliases) (Aliases, error)) (after Aliases, err error) {
	err = in.Update(ctx, []string{key}, func(read []store.Record) ([]store.Record, error) {
		before, err := decode(read[0].Value)
		if err != nil {
			return nil, err
		}
		if after, err = change(before); err != nil {
			return nil, err
		}
		return []store.Record{{Key: key, Value: after.encode()}}, nil
	})
	if _, says := errors.AsType[*crm.Error](err); err != nil && !says {
		err = &crm.Error{Kind: crm.Unavailable, Err: err, Message: "The browser could not store it. Free some disk space and try again."}
	}
	return after, err
}

func sorted(all Aliases) Aliases {
	crm.Sort(all, func(a, b Alias) int { return cmp.Compare(a.Host, b.Host) })
	return all
}
