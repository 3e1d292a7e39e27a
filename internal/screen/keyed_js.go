package screen

import "slices"

// keyed shows a slice as the children of one element, one child for each key.
// A child that stays is neither made anew nor moved without need, so that it
// keeps its focus.
type keyed[T any] struct {
	parent element
	key    func(T) string
	equal  func(a, b T) bool
	build  func() (child element, show func(T))

	order []string // the keys of the children, as they stand
	items map[string]*item[T]
}

type item[T any] struct {
	child element
	show  func(T)
	shown T
}

// show makes the children match values. Of values with one key the first is
// shown.
func (k *keyed[T]) show(values []T) {
	if k.items == nil {
		k.items = make(map[string]*item[T], len(values))
		k.parent.clear() // what shown.js has painted
	}
	k.drop(values)
	seen := make(map[string]bool, len(values))
	var order []string
	for _, value := range values {
		key := k.key(value)
		if seen[key] {
			continue
		}
		seen[key] = true
		k.place(len(order), key, k.update(key, value))
		order = append(order, key)
	}
}

// update makes or changes the child for key.
func (k *keyed[T]) update(key string, value T) element {
	it := k.items[key]
	switch {
	case it == nil:
		it = &item[T]{}
		it.child, it.show = k.build()
		k.items[key] = it
	case k.equal(it.shown, value):
		return it.child
	}
	it.show(value)
	it.shown = value
	return it.child
}

// place puts the child for key at position at.
func (k *keyed[T]) place(at int, key string, child element) {
	if at < len(k.order) && k.order[at] == key {
		return
	}
	if old := slices.Index(k.order, key); old >= 0 {
		k.order = slices.Delete(k.order, old, old+1)
	}
	if at < len(k.order) {
		k.parent.InsertBefore(child, k.items[k.order[at]].child)
	} else {
		k.parent.AppendChild(child)
	}
	k.order = slices.Insert(k.order, at, key)
}

// drop removes the children that values do not mention.
func (k *keyed[T]) drop(values []T) {
	wanted := make(map[string]bool, len(values))
	for _, value := range values {
		wanted[k.key(value)] = true
	}
	k.order = slices.DeleteFunc(k.order, func(key string) bool {
		if wanted[key] {
			return false
		}
		k.items[key].child.Remove()
		delete(k.items, key)
		return true
	})
}
