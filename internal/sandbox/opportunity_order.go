package sandbox

import (
	"cmp"
	"slices"
)

// opportunityKeys are what opportunities can be sorted by: the largest, the
// closed, the won or the latest come first.
var opportunityKeys = map[string]func(*team, *opportunity) float64{
	"amount":    func(_ *team, o *opportunity) float64 { return o.amount.float() },
	"is_closed": func(t *team, o *opportunity) float64 { return t.flag(o, func(s *Stage) bool { return s.Closed }) },
	"is_won":    func(t *team, o *opportunity) float64 { return t.flag(o, func(s *Stage) bool { return s.Won }) },
	"closed_date": func(_ *team, o *opportunity) float64 {
		return float64(o.closedDate.UnixMilli())
	},
	"opportunity_created_at": func(_ *team, o *opportunity) float64 { return float64(o.createdAt.UnixMilli()) },
	"opportunity_updated_at": func(_ *team, o *opportunity) float64 { return float64(o.updatedAt.UnixMilli()) },
}

func (t *team) flag(o *opportunity, of func(*Stage) bool) float64 {
	if s := t.stage(o.stageID); s != nil && of(s) {
		return 1
	}
	return 0
}

// ordered gives the position of the i-th opportunity in the order asked for:
// newest first, if none is.
func (t *team) ordered(p params) (at func(i int) int, r *refusal) {
	last := len(t.opportunities) - 1
	field := p.text("sort_by_field")
	if field == "" {
		return func(i int) int { return last - i }, nil
	}
	key, ok := opportunityKeys[field]
	if !ok {
		return nil, badSort()
	}
	rows, ok := t.order[field]
	if !ok {
		rows = t.sorted(key)
		t.order[field] = rows
	}
	if p.bool("sort_ascending") {
		return func(i int) int { return rows[last-i] }, nil
	}
	return func(i int) int { return rows[i] }, nil
}

// sorted measures each opportunity once; of equals the newest comes first.
func (t *team) sorted(key func(*team, *opportunity) float64) []int {
	type measured struct {
		key      float64
		position int
	}
	keys := make([]measured, len(t.opportunities))
	for i, o := range t.opportunities {
		keys[i] = measured{key(t, o), i}
	}
	slices.SortFunc(keys, func(a, b measured) int {
		return cmp.Or(cmp.Compare(b.key, a.key), cmp.Compare(b.position, a.position))
	})
	rows := make([]int, len(keys))
	for i, k := range keys {
		rows[i] = k.position
	}
	return rows
}
