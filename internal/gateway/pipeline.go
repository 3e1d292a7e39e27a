package gateway

import (
	"math/big"
	"strings"

	"github.com/dealmark/dealmark/internal/wire"
)

// servePipeline sums the index by stage, owner and currency. Sums are exact:
// currencies are never added to each other, nothing is rounded.
func servePipeline(q *request) (answer, error) {
	results, err := q.g.db.Batch(q.ctx,
		sql(`SELECT stage_id, owner_id, currency, count(*), sum(amount <> ''), sum(billions), sum(units), sum(millionths)
			FROM opportunity WHERE team = ? GROUP BY stage_id, owner_id, currency ORDER BY stage_id, owner_id, currency`, q.team.ID),
		sql(`SELECT complete, head FROM walk WHERE team = ?`, q.team.ID))
	if err != nil {
		return answer{}, err
	}
	w := new(wire.Writer).BeginObject()
	w.Member("totals").BeginArray()
	for _, r := range results[0].Rows {
		w.BeginObject().Member("stage_id").String(r.Text(0)).Member("owner_id").String(r.Text(1)).Member("currency").String(r.Text(2))
		w.Member("count").Int(int(r.Int(3))).Member("with_amount").Int(int(r.Int(4)))
		w.Member("amount").String(total(r.Int(5), r.Int(6), r.Int(7))).EndObject()
	}
	w.EndArray()
	q.g.writeAge(w, results[1], false)
	return answer{status: 200, body: w.EndObject().Bytes()}, nil
}

// total puts sums of the parts of amounts together: see the function parts.
func total(billions, units, millionths int64) string {
	sum := big.NewInt(billions)
	sum.Mul(sum, big.NewInt(1e9)).Add(sum, big.NewInt(units))
	sum.Mul(sum, big.NewInt(1e6)).Add(sum, big.NewInt(millionths))
	text, negative := strings.CutPrefix(sum.String(), "-")
	if len(text) < 7 {
		text = strings.Repeat("0", 7-len(text)) + text
	}
	whole, fraction := text[:len(text)-6], strings.TrimRight(text[len(text)-6:], "0")
	if fraction != "" {
		whole += "." + fraction
	}
	if negative {
		return "-" + whole
	}
	return whole
}
