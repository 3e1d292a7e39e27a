package form

import (
	"errors"
	"strconv"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// version is the version of the stored document. A document of another version
// is refused rather than half understood.
const version = 1

// Encode gives the draft as one JSON document:
//
//	{"version":1,"id":…,"domain":…,"opportunity":…,
//	 "base":{"name":…,"amount":…,"currency":…,"stage":…,"close_date":…,"owner":…,"account":…},
//	 "fields":{"name":{"text":…,"prefilled":…,"gap":8,"touched":true},…}}
//
// What is empty is left out.
func (d *Draft) Encode() []byte {
	var w wire.Writer
	w.BeginObject().Member("version").Int(version)
	w.Text("id", d.ID).Text("domain", string(d.Domain)).Text("opportunity", string(d.OpportunityID))
	w.Member("base").BeginObject()
	for _, f := range crm.Fields() {
		w.Text(string(f), d.Base.Text(f))
	}
	for f, text := range d.Base.Custom.All() {
		w.Member(string(f)).String(text) // a blank one is known to be blank
	}
	w.Text("currency", d.Base.Amount.Currency).EndObject()
	w.Member("fields").BeginObject()
	for _, f := range d.Fields() {
		if in := d.input(f); *in != (input{}) {
			w.Member(string(f))
			in.encode(&w)
		}
	}
	if d.accountName != (input{}) {
		w.Member(string(AccountName))
		d.accountName.encode(&w)
	}
	return w.EndObject().EndObject().Bytes()
}

func (in input) encode(w *wire.Writer) {
	w.BeginObject().Text("text", in.text).Text("prefilled", in.prefilled)
	if in.gap > 0 {
		w.Member("gap").Int(in.gap)
	}
	if in.touched {
		w.Member("touched").Bool(true)
	}
	w.EndObject()
}

// Decode reads what [Draft.Encode] wrote. Any other document, also one of
// another version, is an error of kind [crm.Internal].
func Decode(document []byte) (Draft, error) {
	var d Draft
	got := 0
	r := wire.NewReader(document)
	r.Object(func(name []byte) {
		switch string(name) {
		case "version":
			if got = r.Int(); got != version {
				r.Fail(errors.New("draft of version " + strconv.Itoa(got)))
			}
		case "id":
			d.ID = r.String()
		case "domain":
			d.Domain = crm.Domain(r.String())
		case "opportunity":
			d.OpportunityID = readOpportunityID(r)
		case "base":
			d.Base = readBase(r)
		case "fields":
			d.readInputs(r)
		}
	})
	err := r.End()
	if err == nil && got != version {
		err = errors.New("draft without a version")
	}
	if err != nil {
		return Draft{}, &crm.Error{
			Kind:    crm.Internal,
			Op:      "draft.decode",
			Message: "The text kept for this form cannot be read, so the form starts empty.",
			Err:     err,
		}
	}
	return d, nil
}

func readOpportunityID(r *wire.Reader) crm.OpportunityID {
	text := r.String()
	id, ok := crm.ParseID[crm.OpportunityID](text)
	if !ok && text != "" {
		r.Fail(errors.New("not an opportunity's id: " + text))
	}
	return id
}

func readBase(r *wire.Reader) crm.Values {
	var base crm.Values
	currency := ""
	r.Object(func(name []byte) {
		f := crm.Field(name)
		switch {
		case f == "currency":
			currency = r.String()
		case isField(f):
			if text := r.String(); !base.SetText(f, text) {
				r.Fail(errors.New("not canonical for " + string(f) + ": " + text))
			}
		}
	})
	base.Amount.Currency = currency
	return base
}

func (d *Draft) readInputs(r *wire.Reader) {
	r.Object(func(name []byte) {
		in := d.change(crm.Field(name))
		if in == nil {
			return
		}
		*in = input{}
		r.Object(func(name []byte) {
			switch string(name) {
			case "text":
				in.text = r.String()
			case "prefilled":
				in.prefilled = r.String()
			case "gap":
				in.gap = r.Int()
			case "touched":
				in.touched = r.Bool()
			}
		})
		if in.gap < 0 || in.gap > len(in.prefilled)+1 {
			r.Fail(errors.New("a gap that is not in the name"))
		}
	})
}

func isField(f crm.Field) bool {
	for _, known := range crm.Fields() {
		if known == f {
			return true
		}
	}
	_, _, custom := f.Custom()
	return custom
}
