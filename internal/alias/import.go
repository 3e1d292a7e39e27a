package alias

import (
	"bytes"
	"context"
	"strconv"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/site"
	"github.com/dealmark/dealmark/internal/store"
	"github.com/dealmark/dealmark/internal/wire"
)

// Export gives the aliases as a document that Import takes.
func (all Aliases) Export() []byte { return all.encode() }

// Merged says what an import did.
type Merged struct {
	Added, Changed, Same int
}

// Import merges the aliases of a document into those that are kept: a host's
// alias takes the place of the one before, and no other goes. A document that is
// wrong anywhere is an error of kind Invalid that names the line and the member,
// and changes nothing.
func Import(ctx context.Context, to store.Store, document []byte, ascii site.ToASCII) (all Aliases, did Merged, err error) {
	read, err := parse(document, ascii)
	if err != nil {
		return nil, did, err
	}
	all, err = edit(ctx, to, func(all Aliases) (Aliases, error) {
		did = Merged{}
		for _, a := range read {
			before := all.find(a.Host)
			switch {
			case before == nil:
				did.Added++
			case *before != a:
				did.Changed++
			default:
				did.Same++
			}
			all = all.with(a)
		}
		return all, all.fit()
	})
	return all, did, err
}

// parse reads a document strictly: what an import does not understand it must
// not drop.
func parse(document []byte, ascii site.ToASCII) (read Aliases, err error) {
	wrong := func(at int, message crm.English, parts ...string) {
		if err == nil {
			line := 1 + bytes.Count(document[:at], []byte("\n"))
			err = refused(message, append([]string{strconv.Itoa(line)}, parts...)...)
		}
	}
	r := wire.NewReader(document)
	lists := 0
	r.Object(func(name []byte) {
		switch string(name) {
		case "version":
			if at := r.Offset(); r.Int() != 1 && r.Err() == nil {
				wrong(at, "Nothing was imported. Line {0}: “version” must be 1.")
			}
		case "aliases":
			lists++
			r.Array(func() { read = append(read, parseAlias(r, ascii, wrong)) })
		default:
			wrong(r.Offset(), "Nothing was imported. Line {0}: “{1}” is no member of an export of Dealmark.", brief(string(name)))
		}
	})
	if r.End() != nil {
		wrong(r.Offset(), "Nothing was imported. Line {0}: this is not JSON as Dealmark exports it.")
	}
	if lists != 1 {
		wrong(r.Offset(), "Nothing was imported. Line {0}: one list named “aliases” is needed.")
	}
	return read, err
}

func parseAlias(r *wire.Reader, ascii site.ToASCII, wrong func(at int, message crm.English, parts ...string)) Alias {
	texts, starts, start := map[string]string{}, map[string]int{}, r.Offset()
	r.Object(func(name []byte) {
		member := string(name)
		starts[member] = r.Offset()
		switch {
		case member != "host" && member != "domain" && member != "account" && member != "name":
			wrong(r.Offset(), "Nothing was imported. Line {0}: “{1}” is no member of an alias, which has “host” and “domain”.", brief(member))
		case !r.Is('"'):
			wrong(r.Offset(), "Nothing was imported. Line {0}: “{1}” must be a text.", member)
			r.Skip()
		default:
			texts[member] = r.String()
		}
	})
	if r.Err() != nil {
		return Alias{}
	}
	to := "domain"
	if _, said := starts["account"]; said {
		to = "account"
	}
	if at, both := starts["domain"]; both && to == "account" {
		wrong(at, "Nothing was imported. Line {0}: an alias has a “domain” or an “account”, not both.")
		return Alias{}
	}
	for _, member := range [...]string{"host", to} {
		if _, said := starts[member]; !said {
			wrong(start, "Nothing was imported. Line {0}: this alias has no “{1}”.", member)
			return Alias{}
		}
	}
	a, err := New(texts["host"], texts["domain"], ascii)
	if to == "account" {
		a, err = NewAccount(texts["host"], texts["account"], texts["name"], ascii)
	}
	_, isID := crm.ParseID[crm.AccountID](texts["account"])
	switch {
	case err == nil:
	case to == "account" && !isID:
		wrong(starts["account"], "Nothing was imported. Line {0}, “account”: “{1}” is no account's id.", brief(texts["account"]))
	case to == "domain" && site.ParseDomain(texts["domain"], ascii).Reason != "":
		wrong(starts["domain"], "Nothing was imported. Line {0}, “domain”: “{1}” is no company's domain.", brief(texts["domain"]))
	default:
		wrong(starts["host"], "Nothing was imported. Line {0}, “host”: “{1}” cannot be another company's page.", brief(texts["host"]))
	}
	return a
}
