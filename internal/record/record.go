// Package record gives the words of package crm their stored form, as members
// of JSON documents: the one place that outbox, index and drafts share.
//
// It does not know where a document is stored, nor how Apollo writes the same
// things (package apollo does). A member that is not set is left out.
package record

import (
	"errors"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// Time writes a time as milliseconds since 1970, unless it is zero.
func Time(w *wire.Writer, name string, t time.Time) {
	if !t.IsZero() {
		w.Member(name).Int(int(t.UnixMilli()))
	}
}

// ReadTime reads what [Time] wrote, in UTC; null is the zero time.
func ReadTime(r *wire.Reader) time.Time {
	if r.Is('n') {
		r.Skip()
		return time.Time{}
	}
	milliseconds := r.Int()
	if r.Err() != nil {
		return time.Time{}
	}
	return time.UnixMilli(int64(milliseconds)).UTC()
}

// Values writes an opportunity's values as one member, each field in its
// canonical text under its own name; custom fields stand among them, those with a
// text.
func Values(w *wire.Writer, name string, v crm.Values) {
	w.Member(name).BeginObject()
	for _, f := range crm.Fields() {
		w.Text(string(f), v.Text(f))
	}
	for f, text := range v.Custom.All() {
		w.Text(string(f), text)
	}
	w.Text("currency", v.Amount.Currency)
	w.EndObject()
}

// ReadValues reads what [Values] wrote; a text that is not canonical for its
// field is an error.
func ReadValues(r *wire.Reader) crm.Values {
	var v crm.Values
	var currency string
	r.Object(func(name []byte) {
		if string(name) == "currency" {
			currency = r.String()
			return
		}
		field := crm.Field(name)
		if text := r.String(); !v.SetText(field, text) {
			r.Fail(errors.New("not a " + string(field) + ": " + text))
		}
	})
	v.Amount.Currency = currency
	return v
}
