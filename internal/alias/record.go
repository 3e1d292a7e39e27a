package alias

import (
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// The stored form, which is also what is exported:
//
//	{"aliases":[{"host":"app.acme.io","domain":"acme.com"},
//		{"host":"globex.io","account":"65f000050000000000000001","name":"Globex"}]}
//
// Before there were aliases of accounts each had a domain.

func (all Aliases) encode() []byte {
	var w wire.Writer
	w.BeginObject().Member("aliases").BeginArray()
	for _, a := range all {
		a.Write(&w)
	}
	return w.EndArray().EndObject().Bytes()
}

// Write writes an alias as an object.
func (a Alias) Write(w *wire.Writer) {
	w.BeginObject().Text("host", a.Host).Text("domain", string(a.Domain)).Text("account", string(a.Account)).Text("name", a.Name).EndObject()
}

func decode(stored []byte) (all Aliases, err error) {
	if stored == nil {
		return nil, nil
	}
	r := wire.NewReader(stored)
	r.Object(func(name []byte) {
		if string(name) == "aliases" {
			r.Array(func() {
				var a Alias
				r.Object(func(name []byte) {
					switch string(name) {
					case "host":
						a.Host = r.String()
					case "domain":
						a.Domain = crm.Domain(r.String())
					case "account":
						a.Account = crm.AccountID(r.String())
					case "name":
						a.Name = r.String()
					}
				})
				all = append(all, a)
			})
		}
	})
	if err := r.End(); err != nil {
		return nil, &crm.Error{Kind: crm.Internal, Err: err,
			Message: "What is stored of the pages that belong to another company cannot be read, so it is not used and not changed."}
	}
	return sorted(all), nil
}
