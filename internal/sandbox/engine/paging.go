package engine

import "strconv"

const (
	defaultPerPage = 25
	maxPerPage     = 100
)

// page is a place in a list.
type page struct{ number, size int }

type pagination struct {
	Page         int `json:"page"`
	PerPage      int `json:"per_page"`
	TotalEntries int `json:"total_entries"`
	TotalPages   int `json:"total_pages"`
}

func (p params) page() page {
	number, _ := strconv.Atoi(p.text("page"))
	size, err := strconv.Atoi(p.text("per_page"))
	if err != nil || size < 1 {
		size = defaultPerPage
	}
	return page{max(number, 1), min(size, maxPerPage)}
}

// of is the page's part of total entries, as the half-open range [from, to).
func (g page) of(total int) (from, to int) {
	if g.number-1 > total/g.size {
		return total, total
	}
	from = min((g.number-1)*g.size, total)
	return from, min(from+g.size, total)
}

func (g page) summary(total int) pagination {
	return pagination{g.number, g.size, total, (total + g.size - 1) / g.size}
}
