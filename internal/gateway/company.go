package gateway

import (
	"context"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/site"
	"github.com/dealmark/dealmark/internal/wire"
)

const (
	accountJSON     = `json_object('id', id, 'name', name, 'domain', domain, 'owner_id', owner_id)`
	opportunityJSON = `json_object('id', id, 'name', name, 'amount', amount, 'currency', currency, 'stage_id', stage_id,
		'close_date', close_date, 'owner_id', owner_id, 'account_id', account_id, 'closed', json(iif(closed, 'true', 'false')),
		'won', json(iif(won, 'true', 'false')), 'created_at', created_at, 'last_activity_at', active)`
)

// companySQL is all that a form for a company needs, in one statement: JSON that
// is answered as it is.
const companySQL = `SELECT
	(SELECT json_group_array(` + accountJSON + `) FROM (SELECT * FROM account INDEXED BY account_domain WHERE team = ?1 AND domain = ?2 ORDER BY id)),
	(SELECT json_group_array(` + opportunityJSON + `) FROM (SELECT * FROM opportunity INDEXED BY opportunity_account WHERE team = ?1
		AND account_id IN (SELECT id FROM account WHERE team = ?1 AND domain = ?2) ORDER BY created_at DESC, id DESC LIMIT 500)),
	(SELECT value FROM list WHERE team = ?1 AND name = 'stages'),
	(SELECT value FROM list WHERE team = ?1 AND name = 'users'),
	(SELECT min(seen) FROM list WHERE team = ?1 AND name IN ('stages', 'users')),
	(SELECT at FROM asked WHERE team = ?1 AND about = 'domain ' || ?2),
	(SELECT whole FROM asked WHERE team = ?1 AND about = 'domain ' || ?2),
	(SELECT complete FROM walk WHERE team = ?1),
	(SELECT head FROM walk WHERE team = ?1),
	(SELECT count(*) FROM account WHERE team = ?1 AND domain = ?2)`

// company is what the index has for a domain.
type company struct {
	accounts, opportunities, stages, users string // JSON
	lists, asked                           time.Time
	whole                                  bool
	complete, head                         time.Time
	known                                  int // accounts
}

func (g *Gateway) company(ctx context.Context, team string, domain crm.Domain) (company, error) {
	found, err := g.one(ctx, sql(companySQL, team, string(domain)))
	if err != nil {
		return company{}, err
	}
	r := found.Rows[0]
	return company{
		r.Text(0), r.Text(1), r.Text(2), r.Text(3), instant(r.Int(4)), instant(r.Int(5)), r.Int(6) != 0, instant(r.Int(7)), instant(r.Int(8)), int(r.Int(9)),
	}, nil
}

// serveCompany answers what the team has with a company. As long as the index
// knows it, that takes no request to Apollo.
func serveCompany(q *request) (answer, error) {
	domain := crm.Domain(q.id)
	if found := site.ParseDomain(q.id, nil); found.Domain != domain {
		p := invalid(404, "no_company", "This is no company's domain", "A company is asked for by its registrable domain, such as acme.com.")
		p.kind = crm.NotFound
		return answer{}, p
	}
	c, err := q.g.company(q.ctx, q.team.ID, domain)
	if err != nil {
		return answer{}, err
	}
	if q.g.stale(c) {
		err := q.g.lookUp(q.ctx, q.g.reads(q.team, q.calls), domain, q.query["name"], c)
		if err != nil && (c.known == 0 && c.asked.IsZero() || crm.KindOf(err) == crm.Internal) {
			return answer{}, err
		}
		if c, err = q.g.company(q.ctx, q.team.ID, domain); err != nil {
			return answer{}, err
		}
	}
	if q.g.clock().Sub(c.lists) >= q.g.policy.Lists || c.stages == "" || c.users == "" {
		if c.stages, _, err = q.g.list(q.ctx, q.g.reads(q.team, q.calls), stageList); err != nil {
			return answer{}, err
		}
		if c.users, _, err = q.g.list(q.ctx, q.g.reads(q.team, q.calls), userList); err != nil {
			return answer{}, err
		}
	}
	return answer{status: 200, body: c.document(domain, q.g.clock())}, nil
}

func (c company) document(domain crm.Domain, now time.Time) []byte {
	w := new(wire.Writer).BeginObject()
	w.Member("domain").String(string(domain))
	w.Member("accounts").Raw([]byte(c.accounts)).Member("opportunities").Raw([]byte(c.opportunities))
	w.Member("stages").Raw([]byte(c.stages)).Member("users").Raw([]byte(c.users))
	// With a whole walk behind it the index is as old as its last look at the newest.
	from := c.asked
	if !c.complete.IsZero() {
		from = later(from, later(c.complete, c.head))
	}
	w.Member("whole").Bool(c.whole || !c.complete.IsZero())
	w.Member("age").Int(max(int(now.Sub(from)/time.Second), 0))
	return w.EndObject().Bytes()
}

// stale says whether Apollo must be asked about a domain: the walk through the
// opportunities meets no account that has none.
func (g *Gateway) stale(c company) bool {
	age := g.clock().Sub(c.asked)
	if c.known == 0 {
		return age >= g.policy.Nothing
	}
	return age >= g.policy.Domain
}

// lookedUp is how many accounts of one domain are asked for their opportunities.
const lookedUp = 3

// lookUp asks Apollo for the accounts of a domain, by the domain's label and by the
// name that the rep's page gives, and remembers the answer also when it is none.
func (g *Gateway) lookUp(ctx context.Context, u *upstream, domain crm.Domain, name string, c company) error {
	began := g.clock()
	client := u.client()
	accounts := map[crm.AccountID]crm.Account{}
	for _, text := range []string{domain.Label(), name} {
		if text == "" || text == name && len(accounts) > 0 {
			continue
		}
		found, err := client.AccountsNamed(ctx, text)
		if err != nil {
			return err
		}
		for _, a := range found {
			if a.Domain == domain {
				accounts[a.ID] = a
			}
		}
	}
	whole := c.whole
	var steps []Statement
	var list []crm.Account
	for _, a := range accounts {
		list = append(list, a)
	}
	if len(list) > 0 {
		steps = append(steps, keepAccounts(u.team.ID, list, began))
	}
	if c.complete.IsZero() {
		whole = len(list) <= lookedUp
		for _, a := range list[:min(len(list), lookedUp)] {
			found, all, err := client.OpportunitiesOf(ctx, a.ID)
			if err != nil {
				return err
			}
			if whole = whole && all; len(found) > 0 {
				steps = append(steps, keepOpportunities(u.team.ID, found, began))
			}
		}
	}
	_, err := g.db.Batch(ctx, append(steps, asking(u.team.ID, "domain "+string(domain), began, whole))...)
	return err
}
