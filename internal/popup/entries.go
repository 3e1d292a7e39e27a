package popup

import (
	"slices"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
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
			ID: strings.TrimPrefix(d.Key, "entry/"), Title: "A saved entry that cannot be read", State: "damaged",
			Text:    "This version of Dealmark does not understand what is stored here, so it is not sent. It stays as it is until you forget it.",
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
		if e.Failure != nil {
			if e.Failure.Kind == crm.RateLimited { // its message holds a time that is long over
				why = "The team has used up Apollo's requests for now."
			}
			v.Text = "Saved on this computer, waiting. The next try is " + in(e.Next.Sub(s.ports.Clock())) + ". " + why
			v.Buttons = []Button{{Retry, "Try now"}, {Discard, "Discard"}}
		}
	case outbox.Sending:
		v.Text = "Saved on this computer. It is being sent to Apollo."
	case outbox.Done:
		v.Buttons = look(v.Link)
		var remarks []string
		for _, d := range e.Differences {
			remarks = append(remarks, s.difference(d))
		}
		v.Text = strings.Join(remarks, " ")
	case outbox.Refused:
		v.Text = "Not done. " + why
		v.Buttons = append(look(v.Link), Button{Edit, "Edit"}, Button{Retry, "Send again"}, Button{Discard, "Discard"})
	case outbox.Blocked:
		v.Text = "Saved on this computer, waiting. " + why
		v.Buttons = []Button{{OpenOptions, "Open the settings"}, {Retry, "Try now"}, {Discard, "Discard"}}
	case outbox.Uncertain:
		v.Text = why + " Dealmark never sends it again on its own: say here what you find in Apollo."
		v.Buttons = append(look(v.Link), Button{Settle, "It is there"}, Button{Resend, "It is not there: send again"}, Button{Discard, "Discard"})
	}
	return v
}

// look offers to look at the opportunity where it is known.
func look(link string) []Button {
	if link == "" {
		return nil
	}
	return []Button{{Open, "Open in Apollo"}}
}

// due says whether an entry waits for nothing but the worker. The story must be
// locked.
func (s *Story) due() bool {
	now := s.ports.Clock()
	for _, e := range s.entries {
		if e.State == outbox.Sending || e.State == outbox.Queued && !e.Next.After(now) {
			return true
		}
	}
	return false
}

// saved says whether the outbox has just what the form asks for: the popup was
// closed after saving, before the draft was forgotten. The story must be locked.
func (s *Story) saved(d *form.Draft) bool {
	for _, e := range s.entries {
		if e.ID == d.ID {
			command, wrong := d.Command(s.choices(), s.today())
			return len(wrong) == 0 && sameCommand(command, e.Command)
		}
	}
	return false
}

func sameCommand(a, b crm.Command) bool {
	switch a := a.(type) {
	case crm.Create:
		b, ok := b.(crm.Create)
		return ok && len(a.Values.Diff(b.Values)) == 0 && (a.NewAccount == nil) == (b.NewAccount == nil)
	case crm.Update:
		b, ok := b.(crm.Update)
		return ok && a.ID == b.ID && slices.Equal(a.Fields, b.Fields) && len(a.Want.Diff(b.Want)) == 0
	}
	return false
}

func (s *Story) entryTitle(e outbox.Entry) string {
	done := e.State == outbox.Done
	switch c := e.Command.(type) {
	case crm.Create:
		if done {
			return "Created “" + c.Name + "”"
		}
		return "Create “" + c.Name + "”"
	case crm.Update:
		if done {
			return "Changed “" + c.Base.Name + "”"
		}
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
