package index

import (
	"bytes"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/record"
	"github.com/dealmark/dealmark/internal/wire"
)

// The decoders give the zero value for a record that is missing or cannot be
// read: the index is a cache, and what is unknown is read again.

func encodeCompany(c Company) []byte {
	var w wire.Writer
	w.BeginObject()
	record.Time(&w, "learned", c.Learned)
	w.Text("chosen", string(c.Chosen)).Member("accounts").BeginArray()
	for _, a := range c.Accounts {
		record.Account(&w, a)
	}
	w.EndArray().Member("chosen_at").BeginObject()
	for _, choice := range c.ChosenAt {
		w.Member(choice.Host).String(string(choice.Account))
	}
	return w.EndObject().EndObject().Bytes()
}

func decodeCompany(stored []byte) (c Company) {
	if stored == nil {
		return c
	}
	r := wire.NewReader(stored)
	r.Object(func(name []byte) {
		switch string(name) {
		case "learned":
			c.Learned = record.ReadTime(r)
		case "chosen":
			c.Chosen = crm.AccountID(r.String())
		case "chosen_at":
			r.Object(func(host []byte) {
				c.ChosenAt = append(c.ChosenAt, HostChoice{string(host), crm.AccountID(r.String())})
			})
		case "accounts":
			r.Array(func() { c.Accounts = append(c.Accounts, record.ReadAccount(r)) })
		}
	})
	if r.End() != nil {
		return Company{}
	}
	return c
}

func encodeTeam(t Team) []byte {
	var w wire.Writer
	w.BeginObject()
	record.Time(&w, "learned", t.Learned)
	w.Text("rep", string(t.Rep)).Member("stages").BeginArray()
	for _, s := range t.Stages {
		record.Stage(&w, s)
	}
	w.EndArray().Member("users").BeginArray()
	for _, u := range t.Users {
		record.User(&w, u)
	}
	return w.EndArray().EndObject().Bytes()
}

func decodeTeam(stored []byte) (t Team) {
	if stored == nil {
		return t
	}
	r := wire.NewReader(stored)
	r.Object(func(name []byte) {
		switch string(name) {
		case "learned":
			t.Learned = record.ReadTime(r)
		case "rep":
			t.Rep = crm.UserID(r.String())
		case "stages":
			r.Array(func() { t.Stages = append(t.Stages, record.ReadStage(r)) })
		case "users":
			r.Array(func() { t.Users = append(t.Users, record.ReadUser(r)) })
		}
	})
	if r.End() != nil {
		return Team{}
	}
	return t
}

func encodeAccount(k known) []byte {
	if rows, ok := encodeRows(k); ok {
		return rows
	}
	var w wire.Writer
	w.BeginObject().Text("name", k.name)
	record.Time(&w, "complete", k.complete)
	record.Time(&w, "broken", k.broken)
	w.Member("opportunities").BeginArray()
	for _, s := range k.all {
		w.BeginObject()
		record.Opportunity(&w, s.Opportunity)
		record.Time(&w, "seen", s.at)
		w.EndObject()
	}
	return w.EndArray().EndObject().Bytes()
}

// decodeAccount reports false for a record that is there and cannot be read: a
// missing one says after a whole walk that the account has none, this one
// says nothing.
func decodeAccount(stored []byte) (k known, readable bool) {
	var all []seen
	k, readable = eachOf(stored, func(s *seen) { all = append(all, *s) })
	if !readable {
		return known{}, false
	}
	k.all = all
	return k, true
}

// eachOf is decodeAccount for who keeps the opportunities elsewhere: where it
// reports false, those that it gave away are not to be believed.
func eachOf(stored []byte, each func(*seen)) (k known, readable bool) {
	if stored == nil {
		return known{}, true
	}
	if bytes.HasPrefix(stored, []byte(rowsBegin)) {
		return decodeRows(string(stored), each)
	}
	r := wire.NewReader(stored)
	r.Object(func(name []byte) {
		switch string(name) {
		case "name":
			k.name = r.String()
		case "complete":
			k.complete = record.ReadTime(r)
		case "broken":
			k.broken = record.ReadTime(r)
		case "opportunities":
			r.Array(func() {
				s := readSeen(r)
				each(&s)
			})
		}
	})
	return k, r.End() == nil
}

func readSeen(r *wire.Reader) (s seen) {
	r.Object(func(name []byte) {
		if string(name) == "seen" {
			s.at = record.ReadTime(r)
			return
		}
		record.ReadOpportunity(r, name, &s.Opportunity)
	})
	return s
}

func encodeWalk(k Walk) []byte {
	var w wire.Writer
	w.BeginObject().Member("page").Int(k.Page).Member("read").Int(k.Read).Member("total").Int(k.Total)
	record.Time(&w, "started", k.Started)
	record.Time(&w, "finished", k.Finished)
	record.Time(&w, "since", k.Since)
	return w.EndObject().Bytes()
}

func decodeWalk(stored []byte) (k Walk) {
	if stored == nil {
		return k
	}
	r := wire.NewReader(stored)
	r.Object(func(name []byte) {
		switch string(name) {
		case "page":
			k.Page = r.Int()
		case "read":
			k.Read = r.Int()
		case "total":
			k.Total = r.Int()
		case "started":
			k.Started = record.ReadTime(r)
		case "finished":
			k.Finished = record.ReadTime(r)
		case "since":
			k.Since = record.ReadTime(r)
		}
	})
	if r.End() != nil {
		return Walk{}
	}
	return k
}
