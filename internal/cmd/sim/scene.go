package main

import (
	"context"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
)

// play plays one seed and gives its world, with what the oracles found.
func play(seed uint64, policy outbox.Policy, seams seams, t *tally) *world {
	w := &world{random: rand.New(rand.NewPCG(seed, 0x6465616c)), policy: policy, seams: seams, tally: t, hash: 14695981039346656037 ^ seed}
	w.machine.w = w
	w.none.name = "none"
	w.scene()
	w.run(length)
	w.machine.down = false
	w.machine.open(func(c *contextOf, box *outbox.Box) {
		entries, damaged, err := box.List(context.Background())
		w.judge(entries, damaged, err)
	})
	w.run(length + time.Minute)
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
		w.create(values, "", nil).listed = 0
	}
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
	switch roll := w.n(10); {
	case roll < 6:
		values := crm.Values{Name: op.name, Amount: money(5), StageID: crm.StageID(identifier(50))}
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
		op.command = crm.Update{Fields: fields, Base: base, Want: want}
	default:
		d := w.deals[w.n(2)]
		op.deal = d.ID
		w.after(at, func() {
			base := d.Values
			want.Name = base.Name
			op.command = crm.Update{ID: d.ID, Fields: fields, Base: base, Want: want}
		})
		op.command = crm.Update{ID: d.ID, Fields: fields, Base: d.Values, Want: want}
		if w.chance(0.3) {
			w.after(w.within(40*time.Minute), func() { w.colleague(d) })
		}
	}
	if op.after != nil {
		// A form on what was saved comes after it.
		at = 15*time.Minute + w.within(2*time.Minute)
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

// misfortunes are what befalls the whole machine.
func (w *world) misfortunes() {
	m := &w.machine
	during := func(p float64, longest time.Duration, name string, begin, end func()) {
		if !w.chance(p) {
			return
		}
		from := w.within(w.heal)
		w.after(from, func() { w.hit(name); begin() })
		w.after(min(from+w.within(longest), w.heal), end)
	}
	during(0.2, 20*time.Minute, "offline for a while", func() { w.offline = true }, func() { w.offline = false })
	during(0.1, 20*time.Minute, "key revoked", func() { w.revoked = true }, func() {
		w.revoked = false
		w.after(time.Minute, func() { w.unblock(5) })
	})
	if w.jumpy = w.chance(0.12); w.jumpy {
		w.after(w.within(w.heal), w.wild)
	} else if w.chance(0.2) {
		jump := []time.Duration{365 * day, -365 * day, 3 * time.Hour, -3 * time.Hour}[w.n(4)]
		w.after(w.within(w.heal), func() {
			w.hit("clock jumps")
			m.skew += jump
			m.wake(time.Second)
			m.wake(70 * time.Second)
			w.jumped = true
			w.barred = 0
		})
	}
}

// wild has the clock jump again and again.
func (w *world) wild() {
	w.hit("clock jumps")
	w.barred = 0
	w.jumped = true
	// An alarm goes by the clock.
	w.machine.wake(time.Second)
	w.machine.wake(70 * time.Second)
	w.machine.skew += []time.Duration{365 * day, -365 * day, 20 * time.Minute, 20 * time.Minute, -20 * time.Minute}[w.n(5)]
	if w.faulty() {
		w.after(w.within(4*time.Minute), w.wild)
	}
}

func (w *world) unblock(tries int) {
	done := false
	w.machine.open(func(c *contextOf, box *outbox.Box) {
		done = box.Unblock(context.Background()) == nil
		w.machine.wake(0)
	})
	w.after(time.Minute, func() {
		if !done && tries > 0 {
			w.unblock(tries - 1)
		}
	})
}

// look is the rep's look into the popup, with an answer a while later: by then
// an entry may have moved on.
func (w *world) look() {
	m := &w.machine
	m.open(func(c *contextOf, box *outbox.Box) {
		entries, _, err := box.List(context.Background())
		if err != nil {
			return
		}
		c.sleep(w.within(20 * time.Second))
		for _, e := range entries {
			i := slices.IndexFunc(w.ops, func(o *operation) bool { return o.form == e.ID })
			if w.answer(box, w.ops[i], e) {
				m.wake(0)
			}
		}
	})
}

// answer does what an honest rep would. It looks into Apollo before it says
// what is there.
func (w *world) answer(box *outbox.Box, op *operation, e outbox.Entry) bool {
	ctx := context.Background()
	switch e.State {
	case outbox.Queued:
		if e.Failure != nil && w.chance(0.1) {
			return box.Retry(ctx, e.ID) == nil
		}
	case outbox.Blocked:
		return !w.revoked && box.Retry(ctx, e.ID) == nil
	case outbox.Refused:
		op.waived = true
		return box.Discard(ctx, e.ID) == nil
	case outbox.Uncertain:
		// Buttons that were drawn for another state.
		if w.chance(0.2) && box.Retry(ctx, e.ID) == nil {
			return true
		}
		if w.chance(0.1) {
			e.State = outbox.Asking
			return box.Resend(ctx, e) == nil
		}
		if w.chance(0.02) {
			op.waived = true
			if box.Discard(ctx, e.ID) == nil && w.chance(0.7) && box.Restore(ctx, e.ID) == nil {
				op.waived = false
			}
		}
	case outbox.Asking:
		w.tally.questions[string(e.Question)]++
		return w.reply(box, op, e)
	}
	return false
}

func (w *world) reply(box *outbox.Box, op *operation, e outbox.Entry) bool {
	ctx := context.Background()
	there := len(w.made(op)) > 0
	switch e.Question {
	case outbox.Duplicate:
		op.told = true
		return box.Settle(ctx, e.ID) == nil
	case outbox.Clash:
		if w.chance(0.5) {
			if op.theirs == nil {
				op.theirs = map[crm.Field]bool{}
			}
			for _, c := range e.Conflicts {
				op.theirs[c.Field] = op.theirs[c.Field] || c.Decision == outbox.Undecided
			}
			return box.Settle(ctx, e.ID) == nil
		}
		if op.decided == nil {
			op.decided = map[crm.Field]string{}
		}
		for _, c := range e.Conflicts {
			if c.Decision == outbox.Undecided {
				op.decided[c.Field] = c.Theirs
			}
		}
	case outbox.Exists:
		// It may have been made after all, and not be what was found.
		if own := w.made(op); there && !slices.Contains(e.Found, own[0].ID) || !there && w.chance(0.3) {
			op.waived = true
			return box.Discard(ctx, e.ID) == nil
		}
	case outbox.Unconfirmed:
		if u, ok := op.command.(crm.Update); ok {
			d := w.deal(w.target(op, u))
			there = d != nil && d.Text(crm.FieldAmount) == u.Want.Text(crm.FieldAmount) && d.Text(crm.FieldStage) == u.Want.Text(crm.FieldStage)
		}
	}
	if there && e.Question != outbox.Clash {
		return box.Settle(ctx, e.ID) == nil
	}
	return box.Resend(ctx, e) == nil
}
