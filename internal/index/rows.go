package index

import (
	"strconv"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
)

// The form in which an account is stored: texts that end with a control character,
// first the account's own, then those of each opportunity. It is read in a fifth
// of the time of JSON, which counts where all of a large team is read. A text
// that has such a character itself, and opportunities of other accounts, are left
// to JSON, the form of earlier versions.
const (
	rowsBegin = "\x02" // which no JSON begins with
	textEnd   = '\x1f'
)

// encodeRows gives false for what the form cannot hold.
func encodeRows(k known) ([]byte, bool) {
	var account crm.AccountID
	if len(k.all) > 0 {
		account = k.all[0].AccountID
	}
	to := make([]byte, 0, 64+220*len(k.all))
	to = append(to, rowsBegin...)
	fits := true
	put := func(text string) {
		fits = fits && strings.IndexByte(text, textEnd) < 0
		to = append(append(to, text...), textEnd)
	}
	at := func(t time.Time) {
		if !t.IsZero() {
			to = strconv.AppendInt(to, t.UnixMilli(), 10)
		}
		to = append(to, textEnd)
	}
	put(k.name)
	at(k.complete)
	at(k.broken)
	put(string(account))
	put(strconv.Itoa(len(k.all)))
	for _, s := range k.all {
		fits = fits && s.AccountID == account
		put(string(s.ID))
		put(s.Name)
		put(s.Amount.Text())
		put(s.Amount.Currency)
		put(string(s.StageID))
		put(s.CloseDate.String())
		put(string(s.OwnerID))
		put(s.StageName)
		put(ends[boolean(s.Closed)+2*boolean(s.Won)])
		at(s.CreatedAt)
		at(s.LastActivityAt)
		at(s.at)
	}
	return to, fits
}

// ends say whether an opportunity is closed, and won.
var ends = [...]string{"", "c", "w", "cw"}

func boolean(is bool) int {
	if is {
		return 1
	}
	return 0
}

// decodeRows reads what encodeRows gave. Its texts are parts of one. Each
// opportunity is given away, in the same place as the one before.
func decodeRows(stored string, each func(*seen)) (k known, readable bool) {
	r := rows{rest: stored[len(rowsBegin):], ok: true}
	k.name = r.text()
	k.complete, k.broken = r.time(), r.time()
	account := r.text()
	count, ok := crm.ParseDigits(r.text())
	r.ok = r.ok && ok
	var s seen
	v := &s.Values
	for ; r.ok && r.rest != ""; count-- {
		s.ID = crm.OpportunityID(r.text())
		v.Name = r.text()
		r.set(v, crm.FieldAmount)
		v.Amount.Currency = r.text()
		r.set(v, crm.FieldStage)
		r.set(v, crm.FieldCloseDate)
		r.set(v, crm.FieldOwner)
		r.ok = v.SetText(crm.FieldAccount, account) && r.ok
		s.StageName = r.text()
		end := r.text()
		s.Closed, s.Won = strings.HasPrefix(end, "c"), strings.HasSuffix(end, "w")
		s.CreatedAt, s.LastActivityAt, s.at = r.time(), r.time(), r.time()
		if r.ok {
			each(&s)
		}
	}
	return k, r.ok && count == 0
}

// rows reads text by text; after one that is not as it has to be it is not ok.
type rows struct {
	rest string
	ok   bool
}

func (r *rows) text() string {
	text, rest, found := strings.Cut(r.rest, string(textEnd))
	r.rest, r.ok = rest, r.ok && found
	return text
}

func (r *rows) set(v *crm.Values, f crm.Field) { r.ok = v.SetText(f, r.text()) && r.ok }

func (r *rows) time() time.Time {
	if strings.HasPrefix(r.rest, string(textEnd)) {
		r.text()
		return time.Time{}
	}
	return time.UnixMilli(r.number()).UTC()
}

func (r *rows) number() int64 {
	digits, negative := strings.CutPrefix(r.text(), "-")
	n, ok := crm.ParseDigits(digits)
	r.ok = r.ok && ok
	if negative {
		return -n
	}
	return n
}
