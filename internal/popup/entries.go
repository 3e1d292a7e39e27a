package popup

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
	"github.com/dealmark/dealmark/internal/outbox"
)

// showDone is how long a done entry stays in sight for a popup that was opened
// after it was done.
const showDone = 2 * time.Minute

// outboxView lists what is not settled, and what was settled lately; first what
// asks the rep something.
func (s *Story) outboxView() []Entry {
	var list []Entry
	for _, d := range s.damaged {
		list = append(list, Entry{
			ID: strings.TrimPrefix(d.Key, "entry/"), Title: "A saved entry that cannot be read", State: "damaged",
			Text:    "This version of Dealmark does not understand what is stored here, so it is not sent. It stays as it is until you forget it.",
			Buttons: []Button{{Action: Discard, Label: "Forget it"}},
		})
	}
	since := s.opened.Add(-showDone)
	var asking []Entry
	for _, e := range s.entries {
		switch {
		case e.State == outbox.Asking:
			asking = append(asking, s.entryView(e))
		case e.Pending() || e.Changed.After(since):
			list = append(list, s.entryView(e))
		default:
			if _, undoable := s.undoing(e); undoable {
				list = append(list, s.entryView(e))
			}
		}
	}
	return append(asking, list...)
}

func (s *Story) entryView(e outbox.Entry) Entry {
	v := Entry{ID: e.ID, Title: s.entryTitle(e), State: string(e.State)}
	look := s.look(e)
	why := ""
	if e.Failure != nil {
		why = e.Failure.Message
	}
	discard := Button{Action: Discard, Label: "Discard"}
	switch e.State {
	case outbox.Queued:
		v.Text = "Saved on this computer. It goes to Apollo next."
		if e.Failure != nil {
			if e.Failure.Kind == crm.RateLimited { // its message holds a time that is long over
				why = "The team has used up Apollo's requests for now."
			}
			v.Text = "Saved on this computer, waiting. The next try is " + in(e.Next.Sub(s.ports.Clock())) + ". " + why
			v.Buttons = []Button{{Action: Retry, Label: "Try now"}, discard}
		}
	case outbox.Sending:
		v.Text = "Saved on this computer. It is being sent to Apollo."
	case outbox.Uncertain:
		v.Text = "Apollo may have it or not. Dealmark looks for it there " + in(e.Next.Sub(s.ports.Clock())) + ". It is sent again only if it is certainly not there; else you are asked."
		v.Buttons = append(look, Button{Action: Settle, Label: "It is there"}, discard)
	case outbox.Asking:
		v.Buttons = look
		s.question(&v, e, why)
	case outbox.Done:
		v.Buttons = look
		if _, undoable := s.undoing(e); undoable {
			v.Buttons = append(v.Buttons, Button{Action: Undo, Label: "Undo"})
		}
		var remarks []string
		for _, d := range e.Differences {
			remarks = append(remarks, s.difference(d))
		}
		v.Text = strings.Join(remarks, " ")
	case outbox.Refused:
		v.Text = "Not done. " + why
		v.Buttons = append(look, Button{Action: Edit, Label: "Edit"}, Button{Action: Retry, Label: "Send again"}, discard)
	case outbox.Blocked:
		v.Text = "Saved on this computer, waiting. " + why
		v.Buttons = []Button{{Action: OpenOptions, Label: "Open the settings"}, {Action: Retry, Label: "Try now"}, discard}
	case outbox.Discarded:
		v.Text = "It is not sent."
		if e.Attempts > 0 {
			v.Text = "Nothing more is sent. Apollo may have it all the same."
		}
		v.Buttons = []Button{{Action: Restore, Label: "Undo"}}
	}
	return v
}

// question asks what only the rep can know.
func (s *Story) question(v *Entry, e outbox.Entry, why string) {
	settle, resend := "It is there", "It is not there: send again"
	switch e.Question {
	case outbox.Exists:
		v.Text = why + " Is it the same one?"
		settle, resend = "The same: leave it", "Another: create it"
	case outbox.Unconfirmed:
		v.Text = why + " Look there and say what you find."
	case outbox.Duplicate:
		v.Text, settle, resend = why, "One is removed", ""
	case outbox.Clash:
		v.Text, settle, resend = why, "Keep theirs", "Write mine"
		for _, c := range e.Conflicts {
			if c.Decision == outbox.Undecided {
				v.Conflicts = append(v.Conflicts, Conflict{
					Name: c.Field, Field: c.Field.Label(),
					Then: s.valueLabel(c.Field, c.Base), Now: s.valueLabel(c.Field, c.Theirs), Wanted: s.valueLabel(c.Field, c.Ours),
				})
			}
		}
	}
	v.Buttons = append(v.Buttons, Button{Action: Settle, Label: settle})
	if resend != "" {
		v.Buttons = append(v.Buttons, Button{Action: Resend, Label: resend})
		if len(v.Conflicts) > 1 {
			v.Buttons = append(v.Buttons, Button{Action: Decide, Label: "As chosen"})
		}
		v.Buttons = append(v.Buttons, Button{Action: Discard, Label: "Discard"})
	}
}

// look offers to look at the opportunities that an entry is about, where they
// are known.
func (s *Story) look(e outbox.Entry) []Button {
	ids := e.Found
	switch u, _ := e.Command.(crm.Update); {
	case len(ids) > 0:
	case e.Opportunity != "":
		ids = []crm.OpportunityID{e.Opportunity}
	case u.ID != "":
		ids = []crm.OpportunityID{u.ID}
	}
	var buttons []Button
	for i, id := range ids {
		label := "Open in Apollo"
		if len(ids) > 1 {
			label = "Open number " + strconv.Itoa(i+1)
		}
		buttons = append(buttons, Button{Open, label, s.ports.Link(id)})
	}
	return buttons
}

// due says whether an entry waits for nothing but the worker. The story must be
// locked.
func (s *Story) due() bool {
	now := s.ports.Clock()
	for _, e := range s.entries {
		waits := e.State == outbox.Queued || e.State == outbox.Uncertain
		if e.State == outbox.Sending || waits && !e.Next.After(now) {
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
	verb, name, back := "Create", "", ""
	switch c := e.Command.(type) {
	case crm.Create:
		name = c.Name
	case crm.Update:
		verb, name = "Change", c.Base.Name
		if slices.ContainsFunc(s.entries, func(o outbox.Entry) bool { return o.ID == undoID(e.ID) && o.Seq < e.Seq }) {
			back = " back"
		}
	}
	switch {
	case e.State == outbox.Discarded:
		verb = "Discarded:"
	case e.State == outbox.Done && e.Attempts == 0:
		verb = "Left as it is:"
	case e.State == outbox.Done:
		verb += "d" + back
	default:
		verb += back
	}
	return verb + " “" + name + "”"
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
	case crm.FieldAmount:
		if amount, ok := crm.ParseMoney(text); ok && amount.IsSet() {
			return amount.String()
		}
	}
	return text
}
