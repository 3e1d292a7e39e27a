// Package called has functions with names for traces: one that is not inlined, of
// a type that is in brackets, and one that is.
package called

// List is generic.
type List[T any] []T

// At ends with a panic where there is no element n.
//
//go:noinline
func (l List[T]) At(n int) T { return l.inlined(n) }

func (l List[T]) inlined(n int) T {
	return l[n] // told as of At
}
