package index

// met is a set of the lines of a list by their account and opportunity. It has
// no pointer and no text of its own: a map of a hundred thousand texts takes
// longer than all the rest of the reading.
type met struct {
	slots []uint32 // a line and one, or 0; as many as a power of two
	count int
}

// has says whether the list has a line of this opportunity; find gives the slot
// where it is, or would be.
func (m *met) find(l *List, account int32, id string) (slot int, is bool) {
	if len(m.slots) == 0 {
		return 0, false
	}
	for slot = m.first(account, id); m.slots[slot] != 0; slot = (slot + 1) & (len(m.slots) - 1) {
		at := int(m.slots[slot]) - 1
		if l.lines[at].account == account && l.row(at)[:idLength] == id {
			return slot, true
		}
	}
	return slot, false
}

// add adds the list's line i, which it has not yet.
func (m *met) add(l *List, i int) {
	if m.count++; 2*m.count > len(m.slots) {
		before := m.slots
		m.slots = make([]uint32, max(1<<10, 4*len(before)))
		for _, line := range before {
			if line != 0 {
				m.put(l, line)
			}
		}
	}
	m.put(l, uint32(i)+1)
}

func (m *met) put(l *List, line uint32) {
	i := int(line) - 1
	slot, _ := m.find(l, l.lines[i].account, l.row(i)[:idLength])
	m.slots[slot] = line
}

// first is where the search for an opportunity begins. The end of an id is what
// tells it from those that were made at the same time.
func (m *met) first(account int32, id string) int {
	n := uint64(u64(id[8:])) ^ uint64(u64(id[16:]))*0x9E3779B97F4A7C15 ^ uint64(account)<<32
	n *= 0xD6E8FEB86659FD93
	return int(n>>32) & (len(m.slots) - 1)
}
