package gateway

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/wire"
)

// Bounds of texts, in characters.
const (
	maxName  = 255
	maxKnown = 100
)

// serveCreate makes an opportunity. The rep owns it unless the body says who does.
func serveCreate(q *request) (answer, error) {
	var create crm.Create
	var fields []string
	var written []crm.Field
	var known []crm.OpportunityID
	create.OwnerID = q.rep.UserID
	b := &body{Reader: wire.NewReader(q.body)}
	b.object(func(name string) bool {
		if field, ok := fieldOf(name); ok && field != crm.FieldContacts { // they are attached to one that is there
			fields, written = append(fields, name), append(written, field)
			b.value(&create.Values, field, name)
			return true
		}
		switch name {
		case "new_account":
			fields = append(fields, name)
			create.NewAccount = b.newAccount()
		case "known":
			b.Array(func() {
				id, ok := crm.ParseID[crm.OpportunityID](b.text(name))
				if known = append(known, id); !ok || len(known) > maxKnown {
					b.refuse(fieldRefused(name, "The list known holds ids of opportunities, at most 100."))
				}
			})
		default:
			return false
		}
		return true
	})
	if err := b.end(); err != nil {
		return answer{}, err
	}
	if err := create.Check(); err != nil {
		return answer{}, err
	}
	// What the rep has seen is not part of what is asked for: it grows.
	o, err := q.begin(createOpportunity, "", fields, asked(create.Values, create.NewAccount))
	if err != nil {
		return answer{}, err
	}
	return q.carry(o, func(ctx context.Context, _ outbox.Sender) (crm.Command, error) {
		return create, q.known(ctx, written)
	}, known)
}

// serveUpdate changes an opportunity. base is what the rep saw of the fields; a
// field without it is taken as it is now.
func serveUpdate(q *request) (answer, error) {
	update := crm.Update{ID: crm.OpportunityID(q.id)}
	var members []string
	var seen []crm.Field
	b := &body{Reader: wire.NewReader(q.body)}
	b.object(func(name string) bool {
		if field, ok := fieldOf(name); ok && field != crm.FieldAccount {
			members, update.Fields = append(members, name), append(update.Fields, field)
			b.value(&update.Want, field, name)
			return true
		}
		if name != "base" {
			return false
		}
		b.object(func(name string) bool {
			field, ok := fieldOf(name)
			if ok {
				seen = append(seen, field)
				b.value(&update.Base, field, "base."+name)
			}
			return ok
		})
		return true
	})
	if err := b.end(); err != nil {
		return answer{}, err
	}
	update.Fields = inOrder(update.Fields)
	if err := update.Check(); err != nil {
		return answer{}, err
	}
	text := asked(update.Want, nil)
	for _, f := range update.Fields {
		text = append(append(text, ' '), f...)
	}
	text = append(text, asked(update.Base, nil)...)
	for _, f := range inOrder(seen) {
		text = append(append(text, ' '), f...)
	}
	o, err := q.begin(updateOpportunity, q.id, members, text)
	if err != nil {
		return answer{}, err
	}
	return q.carry(o, func(ctx context.Context, s outbox.Sender) (crm.Command, error) {
		if err := q.known(ctx, update.Fields); err != nil {
			return nil, err
		}
		for _, f := range update.Fields {
			if !has(seen, f) {
				there, _, err := s.View(ctx, update.ID)
				if err != nil {
					return nil, err
				}
				for _, f := range update.Fields {
					if !has(seen, f) {
						update.Base.SetText(f, there.Text(f))
					}
				}
				break
			}
		}
		return update, nil
	}, nil)
}

// serveAccount finds the team's account of a domain, or makes it. Apollo lets that
// be repeated, so that an attempt that died needs no more than the next one.
func serveAccount(q *request) (answer, error) {
	b := &body{Reader: wire.NewReader(q.body)}
	account := b.newAccount()
	if err := b.end(); err != nil {
		return answer{}, err
	}
	o, err := q.begin(createAccount, "", []string{"name", "domain"}, asked(crm.Values{}, account))
	if err != nil {
		return answer{}, err
	}
	return q.holding(o, func(ctx context.Context) (answer, error) {
		found, err := q.g.saves(q.team, q.calls).client().FindOrCreateAccount(ctx, *account)
		if err != nil {
			p := problemOf(err)
			if p.kind == crm.Invalid || p.kind == crm.Conflict {
				return p.answer(), q.g.settle(ctx, o, p.answer(), "", "refused: "+string(p.kind), 0)
			}
			return p.answer(), q.g.release(ctx, o, 0)
		}
		w := new(wire.Writer).BeginObject()
		w.Member("state").String("done").Member("account")
		writeAccount(w, found)
		a := answer{status: 200, body: w.EndObject().Bytes()}
		return a, q.g.settle(ctx, o, a, string(found.ID), "done", 0, keepAccounts(o.team, []crm.Account{found}, q.g.clock()))
	})
}

func (o *operation) storedOr(err error) (answer, error) {
	if err != nil {
		return answer{}, err
	}
	return o.stored(), nil
}

// asked is a canonical text of what is asked for, for its hash.
func asked(v crm.Values, a *crm.NewAccount) []byte {
	w := new(wire.Writer).BeginArray()
	for _, f := range crm.Fields() {
		w.String(v.Text(f))
	}
	if v.Custom != "" {
		w.BeginArray()
		for f, text := range v.Custom.All() {
			w.String(string(f)).String(text)
		}
		w.EndArray()
	}
	if a != nil {
		w.String(a.Name).String(string(a.Domain))
	}
	return w.EndArray().Bytes()
}

// value reads one field of an opportunity; null and "" are no value.
func (b *body) value(to *crm.Values, field crm.Field, name string) {
	text := ""
	if b.Is('n') {
		b.Skip()
	} else {
		text = b.text(name)
	}
	if field == crm.FieldName {
		text = strings.TrimSpace(text)
		if !fitName(text) {
			b.refuse(fieldRefused(name, "The name may have 255 characters, and none that do not show."))
		}
	}
	if !to.SetText(field, text) || !kept(to, field, text) || field == crm.FieldContacts && name == memberOf(field) && !fitContacts(text) {
		b.refuse(fieldRefused(name, needsOf(field)))
	}
}

// kept says whether a custom field holds what was sent, sign for sign.
func kept(v *crm.Values, field crm.Field, text string) bool {
	_, _, custom := field.Custom()
	return !custom || v.Text(field) == text
}

func needsOf(field crm.Field) string {
	switch field {
	case crm.FieldAmount:
		return "The amount must be a decimal number in digits, such as \"12500.50\"."
	case crm.FieldCloseDate:
		return "The close date must be a day as YYYY-MM-DD."
	case crm.FieldContacts:
		return "The contacts must be CONTACT:ROLE for each, by their ids and with commas between: first the primary one, nothing for none, then the others, sorted; at most 100."
	}
	switch kind, _, _ := field.Custom(); kind {
	case "":
	case crm.CustomNumber:
		return "A custom number must be a decimal number in digits, without zeros that say nothing."
	case crm.CustomDate:
		return "A custom date must be a day as YYYY-MM-DD."
	case crm.CustomBool:
		return "A custom truth value must be true or false, as a text."
	case crm.CustomChoices:
		return "Several choices must be ids of options, sorted, with commas between."
	default:
		return "A custom text must hold no null character."
	}
	return "The " + string(field.Label()) + " must be an id of 24 hexadecimal digits in lower case."
}

// newAccount reads an account to be found or made.
func (b *body) newAccount() *crm.NewAccount {
	var a crm.NewAccount
	b.object(func(name string) bool {
		switch name {
		case "name":
			a.Name = strings.TrimSpace(b.text(name))
		case "domain":
			a.Domain = crm.Domain(b.text(name))
		default:
			return false
		}
		return true
	})
	switch {
	case b.Err() != nil:
	case a.Name == "" || !fitName(a.Name):
		b.refuse(fieldRefused("name", "An account needs a name of at most 255 characters."))
	case !isDomain(string(a.Domain)):
		b.refuse(fieldRefused("domain", "An account needs a domain in lower case, such as \"acme.com\"."))
	}
	return &a
}

func fitName(text string) bool {
	return utf8.RuneCountInString(text) <= maxName && !strings.ContainsFunc(text, unicode.IsControl)
}

func inOrder(fields []crm.Field) (list []crm.Field) {
	for _, f := range crm.Fields() {
		if has(fields, f) {
			list = append(list, f)
		}
	}
	var custom []crm.Field
	for _, f := range fields {
		if _, _, is := f.Custom(); is {
			custom = append(custom, f)
		}
	}
	slices.Sort(custom)
	return append(list, custom...)
}

func has(fields []crm.Field, field crm.Field) bool {
	for _, f := range fields {
		if f == field {
			return true
		}
	}
	return false
}
