package outbox

import (
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/record"
	"github.com/dealmark/dealmark/internal/store"
	"github.com/dealmark/dealmark/internal/wire"
)

// schema is the version of the stored record. A newer one is left alone and
// shown as damaged, never rewritten.
const schema = 2

const prefix = "entry/"

func key(id string) string { return prefix + id }

// encode writes an entry as a stored record: its version, its checksum, itself.
func encode(e *Entry) []byte { return seal(schema, body(e)) }

func recordOf(e *Entry) store.Record { return store.Record{Key: key(e.ID), Value: encode(e)} }

func body(e *Entry) []byte {
	var w wire.Writer
	w.BeginObject()
	w.Text("id", e.ID).Text("after", e.After).Text("boot", e.Boot)
	w.Text("state", string(e.State)).Text("was", string(e.Was)).Text("question", string(e.Question))
	number(&w, "revision", e.Revision)
	number(&w, "seq", e.Seq)
	number(&w, "attempts", e.Attempts)
	number(&w, "failures", e.Failures)
	number(&w, "watched", e.Watched)
	number(&w, "round", e.Round)
	flag(&w, "doubted", e.Doubted)
	flag(&w, "suspect", e.Suspect)
	flag(&w, "keyed", e.Keyed)
	record.Time(&w, "saved", e.Saved)
	record.Time(&w, "sent", e.Sent)
	record.Time(&w, "next", e.Next)
	record.Time(&w, "since", e.Since)
	record.Time(&w, "changed", e.Changed)
	record.Time(&w, "over", e.Over)
	w.Text("account", string(e.Account)).Text("opportunity", string(e.Opportunity))
	writeCommand(&w, e.Command)
	if f := e.Failure; f != nil {
		w.Member("failure").BeginObject()
		w.Text("kind", string(f.Kind)).Text("field", string(f.Field)).Text("message", string(f.Message))
		ids(&w, "parts", f.Parts)
		w.EndObject()
	}
	if len(e.Differences) > 0 {
		w.Member("differences").BeginArray()
		for _, d := range e.Differences {
			w.BeginObject().Text("field", string(d.Field)).Text("sent", d.Sent).Text("stored", d.Stored).EndObject()
		}
		w.EndArray()
	}
	ids(&w, "behind", e.Behind)
	ids(&w, "found", e.Found)
	ids(&w, "known", e.Known)
	if len(e.Conflicts) > 0 {
		w.Member("conflicts").BeginArray()
		for _, c := range e.Conflicts {
			w.BeginObject().Text("field", string(c.Field)).Text("base", c.Base).Text("theirs", c.Theirs)
			w.Text("ours", c.Ours).Text("decision", string(c.Decision)).EndObject()
		}
		w.EndArray()
	}
	if c := e.Check; c != (Check{}) {
		w.Member("check").BeginObject()
		record.Time(&w, "from", c.From)
		record.Time(&w, "missed", c.Missed)
		number(&w, "misses", c.Misses)
		number(&w, "blanks", c.Blanks)
		w.EndObject()
	}
	return w.EndObject().Bytes()
}

func writeCommand(w *wire.Writer, command crm.Command) {
	switch c := command.(type) {
	case crm.Create:
		w.Member("create").BeginObject()
		record.Values(w, "values", c.Values)
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
		record.Values(w, "base", c.Base)
		record.Values(w, "want", c.Want)
		w.EndObject()
	}
}

func number(w *wire.Writer, name string, n int) {
	if n != 0 {
		w.Member(name).Int(n)
	}
}

func flag(w *wire.Writer, name string, is bool) {
	if is {
		w.Member(name).Bool(true)
	}
}

func ids[T ~string](w *wire.Writer, name string, list []T) {
	if len(list) == 0 {
		return
	}
	w.Member(name).BeginArray()
	for _, id := range list {
		w.String(string(id))
	}
	w.EndArray()
}

// stamp is what a stored time can hold.
func stamp(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return time.UnixMilli(t.UnixMilli()).UTC()
}
