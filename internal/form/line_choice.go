package form

import (
	"strings"
	"unicode"

	"github.com/dealmark/dealmark/internal/crm"
)

// stage reads the name of a stage, or # and the beginning of one. A name that
// several stages have, as in two pipelines, is none.
func (r *lineReader) stage(text string, _, _ int) (value, said string) {
	begun, marked := strings.CutPrefix(text, "#")
	key := nameKey(begun)
	if key == "" {
		return "", ""
	}
	for _, fits := range [...]func(name string) bool{
		func(name string) bool { return name == key || len(key) >= 3 && withoutNumbers(name) == key },
		func(name string) bool { return marked && begins(name, key) },
	} {
		var found []crm.Stage
		for _, stage := range r.choices.Stages {
			if fits(nameKey(stage.Name)) {
				found = append(found, stage)
			}
		}
		if len(found) == 1 {
			return string(found[0].ID), found[0].Name
		}
		if len(found) > 1 {
			break
		}
	}
	return "", ""
}

// owner reads @ and the beginning of a name or an e-mail address; a whole name
// needs no @.
func (r *lineReader) owner(text string, from, end int) (value, said string) {
	begun, marked := strings.CutPrefix(text, "@")
	key := nameKey(begun)
	if words := end - from; key == "" || !marked && (words < 2 || words > 3) {
		return "", ""
	}
	// What fits best goes before what fits a little: @ana is Ana, not Anastasia.
	for _, fits := range [...]func(name, mail string) bool{
		func(name, _ string) bool { return name == key },
		func(name, mail string) bool { return mail == key || strings.Contains(" "+name+" ", " "+key+" ") },
		func(name, mail string) bool {
			return len(key) > 1 && (begins(name, key) || strings.HasPrefix(mail, key))
		},
	} {
		var found []crm.User
		for _, user := range r.choices.Owners {
			mail := ""
			if marked {
				mail, _, _ = strings.Cut(user.Email, "@")
			}
			if fits(nameKey(user.Name), nameKey(mail)) {
				found = append(found, user)
			}
		}
		if len(found) == 1 {
			return string(found[0].ID), found[0].Name
		}
		if len(found) > 1 || !marked {
			break
		}
	}
	return "", ""
}

// begins says whether a word of a name begins with text.
func begins(name, text string) bool { return strings.Contains(" "+name, " "+text) }

// nameKey is a name without what makes no difference when it is typed: its
// words, folded, without accents and signs.
func nameKey(name string) string {
	if key, ok := plainKey(name); ok {
		return key
	}
	var b strings.Builder
	gap := false
	for _, r := range fold(name) {
		switch {
		case r >= 0x0300 && r <= 0x036F: // an accent by itself, as a Mac writes it
			continue
		case !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r):
			gap = true
			continue
		case gap && b.Len() > 0:
			b.WriteByte(' ')
		}
		gap = false
		b.WriteString(plain(r))
	}
	return b.String()
}

// plainKey is nameKey for names of plain letters, as most of a large team are: it
// runs for each of them at every key.
func plainKey(name string) (key string, ok bool) {
	b := make([]byte, 0, len(name))
	gap := false
	for i := range len(name) {
		c := name[i]
		switch {
		case c >= 0x80:
			return "", false
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		case (c < 'a' || c > 'z') && (c < '0' || c > '9'):
			gap = true
			continue
		}
		if gap && len(b) > 0 {
			b = append(b, ' ')
		}
		gap = false
		b = append(b, c)
	}
	return string(b), true
}

// plain is a letter without its accent.
func plain(r rune) string {
	if r < 0x80 {
		return string(r)
	}
	for _, letters := range [...]struct{ plain, accented string }{
		{"a", "áàâäãåāăą"}, {"c", "çćčĉ"}, {"d", "ďđð"}, {"e", "éèêëēėęě"}, {"g", "ğģ"}, {"i", "íìîïīįı"}, {"l", "łľĺ"},
		{"n", "ñńňņ"}, {"o", "óòôöõøōő"}, {"r", "řŕ"}, {"s", "śšşș"}, {"t", "ťțţ"}, {"u", "úùûüūůűų"}, {"y", "ýÿ"},
		{"z", "źžż"}, {"ss", "ß"}, {"ae", "æ"}, {"oe", "œ"},
	} {
		if strings.ContainsRune(letters.accented, r) {
			return letters.plain
		}
	}
	return string(r)
}

// withoutNumbers leaves out the words of a key that are numbers: the name of
// "1 - Discovery (10%)" is discovery.
func withoutNumbers(key string) string {
	var words []string
	for word := range strings.FieldsSeq(key) {
		if strings.Trim(word, "0123456789") != "" {
			words = append(words, word)
		}
	}
	return strings.Join(words, " ")
}
