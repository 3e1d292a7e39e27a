package outbox

import (
	"bytes"
	"errors"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/record"
	"github.com/dealmark/dealmark/internal/store"
	"github.com/dealmark/dealmark/internal/wire"
)

// schema is the version of the stored record. A newer one is left alone and
// shown as damaged, never rewritten.
const schema = 1

const prefix = "entry/"

func key(id string) string { return prefix + id }

// encode writes an entry as a stored record.
func encode(e Entry) []byte {
	var w wire.Writer
	w.BeginObject()
	w.Member("schema").Int(schema)
	w.Text("id", e.ID).Text("state", string(e.State)).Text("step", string(e.Step))
	w.Member("revision").Int(e.Revision).Member("attempts").Int(e.Attempts)
	record.Time(&w, "saved", e.Saved)
	record.Time(&w, "sent", e.Sent)
	record.Time(&w, "next", e.Next)
	record.Time(&w, "changed", e.Changed)
	w.Text("account", string(e.Account)).Text("opportunity", string(e.Opportunity))
	switch c := e.Command.(type) {
	case crm.Create:
		w.Member("create").BeginObject()
		record.Values(&w, "values", c.Values)
		if c.NewAccount != nil {
			w.Text("account_name", c.NewAccount.Name).Text("account_domain", string(c.NewAccount.Domain))
		}
		w.EndObject()
	case crm.Update:
		w.Member("update").BeginObject()
		w.Text("id", string(c.ID)).Member("fields").BeginArray()
		for _, f := range c.Fields {
			w.String(string(f))
		}
		w.EndArray()
		record.Values(&w, "base", c.Base)
		record.Values(&w, "want", c.Want)
		w.EndObject()
	}
	if f := e.Failure; f != nil {
		w.Member("failure").BeginObject()
		w.Text("kind", string(f.Kind)).Text("field", string(f.Field)).Text("message", f.Message)
		w.EndObject()
	}
	if len(e.Differences) > 0 {
		w.Member("differences").BeginArray()
		for _, d := range e.Differences {
			w.BeginObject().Text("field", string(d.Field)).Text("sent", d.Sent).Text("stored", d.Stored).EndObject()
		}
		w.EndArray()
	}
	return w.EndObject().Bytes()
}

// decode reads a stored record. It refuses whatever is not exactly an entry
// that this version wrote: what cannot be understood must not be sent.
func decode(stored []byte) (Entry, error) {
	var e Entry
	version := 0
	r := wire.NewReader(stored)
	r.Object(func(name []byte) {
		switch string(name) {
		case "schema":
			version = r.Int()
		case "id":
			e.ID = r.String()
		case "state":
			e.State = State(r.String())
		case "step":
			e.Step = Step(r.String())
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
		case "create":
			e.Command = readCreate(r)
		case "update":
			e.Command = readUpdate(r)
		case "failure":
			e.Failure = readFailure(r)
		case "differences":
			r.Array(func() { e.Differences = append(e.Differences, readDifference(r)) })
		}
	})
	if err := r.End(); err != nil {
		return Entry{}, err
	}
	if version != schema {
		return Entry{}, errors.New("the record is of another version of Dealmark")
	}
	if e.ID == "" || !e.State.known() || e.Command == nil {
		return Entry{}, errors.New("the record is not complete")
	}
	if err := e.Command.Check(); err != nil {
		return Entry{}, err
	}
	if !bytes.Equal(encode(e), stored) {
		return Entry{}, errors.New("the record holds more than this version of Dealmark understands")
	}
	return e, nil
}

// read decodes what stands under its own key.
func read(stored store.Record) (Entry, error) {
	e, err := decode(stored.Value)
	if err == nil && key(e.ID) != stored.Key {
		return Entry{}, errors.New("the record stands under another entry's key")
	}
	return e, err
}

func (s State) known() bool {
	switch s {
	case Queued, Sending, Done, Refused, Blocked, Uncertain:
		return true
	}
	return false
}

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
			f.Message = r.String()
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
		}
	})
	return d
}
