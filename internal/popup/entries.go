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
			ID: strings.TrimPrefix(d.Key, "entry/"), Title: s.say("A saved entry that cannot be read"), State: "damaged",
			Text:    s.say("This version of Dealmark does not understand what is stored here, so it is not sent. It stays as it is until you forget it."),
			Buttons: []Button{s.button(Discard, "Forget it")},
		})
	}
	since := s.opened.Add(-showDone)
	var asking []Entry
	for _, e := range s.entries {
		switch {
		case quiet(e):
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
		why = s.say(e.Failure.Message, e.Failure.Parts...)
	}
	discard := s.button(Discard, "Discard")
	switch e.State {
	case outbox.Queued:
		v.Text = s.say("Saved on this computer. It goes to Apollo next.")
		if e.Failure != nil {
			if e.Failure.Kind == crm.RateLimited { // its message may name a minute that is long over
				why = s.say("The team has used up Apollo's requests for now.")
			}
			v.Text = s.say("Saved on this computer, waiting. The next try is {0}.", s.in(e.Next)) + " " + why
			v.Buttons = []Button{s.button(Retry, "Try now"), discard}
		}
	case outbox.Sending:
		v.Text = s.say("Saved on this computer. It is being sent to Apollo.")
	case outbox.Uncertain:
		v.Text = s.say("Apollo may have it or not. Dealmark looks for it there {0}. It is sent again only if it is certainly not there; else you are asked.", s.in(e.Next))
		v.Buttons = append(look, s.button(Settle, "It is there"), discard)
	case outbox.Asking:
		v.Buttons = look
		s.question(&v, e, why)
	case outbox.Done:
		v.Buttons = look
		if _, undoable := s.undoing(e); undoable {
			v.Buttons = append(v.Buttons, s.button(Undo, "Undo"))
		}
		var remarks []string
		for _, d := range e.Differences {
			remarks = append(remarks, s.difference(d))
		}
		v.Text = strings.Join(remarks, " ")
	case outbox.Refused:
		v.Text = s.say("Not done.") + " " + why
		v.Buttons = append(look, s.button(Edit, "Edit"), s.button(Retry, "Send again"), discard)
	case outbox.Blocked:
		v.Text = s.say("Saved on this computer, waiting.") + " " + why
		v.Buttons = []Button{s.button(OpenOptions, "Open the settings"), s.button(Retry, "Try now"), discard}
	case outbox.Discarded:
		v.Text = s.say("It is not sent.")
		if e.Attempts > 0 {
			v.Text = s.say("Nothing more is sent. Apollo may have it all the same.")
		}
		v.Buttons = []Button{s.button(Restore, "Undo")}
	}
	return v
}

// question asks what only the rep can know.
func (s *Story) question(v *Entry, e outbox.Entry, why string) {
	settle, resend := crm.English("It is there"), crm.English("It is not there: send again")
	switch e.Question {
	case outbox.Exists:
		v.Text = why + " " + s.say("Is it the same one?")
		settle, resend = "The same: leave it", "Another: create it"
	case outbox.Unconfirmed:
		v.Text = why + " " + s.say("Look there and say what you find.")
	case outbox.Duplicate:
		v.Text, settle, resend = why, "One is removed", ""
	case outbox.Clash:
		v.Text, settle, resend = why, "Keep theirs", "Write mine"
		for _, c := range e.Conflicts {
			if c.Decision == outbox.Undecided {
				v.Conflicts = append(v.Conflicts, Conflict{
					Name: c.Field, Field: s.label(c.Field),
					Then: s.valueLabel(c.Field, c.Base), Now: s.valueLabel(c.Field, c.Theirs), Wanted: s.valueLabel(c.Field, c.Ours),
				})
			}
		}
	}
	v.Buttons = append(v.Buttons, s.button(Settle, settle))
	if resend != "" {
		v.Buttons = append(v.Buttons, s.button(Resend, resend))
		if len(v.Conflicts) > 1 {
			v.Buttons = append(v.Buttons, s.button(Decide, "As chosen"))
		}
		v.Buttons = append(v.Buttons, s.button(Discard, "Discard"))
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
		label := s.say("Open in Apollo")
		if len(ids) > 1 {
			label = s.say("Open number {0}", strconv.Itoa(i+1))
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
			whole, wrong := d.Command(s.choices(), s.today())
			command, _ := attaching(whole)
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
	title, done, name := crm.English("Create “{0}”"), crm.English("Created “{0}”"), ""
	switch c := e.Command.(type) {
	case crm.Create:
		name = c.Name
	case crm.Update:
		title, done, name = "Change “{0}”", "Changed “{0}”", c.Base.Name
		if slices.ContainsFunc(s.entries, func(o outbox.Entry) bool { return o.ID == undoID(e.ID) && o.Seq < e.Seq }) {
			title, done = "Change back “{0}”", "Changed back “{0}”"
		}
		if attaches(e) {
			title, done = "Contacts not attached yet: “{0}”", "Contacts attached: “{0}”"
		}
	}
	switch {
	case attaches(e) && len(e.Differences) > 0:
	case e.State == outbox.Discarded:
		title = "Discarded: “{0}”"
	case e.State == outbox.Done && e.Attempts == 0:
		title = "Left as it is: “{0}”"
	case e.State == outbox.Done:
		title = done
	}
	return s.say(title, name)
}

// difference says what Apollo stored otherwise than sent.
func (s *Story) difference(d crm.Difference) string {
	if d.Stored == "" {
		return s.say("Apollo left the {0} blank; check it there.", s.label(d.Field))
	}
	return s.say("Apollo kept another {0} ({1}); check it there.", s.label(d.Field), s.valueLabel(d.Field, d.Stored))
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
			return s.ports.Words.Money(amount)
		}
	case crm.FieldCloseDate:
		if date, ok := crm.ParseDate(text); ok {
			return s.ports.Words.Day(date)
		}
	}
	if f == crm.FieldContacts {
		return s.contactsWords(text)
	}
	if custom := s.custom(f); custom != nil {
		return custom.Words(text, s.ports.Words)
	}
	return text
}
