package apollo

import (
	"github.com/dealmark/dealmark/internal/wire"
)

// Page is one page of a list.
type Page[T any] struct {
	Rows    []T
	Number  int  // as Apollo says, from 1; 0 if it does not
	PerPage int  // rows on a full page
	Total   int  // rows of all pages, when this one was made
	Pages   int  // 0 for an empty list, or if Apollo does not say
	Partial bool // Apollo left some out of the whole list
	Foreign int  // rows that are not what was asked for: they are left out of Rows
	Skipped int  // rows that could not be read
}

// rows is how many rows Apollo gave.
func (p Page[T]) rows() int { return len(p.Rows) + p.Foreign + p.Skipped }

// readPage reads the answer to a search: the rows are in member, row reads one
// and says whether it could, keep whether it was asked for; nil keeps all.
func readPage[T any](r *wire.Reader, member string, row func(*wire.Reader) (T, bool), keep func(T) bool) Page[T] {
	var page Page[T]
	var at pagination
	envelope(r, func(name []byte) bool {
		switch string(name) {
		case member:
			if !r.Is('[') && !r.Is('n') {
				return false
			}
			page.Skipped += rows(r, func() bool {
				one, ok := row(r)
				switch {
				case ok && keep != nil && !keep(one):
					page.Foreign++
				case ok:
					page.Rows = append(page.Rows, one)
				}
				return ok
			})
			return true
		case "pagination":
			at.read(r)
		case "partial_results_only":
			page.Partial = truth(r)
		}
		return false
	})
	page.Number, page.PerPage, page.Total, page.Pages = at.page, at.perPage, at.total, at.pages
	return page
}
