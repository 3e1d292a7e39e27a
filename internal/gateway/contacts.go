package gateway

import (
	"strings"
	"unicode/utf8"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// serveContacts gives whom the team knows at an account. They are asked of Apollo
// each time: the database keeps no people. Of each only what a rep chooses by is
// passed on.
func serveContacts(q *request) (answer, error) {
	name := strings.TrimSpace(q.query["name"])
	if _, given := q.query["name"]; given && (name == "" || utf8.RuneCountInString(name) > 100) {
		return answer{}, parameter("name", "a text of at most 100 characters")
	}
	found, err := q.g.one(q.ctx, sql(`SELECT name FROM account WHERE team = ? AND id = ?`, q.team.ID, q.id))
	if err != nil {
		return answer{}, err
	}
	if len(found.Rows) == 0 {
		return answer{}, &crm.Error{Kind: crm.NotFound, Message: "Apollo has no such account any more."}
	}
	account := crm.Account{ID: crm.AccountID(q.id), Name: found.Rows[0].Text(0)}
	contacts, whole, err := q.g.reads(q.team, q.calls).client().ContactsOf(q.ctx, account, name)
	if err != nil {
		return answer{}, err
	}
	w := new(wire.Writer).BeginObject()
	w.Member("contacts").BeginArray()
	for _, c := range contacts {
		w.BeginObject().Member("id").String(string(c.ID)).Member("name").String(c.Name).Member("title").String(c.Title).EndObject()
	}
	w.EndArray().Member("whole").Bool(whole)
	return answer{status: 200, body: w.EndObject().Bytes()}, nil
}

// maxContacts is how many contacts an opportunity may have here.
const maxContacts = 100

// fitContacts says whether text is one of [crm.FieldContacts] that can be sent.
func fitContacts(text string) bool {
	var v crm.Values
	if text == "" {
		return true
	}
	if !v.SetText(crm.FieldContacts, text) || v.Text(crm.FieldContacts) != text || strings.Count(text, ",") >= maxContacts {
		return false
	}
	seen := map[string]bool{}
	for i, one := range strings.Split(text, ",") {
		if one == "" && i == 0 && strings.Contains(text, ",") {
			continue // nobody is the primary one
		}
		contact, roles, several := strings.Cut(one, ":")
		if !isID(contact) || seen[contact] {
			return false
		}
		seen[contact] = true
		for role := range strings.SplitSeq(roles, "+") {
			if several && !isID(role) {
				return false
			}
		}
	}
	return true
}
