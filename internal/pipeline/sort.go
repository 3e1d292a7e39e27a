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

// inOrder gives all rows in a column's order: what has no value last, equals by
// their date, then by their names.
func (p *Pipeline) inOrder(c Column) []int32 {
	if p.orders[c] == nil {
		if c == ByCloseDate {
			p.orders[c] = p.byCloseDate()
		} else {
			p.orders[c] = p.by(c)
		}
	}
	return p.orders[c]
}

// byCloseDate is the order of the close dates, then of the names.
func (p *Pipeline) byCloseDate() []int32 {
	order, days := make([]int32, p.Len()), make([]uint32, p.Len())
	for i := range order {
		d := p.list.CloseDate(i)
		order[i], days[i] = int32(i), 1<<24-1 // what has none is last
		if d.IsSet() {
			days[i] = uint32(d.Year())<<9 | uint32(d.Month())<<5 | uint32(d.Day())
		}
	}
	order = byDigit(byDigit(order, days, 0), days, digit)
	letters := make([]uint64, p.Len())
	for from, to := 0, 0; from < len(order); from = to {
		for to = from + 1; to < len(order) && days[order[to]] == days[order[from]]; {
			to++
		}
		p.byName(order[from:to], letters)
	}
	return order
}

const digit = 12 // bits

// byDigit is a pass of a radix sort: many rows have few days, and no two of them
// are compared.
func byDigit(order []int32, keys []uint32, shift int) []int32 {
	var ends [1 << digit]int
	of := func(at int32) uint32 { return keys[at] >> shift & (1<<digit - 1) }
	for _, at := range order {
		ends[of(at)]++
	}
	for i, sum := 0, 0; i < len(ends); i++ {
		sum += ends[i]
		ends[i] = sum
	}
	sorted := make([]int32, len(order))
	for _, at := range slices.Backward(order) {
		ends[of(at)]--
		sorted[ends[of(at)]] = at
	}
	return sorted
}

// byName puts rows into the order of their names, then of their ids. Most are
// told apart by the first letters that not all of them share; letters is room
// for these.
func (p *Pipeline) byName(order []int32, letters []uint64) {
	if len(order) < 2 {
		return
	}
	first := p.list.Name(int(order[0]))
	shared := len(first)
	for _, at := range order[1:] {
		name := p.list.Name(int(at))
		shared = min(shared, len(name))
		for n := range shared {
			if name[n] != first[n] {
				shared = n
				break
			}
		}
	}
	for _, at := range order {
		rest := p.list.Name(int(at))[shared:]
		letters[at] = 0
		for n := range 8 {
			letters[at] <<= 8
			if n < len(rest) {
				letters[at] |= uint64(rest[n])
			}
		}
	}
	sortRows(order, func(a, b int32) int {
		if n := cmp.Compare(letters[a], letters[b]); n != 0 {
			return n
		}
		x, y := int(a), int(b)
		return cmp.Or(strings.Compare(p.list.Name(x), p.list.Name(y)), cmp.Compare(p.list.ID(x), p.list.ID(y)))
	})
}

// sortRows puts rows into an order and keeps that of equals. It merges: package
// slices does it as fast with 15 KB of WebAssembly, package sort takes several
// times as long.
func sortRows(rows []int32, compare func(a, b int32) int) {
	const few = 12
	for from := 0; from < len(rows); from += few {
		for i := from + 1; i < min(from+few, len(rows)); i++ {
			for j := i; j > from && compare(rows[j], rows[j-1]) < 0; j-- {
				rows[j], rows[j-1] = rows[j-1], rows[j]
			}
		}
	}
	from, to := rows, make([]int32, len(rows))
	for size := few; size < len(rows); size *= 2 {
		for at := 0; at < len(rows); at += 2 * size {
			middle, end := min(at+size, len(rows)), min(at+2*size, len(rows))
			a, b := from[at:middle], from[middle:end]
			for out := at; out < end; out++ {
				if len(b) == 0 || len(a) > 0 && compare(b[0], a[0]) >= 0 {
					to[out], a = a[0], a[1:]
				} else {
					to[out], b = b[0], b[1:]
				}
			}
		}
		from, to = to, from
	}
	copy(rows, from)
}

// by is the order of a column of which equals are in that of their close dates.
func (p *Pipeline) by(c Column) []int32 {
	order := slices.Clone(p.inOrder(ByCloseDate))
	compare := p.compare(c)
	sortRows(order, func(a, b int32) int {
		if x, y := p.has(c, int(a)), p.has(c, int(b)); x != y {
			if x {
				return -1
			}
			return 1
		}
		return compare(int(a), int(b))
	})
	return order
}

// has says whether a row has a value in a column.
func (p *Pipeline) has(c Column, i int) bool {
	switch c {
	case ByCloseDate:
		return p.list.CloseDate(i).IsSet()
	case ByName:
		return p.list.Name(i) != ""
	case ByCompany:
		return p.company(i) != ""
	case ByAmount:
		return p.list.Amount(i).IsSet()
	case ByOwner:
		return p.owner(i) != ""
	case ByCreated:
		return !p.list.CreatedAt(i).IsZero()
	}
	return true
}

func (p *Pipeline) compare(c Column) func(a, b int) int {
	switch c {
	case ByName:
		names := make([]string, p.Len())
		for i := range names {
			names[i] = fold(p.list.Name(i))
		}
		return func(a, b int) int { return strings.Compare(names[a], names[b]) }
	case ByCompany:
		companies := folded(p.companies)
		return func(a, b int) int {
			return strings.Compare(companies[p.list.Account(a)], companies[p.list.Account(b)])
		}
	case ByOwner:
		owners := folded(p.owners)
		return func(a, b int) int {
			return strings.Compare(owners[p.list.Owner(a)], owners[p.list.Owner(b)])
		}
	case ByAmount:
		return func(a, b int) int { return compareAmounts(p.list.Amount(a), p.list.Amount(b)) }
	case ByCreated:
		return func(a, b int) int { return p.list.CreatedAt(a).Compare(p.list.CreatedAt(b)) }
	}
	return func(a, b int) int { return cmp.Compare(p.stageOrder(a), p.stageOrder(b)) }
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
