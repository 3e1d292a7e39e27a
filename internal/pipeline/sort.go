package pipeline

import (
	"cmp"
	"slices"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
)

// Column is a column of the table.
type Column int

const (
	ByCloseDate Column = iota // the zero Query's order: the nearest first
	ByName
	ByCompany
	ByStage
	ByAmount
	ByOwner
	ByCreated
	columns
)

// Name is the column's name on the page.
func (c Column) Name() string {
	return [columns]string{"close_date", "name", "company", "stage", "amount", "owner", "created"}[c]
}

// ColumnNamed gives a column by its name on the page; the first for an unknown
// one.
func ColumnNamed(name string) Column {
	for c := range columns {
		if c.Name() == name {
			return c
		}
	}
	return ByCloseDate
}

// order gives all rows in a column's order: what has no value last, equals by
// their date, then by their names.
func (p *Pipeline) order(c Column) []int32 {
	if p.orders[c] != nil {
		return p.orders[c]
	}
	order := make([]int32, len(p.rows))
	for i := range order {
		order[i] = int32(i)
	}
	compare := p.compare(c)
	if c != ByCloseDate {
		rank := make([]int32, len(p.rows))
		for n, at := range p.order(ByCloseDate) {
			rank[at] = int32(n)
		}
		of := compare
		compare = func(a, b int32) int {
			if n := of(a, b); n != 0 {
				return n
			}
			return cmp.Compare(rank[a], rank[b])
		}
	}
	slices.SortFunc(order, func(a, b int32) int {
		if x, y := c.has(&p.rows[a]), c.has(&p.rows[b]); x != y {
			if x {
				return -1
			}
			return 1
		}
		return compare(a, b)
	})
	p.orders[c] = order
	return order
}

// has says whether a row has a value in the column.
func (c Column) has(r *Row) bool {
	switch c {
	case ByCloseDate:
		return r.CloseDate.IsSet()
	case ByName:
		return r.Name != ""
	case ByCompany:
		return r.Company != ""
	case ByAmount:
		return r.Amount.IsSet()
	case ByOwner:
		return r.Owner != ""
	case ByCreated:
		return !r.CreatedAt.IsZero()
	}
	return true
}

func (p *Pipeline) compare(c Column) func(a, b int32) int {
	rows := p.rows
	byText := func(text func(*Row) string) func(a, b int32) int {
		keys := make([]string, len(rows))
		for i := range rows {
			keys[i] = fold(text(&rows[i]))
		}
		return func(a, b int32) int { return strings.Compare(keys[a], keys[b]) }
	}
	switch c {
	case ByName:
		return byText(func(r *Row) string { return r.Name })
	case ByCompany:
		return byText(func(r *Row) string { return r.Company })
	case ByOwner:
		return byText(func(r *Row) string { return r.Owner })
	case ByStage:
		return func(a, b int32) int { return cmp.Compare(rows[a].order, rows[b].order) }
	case ByAmount:
		return func(a, b int32) int { return compareAmounts(rows[a].Amount, rows[b].Amount) }
	case ByCreated:
		return func(a, b int32) int { return rows[a].CreatedAt.Compare(rows[b].CreatedAt) }
	}
	return func(a, b int32) int {
		x, y := &rows[a], &rows[b]
		if n := x.CloseDate.Compare(y.CloseDate); n != 0 {
			return n
		}
		if n := strings.Compare(x.Name, y.Name); n != 0 {
			return n
		}
		return cmp.Compare(x.ID, y.ID)
	}
}

// compareAmounts orders by the currency first: amounts of different ones cannot
// be compared.
func compareAmounts(a, b crm.Money) int {
	if a.Currency != b.Currency {
		return strings.Compare(a.Currency, b.Currency)
	}
	var x, y crm.Sum
	x.Add(a)
	y.Add(b)
	return x.Compare(y)
}
