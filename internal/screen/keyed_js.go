package screen

import "slices"

// keyed shows a slice as the children of one element, one child for each key.
// A child that stays is neither made anew nor moved without need, so that it
// keeps its focus, and a click that began on it ends on it.
type keyed[T any] struct {
	children
	key   func(T) string
	equal func(a, b T) bool
	build func(child element) (show func(T)) // of a new child, or of one that shown.js has painted

	items map[string]*item[T]
}

type item[T any] struct {
	show  func(T)
	shown T
}

// show makes the children match values. Of values with one key the first is
// shown.
func (k *keyed[T]) show(values []T) {
	keys := make([]string, 0, len(values))
	for _, value := range values {
		keys = append(keys, k.key(value))
	}
	k.arrange(keys)
	items := make(map[string]*item[T], len(values))
	for i, value := range values {
		if items[keys[i]] != nil {
			continue
		}
		it := k.items[keys[i]]
		if it == nil {
			it = &item[T]{show: k.build(k.of[keys[i]])}
		} else if k.equal(it.shown, value) {
			items[keys[i]] = it
			continue
		}
		it.show(value)
		it.shown = value
		items[keys[i]] = it
	}
	k.items = items
}

// children are the li elements of a list, each with its key.
type children struct {
	parent  element
	painted func(child element) (key string) // of one that shown.js has painted; nil if it paints none

	order []string // as they stand
	of    map[string]element
}

// arrange makes one child for each key, in their order.
func (c *children) arrange(keys []string) {
	if c.of == nil {
		c.of = make(map[string]element, len(keys))
		c.adopt()
	}
	wanted := make(map[string]bool, len(keys))
	keys = slices.DeleteFunc(slices.Clone(keys), func(key string) bool {
		again := wanted[key]
		wanted[key] = true
		return again
	})
	c.order = slices.DeleteFunc(c.order, func(key string) bool {
		if wanted[key] {
			return false
		}
		c.of[key].Remove()
		delete(c.of, key)
		return true
	})
	for at, key := range keys {
		c.place(at, key)
	}
}

// adopt takes over what shown.js has painted.
func (c *children) adopt() {
	for next := c.parent.Get("firstElementChild"); !next.IsNull(); {
		child := wrap(next)
		next = next.Get("nextElementSibling")
		key := ""
		if c.painted != nil {
			key = c.painted(child)
		}
		if _, there := c.of[key]; there || key == "" {
			child.Remove()
			continue
		}
		c.of[key] = child
		c.order = append(c.order, key)
	}
}

// place puts the child for key at position at.
func (c *children) place(at int, key string) {
	if at < len(c.order) && c.order[at] == key {
		return
	}
	if old := slices.Index(c.order, key); old >= 0 {
		c.order = slices.Delete(c.order, old, old+1)
	} else {
		c.of[key] = create("li", "")
	}
	if at < len(c.order) {
		c.parent.InsertBefore(c.of[key], c.of[c.order[at]])
	} else {
		c.parent.AppendChild(c.of[key])
	}
	c.order = slices.Insert(c.order, at, key)
}
