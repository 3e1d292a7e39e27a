package popup

import (
	"cmp"
	"context"
	"strings"

	"github.com/dealmark/dealmark/internal/alias"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
	"github.com/dealmark/dealmark/internal/site"
)

// said is the alias by which the page is the shown company's, zero for none. The
// story must be locked.
func (s *Story) said() alias.Alias {
	a, ok := s.aliases.Of(s.page.Host)
	if !ok || !s.named() || a.Account != s.company.account.ID || a.Account == "" && a.Domain != s.company.Domain {
		return alias.Alias{}
	}
	return a
}

// whose is whose page it is. Where the rep has said that it is an account's that
// has no domain, the company is known by the page's own domain.
type whose struct {
	site.Company
	account crm.Account
}

func (c whose) is(d whose) bool { return c.Domain == d.Domain && c.account.ID == d.account.ID }

// nobody says that no company is known. An account that the rep has chosen needs
// no domain to be one.
func (c whose) nobody() bool { return c.Domain == "" && c.account.ID == "" }

// named says whether the page's own address names a company: only then can its
// host be another company's. The story must be locked.
func (s *Story) named() bool { return s.page.Domain != "" && !s.page.FromLink }

// passing says that the rep has chosen the company on a page that names none by
// its address: the next message in a mailbox is somebody else's, so that it holds
// for this opening alone. The story must be locked.
func (s *Story) passing() bool { return !s.named() && !s.company.is(whose{Company: s.page}) }

// owner is whose page it is: the page's company, but for what the rep has said.
func (s *Story) owner(page site.Company) whose {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, ok := s.aliases.Of(page.Host)
	switch {
	case !ok || !s.named():
		return whose{Company: page}
	case a.Account != "":
		return whose{page, crm.Account{ID: a.Account, Name: a.Name}}
	}
	return whose{Company: site.ParseDomain(string(a.Domain), s.ports.ToASCII)}
}

// ChooseDomain takes the domain of the company whose page it is, and remembers it
// for the page's host where that named another. What stands in the form goes
// along. account is the rep's choice among the accounts of the domain, "" for
// none. A text that is no company's domain is an error of kind Invalid; any other
// error is as for [Story.Open].
func (s *Story) ChooseDomain(ctx context.Context, text string, account crm.AccountID) error {
	company := site.ParseDomain(text, s.ports.ToASCII)
	if company.Reason != "" {
		return &crm.Error{Kind: crm.Invalid, Message: company.Reason.Sentence()}
	}
	var err error
	if account != "" {
		err = fault(s.ports.Index.Choose(ctx, company.Domain, string(company.Domain), account))
	}
	err = cmp.Or(err, s.remember(ctx, company.Domain))
	s.mu.Lock()
	if s.page.Domain == company.Domain {
		company = s.page // which knows more of it: its host and its name
	}
	s.mu.Unlock()
	return cmp.Or(s.turnToCompany(ctx, whose{Company: company}), err)
}

// chooseNameless takes an account without a domain that a search found, and
// remembers it for the page's host where that names a company. Where no domain is
// known what belongs to it is kept as on a page without a company.
func (s *Story) chooseNameless(ctx context.Context, account crm.Account) error {
	s.mu.Lock()
	company := whose{s.place(), account}
	named, host := s.named(), s.page.Host
	s.mu.Unlock()
	var err error
	if named {
		var a alias.Alias
		if a, err = alias.NewAccount(host, string(account.ID), account.Name, s.ports.ToASCII); err == nil {
			err = s.keepAlias(alias.Save(ctx, s.ports.Keep, "", a))
		}
	}
	return cmp.Or(s.turnToCompany(ctx, company), err)
}

// place is the company by whose domain is kept what belongs to an account without
// one: the page's, or the one that the rep has chosen for it. The story must be
// locked.
func (s *Story) place() site.Company {
	if s.page.Domain != "" {
		return s.page
	}
	return s.company.Company
}

// keepAlias takes the aliases as they are stored now.
func (s *Story) keepAlias(after alias.Aliases, err error) error {
	if err == nil {
		s.mu.Lock()
		s.aliases = after
		s.mu.Unlock()
	}
	return err
}

// remember keeps that the page is a company's, or that it is its own again.
func (s *Story) remember(ctx context.Context, d crm.Domain) error {
	s.mu.Lock()
	page, before := s.page, s.aliases
	named := s.named()
	s.mu.Unlock()
	was, known := before.Of(page.Host)
	switch {
	case !named || known && was.Domain == d:
		return nil
	case page.Domain != d:
		return s.keepAlias(alias.Save(ctx, s.ports.Keep, "", alias.Alias{Host: strings.TrimPrefix(page.Host, "www."), Domain: d}))
	case known:
		return s.keepAlias(alias.Remove(ctx, s.ports.Keep, was.Host))
	}
	return nil
}

// ForgetAlias takes back that the page is another company's than its address
// says.
func (s *Story) ForgetAlias(ctx context.Context) error {
	s.mu.Lock()
	page := s.page
	s.mu.Unlock()
	if err := s.remember(ctx, page.Domain); err != nil {
		return err
	}
	return s.turnToCompany(ctx, s.owner(page))
}

// turnToCompany shows another company. What was typed for a new opportunity goes
// along, but for what only fits the company before.
func (s *Story) turnToCompany(ctx context.Context, company whose) error {
	s.mu.Lock()
	before, same := s.draft, s.company.is(company)
	s.mu.Unlock()
	typed := typedInto(&before)
	if !same && leaveBehind(typed) && before.Domain == company.Domain {
		next := form.NewCreate(s.ports.NewID(), company.Domain) // in the place of before, which has them
		for f, text := range typed {
			next.Edit(f, text)
		}
		if err := s.put(ctx, &next, ""); err != nil {
			return fault(err)
		}
	}
	if err := s.open(ctx, company, typed); err != nil {
		return err
	}
	if before.Domain == company.Domain || before.OpportunityID != "" {
		return nil
	}
	return s.forget(ctx, &before)
}

// leaveBehind takes out of what was typed what only fits the company before, and
// reports whether there was any.
func leaveBehind(typed map[crm.Field]string) bool {
	all := len(typed)
	for _, f := range [...]crm.Field{crm.FieldAccount, crm.FieldContacts, form.AccountName} {
		delete(typed, f)
	}
	return len(typed) < all
}
