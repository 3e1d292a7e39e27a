package index

import (
	"math"
	"slices"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/store"
)

// sheet is what was learned at one time: of each account some opportunities, or
// all.
type sheet struct {
	accounts []sheetAccount
	rows     []sheetRow // the later of two of the same opportunity counts
}

type sheetAccount struct {
	id    crm.AccountID
	name  string // "" if it was not given along
	whole bool   // what lies lower of this account does not count
}

type sheetRow struct {
	account int // among those of the sheet
	seen
}

// The form of a sheet: its mark; how long it is; how many accounts, texts and rows it has; the
// accounts; the texts that many rows share; the rows, each of the same length;
// and their names in one piece. Numbers have their least byte first. A row is
// read without looking for its end, and its texts are parts of one.
const (
	sheetMark     = "\x03"
	copiedMark    = "\x04"
	sheetBegin    = len(sheetMark) + 4*4
	idLength      = 24
	accountLength = idLength + 1 + 4
	textLength    = 4
	mostTexts     = math.MaxUint16

	// Where the parts of a row begin, after the opportunity's id.
	rowAccount   = idLength
	rowStage     = rowAccount + 4
	rowOwner     = rowStage + 2
	rowStageName = rowOwner + 2
	rowCurrency  = rowStageName + 2
	rowName      = rowCurrency + 2 // its length
	rowFlags     = rowName + 4
	rowDate      = rowFlags + 1
	rowUnits     = rowDate + 4
	rowCreated   = rowUnits + 8
	rowActive    = rowCreated + 8
	rowSeen      = rowActive + 8
	rowLength    = rowSeen + 8

	flagClosed = 1
	flagWon    = 2
	flagAmount = 4
	scaleShift = 3
	flagWhole  = 1 // of an account

	noTime = math.MinInt64
)

// encode gives false for what the form cannot hold.
func (s sheet) encode() ([]byte, bool) {
	fits := true
	var names []byte
	texts, rows := sharedTexts{places: map[string]int{}}, make([]byte, 0, rowLength*len(s.rows))
	for i := range s.rows {
		r := &s.rows[i]
		fits = fits && len(r.ID) == idLength && r.AccountID == s.accounts[r.account].id
		rows = append(rows, r.ID...)
		rows = appendNumber(rows, 4, r.account)
		for _, text := range [...]string{string(r.StageID), string(r.OwnerID), r.StageName, r.Amount.Currency} {
			rows = appendNumber(rows, 2, texts.place(text))
		}
		rows = appendNumber(rows, 4, len(r.Name))
		names = append(names, r.Name...)
		units, scale := r.Amount.Units()
		rows = appendNumber(rows, 1, boolean(r.Closed)*flagClosed+boolean(r.Won)*flagWon+boolean(r.Amount.IsSet())*flagAmount+scale<<scaleShift)
		rows = appendNumber(rows, 4, r.CloseDate.Year()|int(r.CloseDate.Month())<<16|r.CloseDate.Day()<<24)
		rows = appendNumber(rows, 8, int(units))
		for _, t := range [...]time.Time{r.CreatedAt, r.LastActivityAt, r.at} {
			rows = appendNumber(rows, 8, int(milliseconds(t)))
		}
	}
	to := append([]byte(sheetMark), 0, 0, 0, 0) // its length, at last
	for _, n := range [...]int{len(s.accounts), len(texts.places), len(s.rows)} {
		to = appendNumber(to, 4, n)
	}
	for _, a := range s.accounts {
		fits = fits && len(a.id) == idLength
		to = appendText(append(append(to, a.id...), byte(boolean(a.whole)*flagWhole)), a.name)
	}
	to = slices.Concat(to, texts.encoded, rows, names)
	appendNumber(to[:len(sheetMark)], 4, len(to))
	return to, fits && len(texts.places) <= mostTexts
}

// layer gives the sheet as it is laid on a stack.
func (s sheet) layer() layer {
	if len(s.accounts) == 0 {
		return layer{fits: true}
	}
	value, fits := s.encode()
	return layer{value, len(s.rows), fits}
}

// copied gives accounts' records as a sheet of another form: its mark, its
// length, and each record's key and value as texts. It says all that is known of
// them. So is laid what a popup learns, of few accounts: its program needs
// nothing of the other form.
func copied(records []store.Record, rows int) layer {
	if len(records) == 0 {
		return layer{fits: true}
	}
	to := make([]byte, sheetBegin)
	for _, r := range records {
		to = appendText(appendText(to, r.Key), string(r.Value))
	}
	copy(to, copiedMark)
	appendNumber(to[:len(copiedMark)], 4, len(to))
	return layer{to, rows, true}
}

// sheetWhole says whether a stored sheet is as long as it says.
func sheetWhole(stored string) bool {
	return len(stored) >= sheetBegin && int(u32(stored[len(sheetMark):])) == len(stored)
}

// sharedTexts are those that many rows have.
type sharedTexts struct {
	places  map[string]int
	encoded []byte
}

//go:noinline
func (t *sharedTexts) place(text string) int {
	at, ok := t.places[text]
	if !ok {
		at = len(t.places)
		t.places[text] = at
		t.encoded = appendText(t.encoded, text)
	}
	return at
}

func appendText(to []byte, text string) []byte {
	return append(appendNumber(to, 4, len(text)), text...)
}

// appendNumber appends a number's lowest bytes. Package encoding/binary does it
// too, and brings package reflect along. Inlined it would be a kilobyte each time.
//
//go:noinline
func appendNumber(to []byte, bytes, n int) []byte {
	for range bytes {
		to, n = append(to, byte(n)), n>>8
	}
	return to
}

func milliseconds(t time.Time) int64 {
	if t.IsZero() {
		return noTime
	}
	return t.UnixMilli()
}

func timeOf(milliseconds int64) time.Time {
	if milliseconds == noTime {
		return time.Time{}
	}
	return time.UnixMilli(milliseconds).UTC()
}
