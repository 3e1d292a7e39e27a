package outbox

import (
	"errors"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/record"
	"github.com/dealmark/dealmark/internal/store"
	"github.com/dealmark/dealmark/internal/wire"
)

var (
	errNewer    = errors.New("a newer version of Dealmark wrote this record; it is left as it is")
	errEnvelope = errors.New("the record is not one of Dealmark's")
	errNone     = errors.New("there is no record")
	errPartial  = errors.New("the record is not complete")
	errSum      = errors.New("the record was changed since it was written")
	errUnknown  = errors.New("the record holds more than this version of Dealmark understands")
	errKey      = errors.New("the record stands under another entry's key")
)

// read decodes what stands under its own key.
func read(stored store.Record, e *Entry) error {
	if stored.Value == nil {
		return errNone
	}
	err := decode(stored.Value, e)
	if err == nil && key(e.ID) != stored.Key {
		return errKey
	}
	return err
}

// decode reads a stored record. It refuses whatever is not exactly an entry
// that this version or the one before wrote: what cannot be understood must not
// be sent.
func decode(stored []byte, e *Entry) error {
	version, entry, err := unseal(stored)
	switch {
	case err == errEnvelope && version == 1:
		return decode1(stored, e)
	case err != nil:
		return err
	case version > schema:
		return errNewer
	case version < schema:
		return errEnvelope
	}
	return decodeBody(entry, e)
}

func decodeBody(entry []byte, e *Entry) error {
	r := wire.NewReader(entry)
	r.Object(func(name []byte) {
		switch string(name) {
		case "after":
			e.After = r.String()
		case "boot":
			e.Boot = r.String()
		case "was":
			e.Was = State(r.String())
		case "question":
			e.Question = Question(r.String())
		case "seq":
			e.Seq = r.Int()
		case "failures":
			e.Failures = r.Int()
		case "round":
			e.Round = r.Int()
		case "watched":
			e.Watched = r.Int()
		case "doubted":
			e.Doubted = r.Bool()
		case "suspect":
			e.Suspect = r.Bool()
		case "keyed":
			e.Keyed = r.Bool()
		case "since":
			e.Since = record.ReadTime(r)
		case "over":
			e.Over = record.ReadTime(r)
		case "behind":
			e.Behind = readIDs[string](r)
		case "found":
			e.Found = readIDs[crm.OpportunityID](r)
		case "known":
			e.Known = readIDs[crm.OpportunityID](r)
		case "conflicts":
			r.Array(func() { e.Conflicts = append(e.Conflicts, readConflict(r)) })
		case "check":
			e.Check = readCheck(r)
		default:
			if !readMember(r, name, e) {
				r.Fail(errUnknown)
			}
		}
	})
	if err := r.End(); err != nil {
		return err
	}
	return e.whole()
}

// readMember reads what all versions have.
func readMember(r *wire.Reader, name []byte, e *Entry) bool {
	switch string(name) {
	case "id":
		e.ID = r.String()
	case "state":
		e.State = State(r.String())
	case "revision":
		e.Revision = r.Int()
	case "attempts":
		e.Attempts = r.Int()
	case "saved":
		e.Saved = record.ReadTime(r)
	case "sent":
		e.Sent = record.ReadTime(r)
	case "next":
		e.Next = record.ReadTime(r)
	case "changed":
		e.Changed = record.ReadTime(r)
	case "account":
		e.Account = crm.AccountID(r.String())
	case "opportunity":
		e.Opportunity = crm.OpportunityID(r.String())
	case "create", "update":
		if e.Command != nil {
			r.Fail(errUnknown)
			break
		}
		if name[0] == 'c' {
			e.Command = readCreate(r)
		} else {
			e.Command = readUpdate(r)
		}
	case "failure":
		e.Failure = readFailure(r)
	case "differences":
		r.Array(func() { e.Differences = append(e.Differences, readDifference(r)) })
	default:
		return false
	}
	return true
}

func (e *Entry) whole() error {
	if e.ID == "" || !e.State.known() || e.Command == nil || e.Was != "" && !e.Was.known() {
		return errPartial
	}
	if (e.State == Discarded) != (e.Was != "") || e.State == Asking && e.Question == NoQuestion {
		return errPartial
	}
	return e.fit()
}

func unknown(r *wire.Reader) { r.Fail(errUnknown) }

func readCreate(r *wire.Reader) crm.Command {
	var c crm.Create
	var account crm.NewAccount
	r.Object(func(name []byte) {
		switch string(name) {
		case "values":
			c.Values = record.ReadValues(r)
		case "account_name":
			account.Name = r.String()
		case "account_domain":
			account.Domain = crm.Domain(r.String())
		default:
			unknown(r)
		}
	})
	if account != (crm.NewAccount{}) {
		c.NewAccount = &account
	}
	return c
}

func readUpdate(r *wire.Reader) crm.Command {
	var u crm.Update
	r.Object(func(name []byte) {
		switch string(name) {
		case "id":
			u.ID = crm.OpportunityID(r.String())
		case "fields":
			r.Array(func() { u.Fields = append(u.Fields, crm.Field(r.String())) })
		case "base":
			u.Base = record.ReadValues(r)
		case "want":
			u.Want = record.ReadValues(r)
		default:
			unknown(r)
		}
	})
	return u
}

func readFailure(r *wire.Reader) *Failure {
	var f Failure
	r.Object(func(name []byte) {
		switch string(name) {
		case "kind":
			f.Kind = crm.Kind(r.String())
		case "field":
			f.Field = crm.Field(r.String())
		case "message":
			f.Message = crm.English(r.String())
		case "parts":
			r.Array(func() { f.Parts = append(f.Parts, r.String()) })
		default:
			unknown(r)
		}
	})
	return &f
}

func readDifference(r *wire.Reader) crm.Difference {
	var d crm.Difference
	r.Object(func(name []byte) {
		switch string(name) {
		case "field":
			d.Field = crm.Field(r.String())
		case "sent":
			d.Sent = r.String()
		case "stored":
			d.Stored = r.String()
		default:
			unknown(r)
		}
	})
	return d
}

func readConflict(r *wire.Reader) Conflict {
	var c Conflict
	r.Object(func(name []byte) {
		switch string(name) {
		case "field":
			c.Field = crm.Field(r.String())
		case "base":
			c.Base = r.String()
		case "theirs":
			c.Theirs = r.String()
		case "ours":
			c.Ours = r.String()
		case "decision":
			c.Decision = Decision(r.String())
		default:
			unknown(r)
		}
	})
	return c
}

func readCheck(r *wire.Reader) Check {
	var c Check
	r.Object(func(name []byte) {
		switch string(name) {
		case "from":
			c.From = record.ReadTime(r)
		case "missed":
			c.Missed = record.ReadTime(r)
		case "misses":
			c.Misses = r.Int()
		case "blanks":
			c.Blanks = r.Int()
		default:
			unknown(r)
		}
	})
	return c
}

func readIDs[T ~string](r *wire.Reader) (list []T) {
	r.Array(func() { list = append(list, T(r.String())) })
	return list
}
