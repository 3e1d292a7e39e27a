package main

import (
	"context"
	"io"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
)

// rules are what all seeds of a run have in common.
type rules struct {
	policy   outbox.Policy
	seams    seams
	receiver string    // "apollo", "gateway", or "" for either
	story    io.Writer // for what happens, of a single seed; nil for nobody
}

// player plays seeds one after the other.
type player struct {
	rules
	tally  *tally
	stacks stacks
}

// play plays one seed and gives its world, with what the oracles found.
func (p *player) play(seed uint64) *world {
	t := p.tally
	w := &world{random: rand.New(rand.NewPCG(seed, 0x6465616c)), rules: p.rules, tally: t, hash: 14695981039346656037 ^ seed}
	w.machine.w, w.stacks = w, &p.stacks
	w.none.name = "none"
	w.machine.start()
	w.scene()
	w.run(length)
	w.machine.down = false
	w.machine.open(func(c *contextOf, box *outbox.Box) {
		entries, damaged, err := box.List(context.Background())
		w.judge(entries, damaged, err)
	})
	w.run(length + time.Minute)
	for _, c := range w.machine.contexts {
		c.kill()
	}
	t.seeds++
	t.hash += w.hash
	return w
}

func (w *world) scene() {
	m := &w.machine
	w.heal = 20*time.Minute + w.within(40*time.Minute)
	w.rate = 1 + w.n(2)
	w.tagless = w.chance(0.08)
	w.unfiltered = w.chance(0.06)
	w.beyond = w.chance(0.06)
	m.unlocked = w.chance(0.08)
	w.team()
	switch w.n(4) {
	case 0:
		m.fragile = &m.primary
	case 1:
		m.fragile = &m.mirror
	}
	if m.fragile != nil {
		m.fragile.fails = true
		for range w.n(3) {
			w.after(w.within(w.heal), m.rot)
		}
	}
	for i := range 2 {
		values := crm.Values{Name: "old " + strconv.Itoa(i), Amount: money(1), AccountID: crm.AccountID(identifier(7))}
		values.SetText(months, "12")
		values.SetText(products, identifier(901)+","+identifier(902))
		w.create(values, "", nil).listed = 0
	}
	w.versions()
	for i := range 2 + w.n(3) {
		w.wish(i)
	}
	w.misfortunes()
	for _, at := range []time.Duration{4, 9, 15, 22, 30, 41, 55, 70, 90, 110, 130, 160, 200, 260, 330, 1440} {
		w.after(at*time.Minute+w.within(time.Minute), w.look)
	}
	w.after(26*time.Minute, func() { m.wake(0) })
	w.after(w.heal+time.Minute, func() { m.wake(0) })
}

// team says who carries out what the rep saves.
func (w *world) team() {
	m := &w.machine
	if m.gateway = w.receiver == "gateway"; w.receiver != "" || !w.chance(0.25) {
		return
	}
	m.gateway = w.chance(0.6)
	if w.chance(0.6) {
		w.after(w.within(w.heal), func() {
			w.hit("the team's settings change")
			m.gateway = !m.gateway
		})
	}
}

func minutes(n int) time.Duration { return time.Duration(n) * time.Minute }

func money(n int) crm.Money {
	m, _ := crm.ParseMoney(strconv.Itoa(n))
	return m
}

// wish makes an operation, and has the rep save it at some time.
func (w *world) wish(number int) {
	op := &operation{name: "deal " + strconv.Itoa(number), form: "form-" + strconv.Itoa(number)}
	w.ops = append(w.ops, op)
	at := w.within(15 * time.Minute)
	var creates []*operation
	for _, o := range w.ops[:number] {
		if _, ok := o.command.(crm.Create); ok && !o.refused && !o.poisoned {
			creates = append(creates, o)
		}
	}
	want := crm.Values{Amount: money(1000 + number), StageID: crm.StageID(identifier(50 + w.n(3)))}
	fields := []crm.Field{crm.FieldAmount, crm.FieldStage}
	more := int((w.hash + uint64(number)) % 3) // of the team's custom fields
	if more > 0 {
		want.SetText(months, strconv.Itoa(20+number))
		fields = append(fields, months)
	}
	if more > 1 {
		want.SetText(products, identifier(902)+","+identifier(910+number))
		fields = append(fields, products)
	}
	switch roll := w.n(10); {
	case roll < 6:
		values := crm.Values{Name: op.name, Amount: money(5), StageID: crm.StageID(identifier(50))}
		if more > 0 {
			values.SetText(months, "12")
		}
		create := crm.Create{Values: values}
		if roll < 1 {
			create.NewAccount = &crm.NewAccount{Name: "Acme", Domain: crm.Domain("acme" + strconv.Itoa(w.n(2)) + ".com")}
		} else {
			create.AccountID = crm.AccountID(identifier(7))
		}
		op.command = create
		op.refused = w.chance(0.03)
		op.poisoned = !op.refused && w.chance(0.02)
		if w.chance(0.06) {
			w.after(w.within(40*time.Minute), func() {
				w.hit("a colleague's namesake")
				w.create(values, "", nil).AccountID = crm.AccountID(identifier(7))
			})
		}
	case roll < 7 && len(creates) > 0:
		op.after = creates[w.n(len(creates))]
		base := op.after.command.(crm.Create).Values
		want.Name = base.Name
		op.command = crm.Update{Fields: fields, Base: seen(base), Want: want}
	default:
		d := w.deals[w.n(2)]
		op.deal = d.ID
		w.after(at, func() {
			base := seen(d.Values)
			want.Name = base.Name
			op.command = crm.Update{ID: d.ID, Fields: fields, Base: base, Want: want}
		})
		op.command = crm.Update{ID: d.ID, Fields: fields, Base: seen(d.Values), Want: want}
		if w.chance(0.3) {
			w.after(w.within(40*time.Minute), func() { w.colleague(d) })
		}
	}
	if op.after != nil {
		// A form on what was saved comes after it.
		at = 15*time.Minute + w.within(2*time.Minute)
	}
	if op.legacy = w.upgrade && op.after == nil && !op.refused && !op.poisoned && w.chance(0.6); op.legacy {
		return
	}
	w.after(at+time.Second, func() { w.save(op, 6) })
}

// colleague changes an opportunity in Apollo's own pages.
func (w *world) colleague(d *deal) {
	w.hit("a colleague's edit")
	if w.chance(0.5) {
		w.set(d, crm.FieldAmount, strconv.Itoa(500+w.n(9)), true)
	} else {
		w.set(d, crm.FieldStage, identifier(60+w.n(3)), true)
	}
	if w.hash%2 == 0 {
		w.set(d, months, strconv.Itoa(100+int(w.now/time.Second)), true) // no two are the same
	}
}

// save is the rep's click, by double click now and then, and another one if the
// popup says "Not saved" or dies.
func (w *world) save(op *operation, tries int) {
	if op.acked || tries == 0 {
		return
	}
	m := &w.machine
	for range 1 + w.n(6)/5 {
		m.open(func(c *contextOf, box *outbox.Box) {
			var e outbox.Entry
			var err error
			if op.after != nil {
				e, err = box.AppendAfter(context.Background(), op.form, op.after.form, op.command.(crm.Update))
			} else {
				e, err = box.Append(context.Background(), op.form, op.command)
			}
			if err == nil {
				op.acked, op.seq = true, e.Seq
				m.wake(0)
			}
		})
	}
	w.after(2*time.Minute, func() { w.save(op, tries-1) })
}
