package main

import (
	"slices"
	"strconv"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
)

// judge compares what the rep was shown with what Apollo has.
func (w *world) judge(entries []outbox.Entry, damaged []outbox.Damaged, err error) {
	if err != nil {
		w.wrong("lost", "the stores cannot be read at the end: "+err.Error())
		return
	}
	byForm := map[string]outbox.Entry{}
	for _, e := range entries {
		byForm[e.ID] = e
	}
	for _, d := range damaged {
		for _, op := range w.ops {
			// What was over is dropped; a loss of power may bring a copy back.
			if op.acked && d.Key == "entry/"+op.form && !(w.jumped && slices.Contains(w.dropped, d.Key)) {
				w.wrong("lost", d.Key+" cannot be read: "+d.Err.Error())
			}
		}
	}
	w.untouched(damaged)
	for _, op := range w.ops {
		e, there := byForm[op.form]
		if !op.acked && !there {
			continue
		}
		w.tally.operations++
		w.trace(len(e.State))
		switch {
		case there:
			w.ended(op, e)
		case !w.jumped:
			w.wrong("lost", op.form+" was saved and is gone")
		default:
			// The clock was put forward: what was done is dropped earlier.
		}
		w.counted(op, e, there)
	}
}

// ended wants every entry to be over.
func (w *world) ended(op *operation, e outbox.Entry) {
	switch e.State {
	case outbox.Done, outbox.Discarded:
		return
	case outbox.Queued:
		if op.after != nil && !op.after.acked {
			return
		}
	case outbox.Refused:
		if op.after != nil {
			return
		}
	}
	failure := ""
	if e.Failure != nil {
		failure = e.Failure.Message.With(e.Failure.Parts...)
	}
	w.wrong("stuck", op.form+" is "+string(e.State)+" "+string(e.Question)+" at the end: "+failure+
		" revision "+strconv.Itoa(e.Revision)+" next "+e.Next.String()+" of "+w.machine.clock().String())
}

// counted compares with what Apollo has.
func (w *world) counted(op *operation, e outbox.Entry, there bool) {
	done := !there || e.State == outbox.Done
	if u, ok := op.command.(crm.Update); ok {
		if done {
			w.changed(op, u, e)
		}
		return
	}
	made := w.made(op)
	switch {
	case len(made) > 1 && w.exceeded && (op.told || e.Question == outbox.Duplicate):
		w.tally.beyond++
	case len(made) > 1 && w.exceeded && (untagged(made) || op.waived || !there):
		w.tally.beyond++ // nobody can tell without a tag
	case len(made) > 1:
		w.wrong("duplicate", op.form+" is "+strconv.Itoa(len(made))+" opportunities")
	case len(made) == 0 && done && op.dropped:
		w.tally.untrue++
	case len(made) == 0 && done && !op.waived:
		w.wrong("lost", op.form+" is called done and was not created")
	case len(made) == 1 && op.dropped && w.deal(e.Opportunity) == nil && w.exceeded:
		w.tally.untrue++ // it said so of the second request, and stored the first far too late
	case len(made) == 1 && there && done && e.Opportunity != "" && e.Opportunity != made[0].ID:
		w.wrong("merged", op.form+" is taken for "+string(e.Opportunity))
	}
}

func untagged(made []*deal) bool {
	return slices.ContainsFunc(made, func(d *deal) bool { return d.tag == "" })
}

// changed wants a done update to have been stored, or what was not to be shown.
func (w *world) changed(op *operation, u crm.Update, e outbox.Entry) {
	if op.dropped && !op.stored {
		w.tally.untrue++
		return
	}
	if !op.stored && !op.waived && !op.ignored && len(op.theirs) == 0 {
		d := w.deal(w.target(op, u))
		if d != nil && !d.is(u) && !w.superseded(op) {
			w.wrong("lost", op.form+" is called done and was not stored")
		}
	}
}

func (w *world) superseded(op *operation) bool {
	for _, later := range w.ops {
		if _, ok := later.command.(crm.Update); ok && later != op && later.stored {
			return true
		}
	}
	return false
}
