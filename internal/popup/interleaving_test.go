package popup_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/popup"
)

// step is one thing that happens: the rep does something, an answer of Apollo's
// arrives, or the popup is closed and opened again.
type step struct {
	what  string
	field crm.Field
	text  string
	n     int
}

func steps() *rapid.Generator[[]step] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) step {
		s := step{
			what: rapid.SampledFrom([]string{
				"type", "type", "type", "type into the form before", "answer", "answer", "answer", "fail",
				"view", "new", "read", "refresh", "reopen", "save",
			}).Draw(t, "what"),
			n: rapid.IntRange(0, 9).Draw(t, "n"),
		}
		fields := crm.Fields()
		s.field = rapid.SampledFrom(fields[:]).Draw(t, "field")
		s.text = rapid.SampledFrom([]string{"", "5k", "Acme", "fri", "65f000050000000000000001"}).Draw(t, "text")
		return s
	}), 1, 30)
}

// TestNoAnswerOverwritesWhatWasTyped lets the rep type while answers arrive in
// any order, forms change, and the popup is closed. What was typed into a form
// last stands in it whenever it is shown, until it is saved.
func TestNoAnswerOverwritesWhatWasTyped(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		script := steps().Draw(rt, "script")
		var wrong string
		synctest.Test(t, func(t *testing.T) { wrong = play(t, script) })
		if wrong != "" {
			rt.Fatal(wrong)
		}
	})
}

// play runs a script and says what was lost.
func play(t *testing.T, script []step) string {
	w := newWorld()
	var gate gate
	w.reader.before = gate.wait
	defer gate.open()
	s := w.opened(t, acmePage)
	go s.Read(t.Context(), false)

	typed := map[crm.OpportunityID]map[crm.Field]string{}
	put := func(into popup.Form, f crm.Field, text string) {
		require.NoError(t, s.Edit(t.Context(), into.ID, f, text))
		if typed[into.Editing] == nil {
			typed[into.Editing] = map[crm.Field]string{}
		}
		typed[into.Editing][f] = text
	}
	var before popup.Form
	for _, step := range script {
		synctest.Wait()
		form := w.now().Form
		switch step.what {
		case "type":
			put(form, step.field, step.text)
		case "type into the form before":
			if before.ID != "" && before.Editing != form.Editing {
				put(before, step.field, step.text)
			}
		case "answer":
			gate.answer(step.n, nil)
		case "fail":
			gate.answer(step.n, errOffline)
		case "view":
			if rows := w.now().List.Rows; len(rows) > 0 {
				id := rows[step.n%min(2, len(rows))].ID
				go func() { _, _ = s.View(t.Context(), id) }()
			}
		case "new":
			require.NoError(t, s.NewOpportunity(t.Context()))
		case "read":
			go s.Read(t.Context(), true)
		case "refresh":
			require.NoError(t, s.Refresh(t.Context()))
		case "reopen":
			w.screen = &screen{} // the one before is gone with its story
			s, before = w.opened(t, acmePage), popup.Form{}
			go s.Read(t.Context(), false)
		case "save":
			if _, err := s.Save(t.Context(), form.ID); err == nil {
				delete(typed, form.Editing)
				before = popup.Form{}
			}
		}
		synctest.Wait()
		now := w.now().Form
		if now.ID != form.ID && step.what != "save" && step.what != "reopen" {
			before = form
		}
		requireWayOn(t, w.now())
		for f, text := range typed[now.Editing] {
			if got := w.value(f); got != text {
				return string(f) + " was typed as " + text + " and is " + got + " after " + step.what + "\n" + draw(w.now())
			}
		}
	}
	return ""
}

// gate holds every question to Apollo until the test lets it be answered.
type gate struct {
	mu      sync.Mutex
	waiting []chan error
	opened  bool
}

func (g *gate) wait(string) error {
	g.mu.Lock()
	if g.opened {
		g.mu.Unlock()
		return context.Canceled
	}
	answer := make(chan error)
	g.waiting = append(g.waiting, answer)
	g.mu.Unlock()
	return <-answer
}

// answer lets one waiting question be answered, or fail.
func (g *gate) answer(n int, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.waiting) > 0 {
		n %= len(g.waiting)
		g.waiting[n] <- err
		g.waiting = append(g.waiting[:n], g.waiting[n+1:]...)
	}
}

// open lets everything go.
func (g *gate) open() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.opened = true
	for _, answer := range g.waiting {
		answer <- context.Canceled
	}
	g.waiting = nil
}
