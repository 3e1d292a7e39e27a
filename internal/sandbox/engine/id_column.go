package engine

// idColumn is one id of every opportunity, by position, as a number: comparing
// numbers side by side is ten times faster than strings all over the memory.
type idColumn struct {
	numbers map[string]int
	of      []int
}

func (c *idColumn) set(position int, id string) {
	n, ok := c.numbers[id]
	if !ok {
		n = len(c.numbers)
		if c.numbers == nil {
			c.numbers = map[string]int{}
		}
		c.numbers[id] = n
	}
	if position == len(c.of) {
		c.of = append(c.of, n)
	}
	c.of[position] = n
}

// filter tells the positions that have one of the ids; nil where there are no
// ids, and so nothing to check.
func (c *idColumn) filter(ids []string) func(position int) bool {
	if len(ids) == 0 {
		return nil
	}
	wanted := make([]bool, len(c.numbers))
	for _, id := range ids {
		if n, ok := c.numbers[id]; ok {
			wanted[n] = true
		}
	}
	return func(position int) bool { return wanted[c.of[position]] }
}
