package words

import "strconv"

// Key gives the key of a text in a catalogue, as extension/words.js gives it as
// well: its beginning to be recognised by, and a hash to be told apart by. A key
// of a browser's catalogue can hold letters, digits and _ alone, and does not
// tell capitals apart.
func Key(text string) string {
	key := make([]byte, 0, 40)
	hash := uint32(2166136261) // FNV-1a
	for i := range len(text) {
		c := text[i]
		hash = (hash ^ uint32(c)) * 16777619
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		switch {
		case len(key) >= 32:
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			key = append(key, c)
		case len(key) > 0 && key[len(key)-1] != '_':
			key = append(key, '_')
		}
	}
	if len(key) == 0 || key[len(key)-1] != '_' {
		key = append(key, '_')
	}
	return string(strconv.AppendUint(key, uint64(hash), 36))
}
