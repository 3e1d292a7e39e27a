package gateway

import (
	"context"
	"strconv"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
)

// operation is one write that a rep asked for, as the database has it.
type operation struct {
	team, id, rep, name string
	request             string // what was asked for, as a hash
	fields              string
	target              string
	holder              string // who holds the lease, as far as we do
	status              int    // of the stored answer, 0 for none
	answer              []byte
}

// What operations are called in the audit.
const (
	createOpportunity = "opportunity.create"
	updateOpportunity = "opportunity.update"
	createAccount     = "account.create"
)

const operationColumns = `team, id, rep, name, request, fields, target, status, answer`

func readOperation(row Row) *operation {
	return &operation{
		team: row.Text(0), id: row.Text(1), rep: row.Text(2), name: row.Text(3), request: row.Text(4),
		fields: row.Text(5), target: row.Text(6), status: int(row.Int(7)), answer: []byte(row.Text(8)),
	}
}

// operation finds one; nil if there is none.
func (g *Gateway) operation(ctx context.Context, team, id string) (*operation, error) {
	found, err := g.one(ctx, sql(`SELECT `+operationColumns+` FROM operation WHERE team = ? AND id = ?`, team, id))
	if err != nil || len(found.Rows) == 0 {
		return nil, err
	}
	return readOperation(found.Rows[0]), nil
}

// begin writes down what is asked for before anything is done, or finds that it was
// written down before. The same id with anything else, or by another rep, is
// refused.
func (q *request) begin(name, target string, fields []string, asked []byte) (*operation, error) {
	hash := hexSum(append([]byte(q.rep.Name+" "+name+" "+target+" "), asked...))
	results, err := q.g.db.Batch(q.ctx,
		sql(`INSERT INTO operation (team, id, rep, name, request, fields, target, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (team, id) DO NOTHING`,
			q.team.ID, q.key, q.rep.Name, name, hash, strings.Join(fields, " "), target, millis(q.g.clock())),
		sql(`SELECT `+operationColumns+` FROM operation WHERE team = ? AND id = ?`, q.team.ID, q.key))
	if err != nil {
		return nil, err
	}
	o := readOperation(results[1].Rows[0])
	if o.request != hash {
		return nil, &problem{status: 409, code: "operation_id_used", title: "The operation's id was used for something else", kind: crm.Conflict,
			detail: "Another write has this id already. Nothing was done. A new write needs a new id."}
	}
	return o, nil
}

// release gives the lease back and says when the operation is to be looked at
// again without being asked; 0 for never.
func (g *Gateway) release(ctx context.Context, o *operation, due int64) error {
	var at any
	if due > 0 {
		at = due
	}
	_, err := g.one(ctx, sql(`UPDATE operation SET lease = 0, due = ? WHERE team = ? AND id = ? AND holder = ?`, at, o.team, o.id, o.holder))
	return err
}

// settle stores the answer for good, with the audit's row and what the index
// learns from it, in one step. due is as for release.
func (g *Gateway) settle(ctx context.Context, o *operation, a answer, object, result string, due int64, learned ...Statement) error {
	var at any
	if due > 0 {
		at = due
	}
	steps := append(learned,
		sql(`UPDATE operation SET status = COALESCE(status, ?), answer = COALESCE(answer, ?), lease = 0, due = ? WHERE team = ? AND id = ?`,
			a.status, string(a.body), at, o.team, o.id),
		g.audited(o, object, result))
	if due == 0 { // the answer is all that is needed from now on
		steps = append(steps, sql(`DELETE FROM outbox WHERE team = ? AND key IN (?, ?)`, o.team, "entry/"+o.id, entries{operation: o.id}.ownNote()))
	}
	if _, err := g.db.Batch(ctx, steps...); err != nil {
		return err
	}
	o.status, o.answer = a.status, a.body
	return nil
}

// audited is the row of the audit for what became of an operation: one for each
// result.
func (g *Gateway) audited(o *operation, object, result string) Statement {
	return sql(`INSERT INTO audit (team, at, rep, name, operation, object, fields, result) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (team, operation, result) DO NOTHING`,
		o.team, millis(g.clock()), o.rep, o.name, o.id, object, o.fields, result)
}

// stored is the answer that was stored, as it was given then.
func (o *operation) stored() answer {
	a := answer{status: o.status, body: o.answer}
	if o.status >= 400 {
		a.kind = "application/problem+json"
	}
	return a
}

// underWay is the answer while somebody else carries the operation out.
func underWay(state string, wait int) answer {
	a := answer{status: 202, body: []byte(`{"state":"` + state + `","retry_after":` + strconv.Itoa(wait) + `}`)}
	a.set("retry-after", strconv.Itoa(wait))
	return a
}
