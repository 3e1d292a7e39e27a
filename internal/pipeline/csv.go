package pipeline

import (
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// BOM begins a file of CSV: without it Excel reads the rest as the code page of
// the computer, and Müller comes out as MÃ¼ller.
const BOM = "\ufeff"

// Header is the first record of an export (RFC 4180). The words do not change
// with the language, for other programs read them too.
const Header = "Name,Company,Stage,State,Amount,Currency,Expected close,Owner,Created,Link\r\n"

// CSV writes rows as records. Amounts are plain digits with a point, dates are
// YYYY-MM-DD. link gives an opportunity's address.
//
// A text that a spreadsheet would take for a formula gets an apostrophe before
// it, which makes it a text there: see [Defused].
func (p *Pipeline) CSV(rows []int32, link func(crm.OpportunityID) string) string {
	var b strings.Builder
	for _, i := range rows {
		r := p.Row(i)
		created := ""
		if !r.CreatedAt.IsZero() {
			created = crm.DateOf(r.CreatedAt.In(time.UTC)).String()
		}
		for n, cell := range [...]string{
			Defused(r.Name), Defused(r.Company), Defused(r.Stage), string(r.State), r.Amount.Text(), Defused(r.Amount.Currency),
			r.CloseDate.String(), Defused(r.Owner), created, link(r.ID),
		} {
			if n > 0 {
				b.WriteByte(',')
			}
			writeCell(&b, cell)
		}
		b.WriteString("\r\n")
	}
	return b.String()
}

func writeCell(b *strings.Builder, cell string) {
	if !strings.ContainsAny(cell, ",\"\r\n") {
		b.WriteString(cell)
		return
	}
	b.WriteByte('"')
	b.WriteString(strings.ReplaceAll(cell, `"`, `""`))
	b.WriteByte('"')
}

// formulas are what a cell must not begin with: Excel, LibreOffice and Google
// Sheets calculate what follows, some of them after a tab or a line's end, and
// in Japanese also after a full-width sign.
// https://owasp.org/www-community/attacks/CSV_Injection
const formulas = "=+-@\t\r\n＝＋－＠"

// Defused gives a text that no spreadsheet calculates. [Restored] takes it back:
// a text that has apostrophes before such a sign gets one more.
func Defused(text string) string {
	if begins(text) {
		return "'" + text
	}
	return text
}

// Restored gives the text that was defused.
func Restored(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "'"); ok && begins(rest) {
		return rest
	}
	return cell
}

func begins(text string) bool {
	text = strings.TrimLeft(text, "'")
	for _, r := range text {
		return strings.ContainsRune(formulas, r)
	}
	return false
}
