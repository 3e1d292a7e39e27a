package form

import (
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
)

// The zeros of the decimal digits that keyboards of Apollo's users produce;
// the nine digits after a zero follow it in Unicode.
const zeros = "٠۰०০๐０"

// fold brings the many ways to type a sign to one: digits of other scripts and
// full-width letters to ASCII, every kind of space, dash and apostrophe to the
// plain one, capitals to small letters; signs without a width go. Spaces at the
// ends go too.
func fold(text string) string {
	return strings.ToLower(strings.TrimSpace(strings.Map(foldRune, text)))
}

func foldRune(r rune) rune {
	if r < 0x80 {
		if r == '\t' || r == '\n' || r == '\r' {
			return ' '
		}
		return r
	}
	for _, zero := range zeros {
		if r >= zero && r <= zero+9 {
			return '0' + r - zero
		}
	}
	switch {
	case r >= 0xFF01 && r <= 0xFF5E: // full-width ASCII
		return r - 0xFF01 + '!'
	case r >= 0x2000 && r <= 0x200A, r == 0x00A0, r == 0x202F, r == 0x205F, r == 0x3000:
		return ' '
	case r >= 0x2010 && r <= 0x2015, r == 0x2212:
		return '-'
	case invisible(r), r == 0x200E, r == 0x200F, r == 0x061C:
		return -1
	}
	switch r {
	case '’', '‘', 'ʼ', '′', '´':
		return '\''
	case '،', '、':
		return ','
	case '。':
		return '.'
	case '￥':
		return '¥'
	case '￡':
		return '£'
	}
	return r
}

// quote shows a rep's own text within a message, short enough for one line.
func quote(text string) string {
	text = strings.TrimSpace(cleanName(text))
	if short := shorten(text, 40); short != text {
		text = short + "…"
	}
	return "“" + text + "”"
}

// objection is why a text must be changed: in its own text {0} is what was
// typed, and parts begin at {1}. The zero objection is none.
type objection struct {
	text  crm.English
	parts [4]string
}

// err makes the objection against what was typed an error.
func (o objection) err(f crm.Field, typed string) error {
	return &crm.Error{Kind: crm.Invalid, Field: f, Message: o.text, Parts: append([]string{quote(typed)}, o.parts[:]...)}
}
