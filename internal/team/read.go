package team

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// Company reads what the team has with a company in one request. name is what the company calls itself
// on its page, "" if it is not known.
func (c *Client) Company(ctx context.Context, domain crm.Domain, name string) (company crm.Company, err error) {
	at := call{op: "team.company", method: "GET", path: "/v1/companies/", item: string(domain)}
	if name != "" {
		at.query = []apollo.Param{{Name: "name", Value: short(name)}}
	}
	err = c.do(ctx, at, func(r *wire.Reader, name string) {
		switch name {
		case "accounts":
			company.Accounts = rows(r, account)
		case "opportunities":
			company.Opportunities = rows(r, opportunity)
		case "stages":
			company.Stages = rows(r, stage)
		case "users":
			company.Users = rows(r, user)
		case "whole":
			company.Whole = r.Bool()
		}
	})
	return company, err
}

// Stages reads the team's stages, sorted.
func (c *Client) Stages(ctx context.Context) (list []crm.Stage, err error) {
	err = c.do(ctx, call{op: apollo.OpStages, method: "GET", path: "/v1/stages"}, func(r *wire.Reader, name string) {
		if name == "stages" {
			list = rows(r, stage)
		}
	})
	return list, err
}

// Users reads the team's members, sorted by name.
func (c *Client) Users(ctx context.Context) (list []crm.User, err error) {
	err = c.do(ctx, call{op: apollo.OpUsers, method: "GET", path: "/v1/users"}, func(r *wire.Reader, name string) {
		if name == "users" {
			list = rows(r, user)
		}
	})
	return list, err
}

// Profile reads who the rep is in Apollo: the token says it.
func (c *Client) Profile(ctx context.Context) (rep crm.User, err error) {
	err = c.do(ctx, call{op: apollo.OpProfile, method: "GET", path: "/v1/me"}, func(r *wire.Reader, name string) {
		switch name {
		case "user_id":
			rep.ID = crm.UserID(r.String())
		case "rep":
			rep.Name = r.String()
		}
	})
	return rep, err
}

// Health says whether the gateway knows the token, nil if it does.
func (c *Client) Health(ctx context.Context) error {
	_, err := c.Profile(ctx)
	return err
}

// AccountsNamed gives up to 100 accounts with a text in their name.
func (c *Client) AccountsNamed(ctx context.Context, text string) (list []crm.Account, err error) {
	at := call{op: apollo.OpAccountSearch, method: "GET", path: "/v1/accounts", query: []apollo.Param{{Name: "name", Value: short(text)}}}
	err = c.do(ctx, at, func(r *wire.Reader, name string) {
		if name == "accounts" {
			list = rows(r, account)
		}
	})
	return list, err
}

// OpportunitiesOf gives the opportunities of one account, newest first; whole says
// that none is missing.
func (c *Client) OpportunitiesOf(ctx context.Context, account crm.AccountID) (list []crm.Opportunity, whole bool, err error) {
	return c.list(ctx, apollo.Param{Name: "account", Value: string(account)})
}

// Opportunity reads one.
func (c *Client) Opportunity(ctx context.Context, id crm.OpportunityID) (o crm.Opportunity, err error) {
	if _, ok := crm.ParseID[crm.OpportunityID](string(id)); !ok {
		return o, &crm.Error{Kind: crm.Invalid, Op: apollo.OpOpportunityView, Message: "The opportunity to open is not known."}
	}
	var custom crm.Custom
	contacts := ""
	err = c.do(ctx, call{op: apollo.OpOpportunityView, method: "GET", path: "/v1/opportunities/", item: string(id)}, func(r *wire.Reader, name string) {
		switch name {
		case "opportunity":
			if o, _ = opportunity(r); o.ID != id {
				r.Fail(errUnusable)
			}
		case "custom":
			custom = readCustom(r)
		case "contacts":
			if r.Is('"') {
				contacts = r.String()
			}
		}
	})
	if o.Custom = custom; contacts != "" {
		o.Custom = custom.With(crm.FieldContacts, contacts)
	}
	return o, err
}

// maxPages is how many pages of a list are read: 500 opportunities.
const maxPages = 5

func (c *Client) list(ctx context.Context, filter apollo.Param) (list []crm.Opportunity, whole bool, err error) {
	after := ""
	for range maxPages {
		at := call{op: apollo.OpOpportunitySearch, method: "GET", path: "/v1/opportunities", query: []apollo.Param{filter, {Name: "limit", Value: "100"}}}
		if after != "" {
			at.query = append(at.query, apollo.Param{Name: "after", Value: after})
		}
		complete := false
		err := c.do(ctx, at, func(r *wire.Reader, name string) {
			switch name {
			case "opportunities":
				list = append(list, rows(r, opportunity)...)
			case "next":
				after = r.String()
			case "complete":
				complete = r.Bool()
			}
		})
		if err != nil {
			return nil, false, err
		}
		if after == "" {
			return list, complete, nil
		}
	}
	return list, false, nil
}

// short cuts a text to what the gateway takes, between two characters.
func short(text string) string {
	text = strings.TrimSpace(text)
	if len(text) > 100 {
		text = text[:100]
		for !utf8.ValidString(text) {
			text = text[:len(text)-1]
		}
	}
	return text
}
