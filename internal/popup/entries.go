package popup

import (
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
)

// showDone is how long a done entry stays in sight for a popup that was opened
// after it was done.
const showDone = 2 * time.Minute

// outboxView lists what is not settled, and what was settled lately.
func (s *Story) outboxView() []Entry {
	var list []Entry
	for _, d := range s.damaged {
		list = append(list, Entry{
			ID: strings.TrimPrefix(d.Key, "entry/"), Title: "A saved entry cannot be read", State: "damaged",
			Text:    "The browser's storage gave back something else than was stored. It is kept as it is and not sent.",
			Buttons: []Button{{Discard, "Forget it"}},
		})
	}
	since := s.opened.Add(-showDone)
	for _, e := range s.entries {
		if e.Pending() || e.Changed.After(since) {
			list = append(list, s.entryView(e))
		}
	}
	return list
}

func (s *Story) entryView(e outbox.Entry) Entry {
	v := Entry{ID: e.ID, Title: s.entryTitle(e), State: string(e.State)}
	if e.Opportunity != "" {
		v.Link = s.ports.Link(e.Opportunity)
	} else if u, ok := e.Command.(crm.Update); ok {
		v.Link = s.ports.Link(u.ID)
	}
	why := ""
	if e.Failure != nil {
		why = e.Failure.Message
	}
	switch e.State {
	case outbox.Queued:
		v.Text = "Saved on this computer. It goes to Apollo next."
		if why != "" {
			v.Text = "Saved on this computer, waiting. " + why + " The next try is " + in(e.Next.Sub(s.ports.Clock())) + "."
			v.Buttons = []Button{{Retry, "Try now"}, {Discard, "Discard"}}
		}
	case outbox.Sending:
		v.Text = "Saved on this computer. Sending it to Apollo."
	case outbox.Done:
		v.Text = "Done: it is in Apollo."
		for _, d := range e.Differences {
			v.Text += " " + s.difference(d)
		}
	case outbox.Refused:
		v.Text = "Apollo refused it. " + why
		v.Buttons = []Button{{Edit, "Edit"}, {Retry, "Send again"}, {Discard, "Discard"}}
	case outbox.Blocked:
		v.Text = "Saved on this computer, waiting. " + why
		v.Buttons = []Button{{OpenOptions, "Open the options"}, {Retry, "Try now"}, {Discard, "Discard"}}
	case outbox.Uncertain:
		v.Text = why + " Dealmark looks for it in Apollo before it does anything else."
		v.Buttons = []Button{{Settle, "It is there"}, {Discard, "Discard"}}
	case outbox.Asking:
		v.Text, v.Buttons = s.question(e, why)
	case outbox.Discarded:
		v.Text = "Discarded. It is kept for 30 days."
		v.Buttons = []Button{{Restore, "Undo"}}
	}
	return v
}

// question is what the rep is asked, and the answers.
func (s *Story) question(e outbox.Entry, why string) (string, []Button) {
	for _, id := range e.Found {
		why += " " + s.ports.Link(id)
	}
	switch e.Question {
	case outbox.Exists:
		return why, []Button{{Settle, "That is it"}, {Resend, "Create another"}, {Discard, "Discard"}}
	case outbox.Duplicate:
		return why, []Button{{Settle, "Done"}}
	case outbox.Clash:
		for _, c := range e.Conflicts {
			if c.Decision == outbox.Undecided {
				why += " The " + c.Field.Label() + " was " + s.valueLabel(c.Field, c.Base) + ", is " +
					s.valueLabel(c.Field, c.Theirs) + ", and you want " + s.valueLabel(c.Field, c.Ours) + "."
			}
		}
		return why, []Button{{Settle, "Leave it as it is"}, {Resend, "Take mine"}, {Discard, "Discard"}}
	}
	return why + " Look in Apollo.", []Button{{Settle, "It is there"}, {Resend, "It is not there: send again"}, {Discard, "Discard"}}
}

func (s *Story) entryTitle(e outbox.Entry) string {
	switch c := e.Command.(type) {
	case crm.Create:
		return "Create “" + c.Name + "”"
	case crm.Update:
		return "Change “" + c.Base.Name + "”"
	}
	return ""
}

// difference says what Apollo stored otherwise than sent.
func (s *Story) difference(d crm.Difference) string {
	if d.Stored == "" {
		return "Apollo left the " + d.Field.Label() + " blank; check it there."
	}
	return "Apollo kept another " + d.Field.Label() + " (" + s.valueLabel(d.Field, d.Stored) + "); check it there."
}

// valueLabel is a field's canonical text for people.
func (s *Story) valueLabel(f crm.Field, text string) string {
	switch f {
	case crm.FieldStage:
		if stage, ok := crm.StageByID(s.team.Stages, crm.StageID(text)); ok {
			return stage.Name
		}
	case crm.FieldOwner:
		if user, ok := crm.UserByID(s.team.Users, crm.UserID(text)); ok {
			return user.Name
		}
	}
	return text
}
