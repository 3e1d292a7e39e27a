package engine

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

// measure keeps what searches filter and sort by, so that a write costs the next
// search nothing.
func (t *team) measure(o *opportunity) {
	t.stageIDs.set(o.position, o.stageID)
	t.accountIDs.set(o.position, o.accountID)
	for field, key := range opportunityKeys {
		column := t.columns[field]
		if o.position == len(column) {
			column = append(column, 0)
			t.columns[field] = column
		}
		column[o.position] = key(t, o)
	}
}

// ranking gives the rank of the opportunity at a position in the order asked for;
// it is nil for the default order, newest first. Of equals the newest comes first.
func (t *team) ranking(p params) (rankOf func(position int) rank, r *refusal) {
	field := p.text("sort_by_field")
	if field == "" {
		return nil, nil
	}
	if opportunityKeys[field] == nil {
		return nil, badSort()
	}
	column := t.columns[field]
	if p.bool("sort_ascending") {
		return func(position int) rank { return rank{-column[position], -position} }, nil
	}
	return func(position int) rank { return rank{column[position], position} }, nil
}
