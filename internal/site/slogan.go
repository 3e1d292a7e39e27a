package site

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dealmark/dealmark/internal/crm"
)

// pageName is a company's name as its page has it: what the page's data says of
// its organization, else the site's name, else the part of the title that fits
// the domain. It is "" where none of them says a name.
func pageName(p Page, c Company, ascii ToASCII) string {
	if name := organizationName(p.Data, c.Domain, ascii); name != "" {
		return name
	}
	label := crm.Domain(c.Unicode).Label()
	if name := cleanName(p.SiteName); says(name) {
		if part := fittingPart(name, label); part != "" {
			return part
		}
		return name
	}
	return titleName(p.Title, label)
}

// says tells a name from what templates leave in its place.
func says(name string) bool {
	text := folded(name)
	return text != "" && !oneOf(text, "|home|homepage|website|mywebsite|mysite|site|untitled|wordpress|index|welcome|localhost|") &&
		!strings.Contains(name, "//")
}

// titleName is the company's name in a page's title without the slogans around
// it: the part that fits the label of its domain, or the words that spell it.
// A title that has neither gives "".
func titleName(title, label string) string {
	title = cleanName(withoutCount(strings.TrimSpace(title)))
	if part := fittingPart(title, label); part != "" {
		return part
	}
	return spelledOut(title, label)
}

// withoutCount drops the count of news before a title: "(3) Acme".
func withoutCount(title string) string {
	if rest, ok := strings.CutPrefix(title, "("); ok {
		if count, after, ok := strings.Cut(rest, ")"); ok && strings.Trim(count, "0123456789+") == "" {
			return after
		}
	}
	return title
}

// separators stand between a name and a slogan.
var separators = [...]string{" | ", " – ", " — ", " - ", " · ", " • ", " » ", " « ", " :: ", ": ", "｜", " / "}

// fittingPart is the part between separators that fits the label best. Without a
// separator there is none, but for a text that is short itself.
func fittingPart(text, label string) string {
	for _, s := range separators {
		text = strings.ReplaceAll(text, s, "\x00")
	}
	best, fit := "", 0
	for part := range strings.SplitSeq(text, "\x00") {
		part, _, _ = strings.Cut(part, " (") // Acme (@acme)
		part = strings.TrimSpace(part)
		if f := fits(part, folded(label)); f > fit {
			best, fit = part, f
		}
	}
	return best
}

// fits says how well a part of a title names the domain with a folded label: 0
// for not at all.
func fits(part, label string) int {
	words := strings.Fields(part)
	text := folded(part)
	if text == "" || label == "" || len(words) > 5 {
		return 0
	}
	initials := ""
	for _, word := range words {
		first, _ := utf8.DecodeRuneInString(word)
		initials += string(first)
	}
	switch {
	case text == label:
		return 4
	case len(words) > 1 && folded(initials) == label:
		return 3
	case len(words) <= 3 && strings.HasPrefix(text, label): // Acme Corporation, of acme.com
		return 2
	case utf8.RuneCountInString(text) >= 3 && (strings.HasPrefix(label, text) || strings.HasSuffix(label, text)): // getacme.com
		return 1
	}
	return 0
}

// spelledOut are words of a title that spell the label: "Bright Side" in
// "Welcome to Bright Side, your baker", of brightside.com.
func spelledOut(title, label string) string {
	label = folded(label)
	words := strings.Fields(title)
	if label == "" || len(words) > 60 {
		return ""
	}
	for from, word := range words {
		text := ""
		if folded(word) == "" {
			continue
		}
		for to := from; to < len(words) && len(text) < len(label); to++ {
			if text += folded(words[to]); text == label {
				return strings.TrimFunc(strings.Join(words[from:to+1], " "), func(r rune) bool { return unicode.IsPunct(r) && r != ')' })
			}
		}
	}
	return ""
}

// folded are the letters and digits of a text, small, umlauts spelled as domains
// do.
func folded(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch r = unicode.ToLower(r); {
		case r == 'ä':
			b.WriteString("ae")
		case r == 'ö':
			b.WriteString("oe")
		case r == 'ü':
			b.WriteString("ue")
		case r == 'ß':
			b.WriteString("ss")
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}
