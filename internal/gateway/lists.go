package gateway

import (
	"context"
	"time"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// The team's short lists, kept whole as the JSON that is answered.
const (
	stageList = "stages"
	userList  = "users"
	fieldList = "fields"
	roleList  = "role_types"
	tagList   = "tag" // the id of the custom field for tags, as a JSON string
)

// list gives one of the short lists, and how old it is. One that is older than the
// policy's age is read again; if that fails, the old one is better than none.
func (g *Gateway) list(ctx context.Context, u *upstream, name string) (value string, age time.Duration, err error) {
	return g.listWithin(ctx, u, name, g.policy.Lists)
}

func (g *Gateway) listWithin(ctx context.Context, u *upstream, name string, within time.Duration) (value string, age time.Duration, err error) {
	found, err := g.one(ctx, sql(`SELECT value, seen FROM list WHERE team = ? AND name = ?`, u.team.ID, name))
	if err != nil {
		return "", 0, err
	}
	now := g.clock()
	if len(found.Rows) > 0 {
		value, age = found.Rows[0].Text(0), now.Sub(instant(found.Rows[0].Int(1)))
		if age < within {
			return value, max(age, 0), nil
		}
	}
	fresh, err := g.fetch(ctx, u, name)
	if err != nil {
		if value != "" {
			return value, age, nil
		}
		return "", 0, err
	}
	return fresh, 0, g.keepList(ctx, u.team.ID, name, fresh, now)
}

func (g *Gateway) keepList(ctx context.Context, team, name, value string, seen time.Time) error {
	_, err := g.one(ctx, volatile(`INSERT INTO list (team, name, value, seen) VALUES (?, ?, ?, ?)
		ON CONFLICT (team, name) DO UPDATE SET value = excluded.value, seen = excluded.seen`, team, name, value, millis(seen)))
	return err
}

// fetch reads a list from Apollo.
func (g *Gateway) fetch(ctx context.Context, u *upstream, name string) (string, error) {
	var w wire.Writer
	client := u.client()
	switch name {
	case stageList:
		stages, err := client.Stages(ctx)
		if err != nil {
			return "", err
		}
		w.BeginArray()
		for _, s := range stages {
			writeStage(&w, s)
		}
		w.EndArray()
	case userList:
		users, err := client.Users(ctx)
		if err != nil {
			return "", err
		}
		w.BeginArray()
		for _, user := range users {
			w.BeginObject().Member("id").String(string(user.ID)).Member("name").String(user.Name).Member("email").String(user.Email).EndObject()
		}
		w.EndArray()
	case roleList:
		types, err := client.RoleTypes(ctx)
		if err != nil {
			return "", err
		}
		w.BeginArray()
		for _, t := range types {
			w.BeginObject().Member("id").String(string(t.ID)).Member("name").String(t.Name).EndObject()
		}
		w.EndArray()
	default:
		fields, err := client.CustomFields(ctx)
		if err != nil {
			return "", err
		}
		if name == tagList {
			w.String(tagAmong(fields))
			break
		}
		w.BeginArray()
		for _, f := range fields {
			if f.Of == "opportunity" {
				writeField(&w, u.team, f)
			}
		}
		w.EndArray()
	}
	return string(w.Bytes()), nil
}

// tagAmong finds the field that holds operation ids: of several the oldest, for an
// id begins with the time at which it was made.
func tagAmong(fields []apollo.Field) string {
	oldest := ""
	for _, f := range fields {
		text := f.Type == "string" || f.Type == "textarea" || f.Type == ""
		if id := string(f.ID); f.Of == "opportunity" && f.Label == TagLabel && text && (oldest == "" || id < oldest) {
			oldest = id
		}
	}
	return oldest
}

// tag is the custom field for operation ids, "" where the team has none. Where the
// key may not list fields there is none.
func (g *Gateway) tag(ctx context.Context, team Team, c *calls) (string, error) {
	if team.Tag != "" {
		return team.Tag, nil
	}
	value, _, err := g.list(ctx, g.saves(team, c), tagList)
	switch crm.KindOf(err) {
	case "":
		return wire.NewReader([]byte(value)).String(), nil
	case crm.Forbidden:
		return "", g.keepList(ctx, team.ID, tagList, `""`, g.clock())
	}
	return "", err
}

func writeStage(w *wire.Writer, s crm.Stage) {
	w.BeginObject().Member("id").String(string(s.ID)).Member("name").String(s.Name)
	w.Member("pipeline_id").String(string(s.PipelineID)).Member("order").Int(s.Order)
	w.Member("probability").Int(s.Probability).Member("closed").Bool(s.Closed).Member("won").Bool(s.Won).EndObject()
}

func writeField(w *wire.Writer, team Team, f apollo.Field) {
	w.BeginObject().Member("id").String(string(f.ID)).Member("label").String(f.Label).Member("type").String(f.Type)
	w.Member("field").String(string(team.takes(f)))
	w.Member("max_length").Int(f.MaxLength).Member("options").BeginArray()
	for _, o := range f.Options {
		w.BeginObject().Member("id").String(o.ID).Member("name").String(o.Name).EndObject()
	}
	w.EndArray().EndObject()
}

// serveList answers with one of the lists.
func serveList(name string) func(*request) (answer, error) {
	return func(q *request) (answer, error) {
		within := q.g.policy.Lists
		if name == fieldList { // a rep who looks for a new one does not wait
			within = q.g.policy.Fields
		}
		value, age, err := q.g.listWithin(q.ctx, q.g.reads(q.team, q.calls), name, within)
		if err != nil {
			return answer{}, err
		}
		w := new(wire.Writer).BeginObject()
		w.Member(name).Raw([]byte(value)).Member("age").Int(int(age / time.Second))
		return answer{status: 200, body: w.EndObject().Bytes()}, nil
	}
}
