package main

import (
	"bytes"
	"hash/crc32"
	"strconv"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/record"
	"github.com/dealmark/dealmark/internal/wire"
)

// newerKey is where a version of Dealmark that is yet to come left a record.
const newerKey = "entry/of-a-newer-version"

// sealed is a record in the envelope of a schema.
func sealed(schema int, content string) []byte {
	sum := crc32.Update(uint32(schema), crc32.IEEETable, []byte(content))
	return []byte(`{"schema":` + strconv.Itoa(schema) + `,"crc32":` + strconv.FormatUint(uint64(sum), 10) + `,"entry":` + content + `}`)
}

// versions has an update installed midway, over what the version before left,
// or a record in the stores that only a later version understands.
func (w *world) versions() {
	m := &w.machine
	if w.chance(0.1) {
		w.newer = sealed(3, `{"id":"of-a-newer-version","plan":[`+strconv.Itoa(w.n(1000))+`]}`)
		m.solid().put(newerKey, w.newer)
		w.hit("a newer version's record")
	}
	if w.upgrade = m.fragile != &m.primary && w.chance(0.1); !w.upgrade {
		return
	}
	w.after(w.within(w.heal/4), func() {
		w.hit("update installed")
		w.barred = 0
		m.fall(nil, false)
		for _, op := range w.ops {
			if op.legacy {
				w.leave(op)
			}
		}
	})
}

// solid is a store that neither fails nor rots.
func (m *machine) solid() *area {
	if m.fragile == &m.primary {
		return &m.mirror
	}
	return &m.primary
}

// leave writes an operation as version 1 had it in one of its states. That
// version stamped no tags.
func (w *world) leave(op *operation) {
	state := []string{"queued", "account", "sending", "uncertain", "refused", "blocked", "done"}[w.n(7)]
	create, creates := op.command.(crm.Create)
	var document wire.Writer
	document.BeginObject().Member("schema").Int(1)
	document.Text("id", op.form)
	attempts, stored := 1, false
	switch state {
	case "queued":
		attempts = 0
	case "account":
		attempts, state = 0, "sending"
		document.Text("step", "account")
	case "sending", "uncertain":
		document.Text("step", "opportunity")
		stored = w.chance(0.5)
	case "done":
		stored = true
	}
	document.Text("state", state)
	document.Member("revision").Int(1 + w.n(9))
	document.Member("attempts").Int(attempts)
	record.Time(&document, "saved", w.machine.clock())
	record.Time(&document, "changed", w.machine.clock())
	switch {
	case creates && state == "done":
		document.Text("opportunity", string(w.create(create.Values, "", op).ID))
	case creates && stored:
		w.after(w.within(minutes(2)), func() { w.create(create.Values, "", op) })
	case stored:
		w.after(0, func() { w.change(op, op.command.(crm.Update), &fault{}) })
	}
	if creates {
		document.Member("create").BeginObject()
		record.Values(&document, "values", create.Values)
		if a := create.NewAccount; a != nil {
			document.Text("account_name", a.Name).Text("account_domain", string(a.Domain))
		}
		document.EndObject()
	} else {
		u := op.command.(crm.Update)
		document.Member("update").BeginObject().Text("id", string(u.ID)).Member("fields").BeginArray()
		for _, f := range u.Fields {
			document.String(string(f))
		}
		document.EndArray()
		record.Values(&document, "base", u.Base)
		record.Values(&document, "want", u.Want)
		document.EndObject()
	}
	w.hit("a record of version 1")
	w.machine.primary.put("entry/"+op.form, document.EndObject().Bytes())
	op.acked = true
}

// untouched wants a newer version's record as it was, and shown.
func (w *world) untouched(damaged []outbox.Damaged) {
	if w.newer == nil {
		return
	}
	if !bytes.Equal(w.machine.solid().get(newerKey), w.newer) {
		w.wrong("lost", "a newer version's record was touched")
	}
	for _, d := range damaged {
		if d.Key == newerKey && strings.Contains(d.Err.Error(), "newer version") {
			return
		}
	}
	w.wrong("lost", "a newer version's record is not shown")
}
