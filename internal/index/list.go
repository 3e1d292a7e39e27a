package index

import (
	"slices"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// List is opportunities as they lie in sheets: a hundred thousand of them are
// read at once, and what one of them says when it is asked for. The zero List is
// empty.
type List struct {
	sheets   []string
	shared   [][]string // the texts of each sheet that its rows share
	lines    []line
	accounts []listAccount
	texts    []string // stages and owners
	rows     int      // which were looked at
}

// line is where a row lies, and what all rows are searched and put in order by.
// It has no pointer, for the collector has none to follow then.
type line struct {
	sheet, row, name      uint32 // where its parts begin
	size                  uint32 // of the name
	account, stage, owner int32
	date                  crm.Date
	flags                 uint8
}

type listAccount struct {
	sheetAccount
	closed bool // what lies lower does not count
}

// Len is the number of opportunities.
func (l *List) Len() int { return len(l.lines) }

// Accounts gives the accounts by their places.
func (l *List) Accounts() (ids []crm.AccountID) {
	for _, a := range l.accounts {
		ids = append(ids, a.id)
	}
	return ids
}

// Texts are the ids of stages and owners by their places.
func (l *List) Texts() []string { return l.texts }

// Account is the place of an opportunity's account.
func (l *List) Account(i int) int { return int(l.lines[i].account) }

// Stage and Owner are the places of an opportunity's stage and owner.
func (l *List) Stage(i int) int { return int(l.lines[i].stage) }
func (l *List) Owner(i int) int { return int(l.lines[i].owner) }

// CloseDate, Closed and Won are as [crm.Opportunity] has them.
func (l *List) CloseDate(i int) crm.Date { return l.lines[i].date }
func (l *List) Closed(i int) bool        { return l.lines[i].flags&flagClosed != 0 }
func (l *List) Won(i int) bool           { return l.lines[i].flags&flagWon != 0 }

// Name is as [crm.Opportunity] has it, and so are those that follow.
func (l *List) Name(i int) string {
	at := &l.lines[i]
	return l.sheets[at.sheet][at.name:][:at.size]
}

func (l *List) ID(i int) crm.OpportunityID { return crm.OpportunityID(l.row(i)[:idLength]) }

func (l *List) StageName(i int) string {
	return l.shared[l.lines[i].sheet][u16(l.row(i)[rowStageName:])]
}

func (l *List) Amount(i int) crm.Money {
	row := l.row(i)
	m, _ := amountOf(row)
	m.Currency = l.shared[l.lines[i].sheet][u16(row[rowCurrency:])]
	return m
}

func (l *List) CreatedAt(i int) time.Time { return timeOf(u64(l.row(i)[rowCreated:])) }

// Opportunity is an opportunity whole.
func (l *List) Opportunity(i int) (o crm.Opportunity) {
	o.ID, o.Name, o.Amount, o.CloseDate = l.ID(i), l.Name(i), l.Amount(i), l.CloseDate(i)
	o.AccountID, o.StageID, o.OwnerID = l.accounts[l.Account(i)].id, crm.StageID(l.texts[l.Stage(i)]), crm.UserID(l.texts[l.Owner(i)])
	o.StageName, o.Closed, o.Won = l.StageName(i), l.Closed(i), l.Won(i)
	o.CreatedAt, o.LastActivityAt = l.CreatedAt(i), timeOf(u64(l.row(i)[rowActive:]))
	return o
}

func (l *List) seenAt(i int) int64 { return u64(l.row(i)[rowSeen:]) }

func (l *List) row(i int) string {
	at := &l.lines[i]
	return l.sheets[at.sheet][at.row:][:rowLength]
}

// sheet gives some of the opportunities as a sheet: of their accounts, or with
// all accounts that have something to say.
func (l *List) sheet(from, to int, all bool) (s sheet) {
	places := make([]int, len(l.accounts)) // 0: it is not among them yet
	place := func(at int) int {
		if places[at] == 0 {
			s.accounts = append(s.accounts, l.accounts[at].sheetAccount)
			places[at] = len(s.accounts)
		}
		return places[at] - 1
	}
	for i := from; i < to; i++ {
		s.rows = append(s.rows, sheetRow{place(l.Account(i)), seen{l.Opportunity(i), timeOf(l.seenAt(i))}})
	}
	for at, account := range l.accounts {
		if all && (account.whole || account.name != "") {
			place(at)
		}
	}
	return s
}

// ListOf gives opportunities of accounts as a list; false if one has an id that
// is none.
func ListOf(opportunities []crm.Opportunity) (List, bool) {
	s, places := sheet{}, map[crm.AccountID]int{}
	for _, o := range opportunities {
		at, ok := places[o.AccountID]
		if !ok {
			at = len(s.accounts)
			places[o.AccountID] = at
			s.accounts = append(s.accounts, sheetAccount{id: o.AccountID})
		}
		s.rows = append(s.rows, sheetRow{at, seen{Opportunity: o}})
	}
	slices.Reverse(s.rows) // a sheet is read from its end
	value, fits := s.encode()
	p := newPile(noTime)
	return p.List, fits && p.add(value, true)
}

// amountOf gives the amount of a row, or false if there is none such.
func amountOf(row string) (crm.Money, bool) {
	flags := row[rowFlags]
	if flags&flagAmount == 0 {
		return crm.Money{}, true
	}
	return crm.MoneyOf(u64(row[rowUnits:]), int(flags>>scaleShift))
}

// dateOf gives the date of a row, or false if there is none such.
func dateOf(row string) (crm.Date, bool) {
	year, month, day := int(u16(row[rowDate:])), row[rowDate+2], row[rowDate+3]
	d, ok := crm.NewDate(year, time.Month(month), int(day))
	return d, ok || year == 0 && month == 0 && day == 0
}

// pile reads sheets from the highest down into a list of what counts.
type pile struct {
	List
	since  int64 // what was seen before is gone
	oldest int64 // when the oldest of the list was seen
	places map[crm.AccountID]int32
	known  map[string]int32 // texts
	met    met
}

func newPile(since int64) *pile {
	return &pile{since: since, oldest: noTime, places: map[crm.AccountID]int32{}, known: map[string]int32{}}
}

// account gives the place of an account.
func (p *pile) account(id crm.AccountID) int32 {
	at, ok := p.places[id]
	if !ok {
		at = int32(len(p.accounts))
		p.places[id] = at
		p.accounts = append(p.accounts, listAccount{sheetAccount: sheetAccount{id: id}})
	}
	return at
}

// text gives the place of a text.
func (p *pile) text(text string) int32 {
	at, ok := p.known[text]
	if !ok {
		at = int32(len(p.texts))
		p.known[text] = at
		p.texts = append(p.texts, text)
	}
	return at
}

// add reads the next lower sheet, or the next lower volume. unique says that what
// is still to come has no opportunity of this one. Where it is not readable
// nothing of the pile is to be believed.
func (p *pile) add(stored []byte, unique bool) (readable bool) {
	var sheets []string
	for text := string(stored); text != "" || len(sheets) == 0; {
		if len(text) < sheetBegin {
			return false
		}
		end := int(u32(text[len(sheetMark):]))
		if end < sheetBegin || end > len(text) {
			return false
		}
		sheets, text = append(sheets, text[:end]), text[end:]
	}
	for _, sheet := range slices.Backward(sheets) {
		if !p.addSheet(sheet, unique) {
			return false
		}
	}
	return true
}

// addCopied reads a sheet of accounts' records.
func (p *pile) addCopied(text string) (readable bool) {
	var s sheet
	next := func() (part string) {
		if len(text) < textLength || int(u32(text)) > len(text)-textLength {
			text, readable = "", false
			return ""
		}
		part, text = text[textLength:][:u32(text)], text[textLength+int(u32(text)):]
		return part
	}
	readable = true
	for text = text[sheetBegin:]; text != ""; {
		key, record := next(), next()
		id, of := strings.CutPrefix(key, accountKey(""))
		known, ok := decodeAccount([]byte(record))
		if !readable || !of || !ok || !s.addAccount(crm.AccountID(id), known, time.Time{}) {
			return false
		}
		s.accounts[len(s.accounts)-1].whole = true
	}
	value, fits := s.encode()
	return fits && p.addSheet(string(value), false)
}

func (p *pile) addSheet(text string, unique bool) (readable bool) {
	switch text[:len(sheetMark)] {
	case copiedMark:
		return p.addCopied(text)
	case sheetMark:
	default:
		return false
	}
	accounts, texts, count := int(u32(text[5:])), int(u32(text[9:])), int(u32(text[13:]))
	at := sheetBegin
	if max(accounts, texts, count) > len(text) {
		return false
	}
	var closing []int32
	own := make([]int32, accounts) // the places of the sheet's accounts
	for i := range own {
		if len(text)-at < accountLength {
			return false
		}
		head := text[at:][:accountLength]
		size := int(u32(head[idLength+1:]))
		if at += accountLength; size > len(text)-at || head[idLength] > flagWhole {
			return false
		}
		own[i] = p.account(crm.AccountID(head[:idLength]))
		if account := &p.accounts[own[i]]; account.name == "" {
			account.name = text[at:][:size]
		}
		if head[idLength] == flagWhole {
			closing = append(closing, own[i])
		}
		at += size
	}
	shared, ids := make([]string, texts), make([]int32, texts) // the places of those that are ids
	for i := range shared {
		if len(text)-at < textLength {
			return false
		}
		size := int(u32(text[at:]))
		if at += textLength; size > len(text)-at {
			return false
		}
		shared[i], ids[i] = text[at:][:size], -1
		if _, ok := crm.ParseID[crm.StageID](shared[i]); ok || size == 0 {
			ids[i] = p.text(shared[i])
		}
		at += size
	}
	if count > (len(text)-at)/rowLength {
		return false
	}
	p.rows += count
	p.lines = slices.Grow(p.lines, count)
	first, end := at+count*rowLength, len(text) // of the names
	this := line{sheet: uint32(len(p.sheets))}
	p.sheets, p.shared = append(p.sheets, text), append(p.shared, shared)
	for row := first - rowLength; row >= at; row -= rowLength { // a later one counts
		r := text[row:][:rowLength]
		account, stage, owner, stageName, currency := u32(r[rowAccount:]), u16(r[rowStage:]), u16(r[rowOwner:]), u16(r[rowStageName:]), u16(r[rowCurrency:])
		size := u32(r[rowName:])
		if account >= uint32(accounts) || max(int(stage), int(owner), int(stageName), int(currency)) >= texts || int(size) > end-first {
			return false
		}
		end -= int(size)
		this.stage, this.owner = ids[stage], ids[owner]
		var fits, dated bool
		_, fits = amountOf(r)
		this.date, dated = dateOf(r)
		if !fits || !dated || this.stage < 0 || this.owner < 0 {
			return false
		}
		this.account = own[account]
		seen := u64(r[rowSeen:])
		if seen < p.since || p.accounts[this.account].closed {
			continue
		}
		if _, is := p.met.find(&p.List, this.account, r[:idLength]); is {
			continue
		}
		if seen < p.oldest || p.oldest == noTime {
			p.oldest = seen
		}
		this.row, this.name, this.size, this.flags = uint32(row), uint32(end), size, r[rowFlags]
		p.lines = append(p.lines, this)
		if !unique {
			p.met.add(&p.List, len(p.lines)-1)
		}
	}
	for _, account := range closing {
		p.accounts[account].closed, p.accounts[account].whole = true, true
	}
	return end == first
}

func u16(text string) uint16 { return uint16(text[0]) | uint16(text[1])<<8 }

func u32(text string) uint32 {
	return uint32(text[0]) | uint32(text[1])<<8 | uint32(text[2])<<16 | uint32(text[3])<<24
}

func u64(text string) int64 {
	return int64(uint64(text[0]) | uint64(text[1])<<8 | uint64(text[2])<<16 | uint64(text[3])<<24 |
		uint64(text[4])<<32 | uint64(text[5])<<40 | uint64(text[6])<<48 | uint64(text[7])<<56)
}
