package popup

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
)

// view makes the View of the story as it stands. The story must be locked.
func (s *Story) view() View {
	return View{
		Company: s.companyView(),
		Notice:  s.notice,
		Outbox:  s.outboxView(),
		Choice:  s.choiceView(),
		List:    s.listView(),
		Form:    s.formView(),
	}
}

func (s *Story) companyView() Company {
	if s.company.nobody() {
		return Company{Status: NoCompany, Text: s.say(s.company.Reason.Sentence())}
	}
	v := Company{Name: s.companyName(), Domain: string(s.company.Domain)}
	if s.company.Unicode != v.Domain {
		v.Unicode = s.company.Unicode
	}
	switch accounts := len(s.known.Accounts); {
	case accounts == 1 || s.known.Chosen != "":
		v.Status, v.Text = InApollo, s.say("In Apollo")
	case accounts > 1:
		v.Status, v.Text = Several, s.ports.Words.Count(accounts,
			"{0} account in Apollo has this domain. Choose it.", "{0} accounts in Apollo have this domain. Choose one.")
	case !s.known.Learned.IsZero():
		v.Status, v.Text = NotInApollo, s.say("Not in Apollo yet. Saving makes its account.")
	case s.reading:
		v.Status, v.Text = Looking, s.say("Looking it up in Apollo")
	case s.notice != nil:
		v.Status, v.Text = Unknown, s.say("Not known whether it is in Apollo")
	default:
		v.Status, v.Text = Unknown, s.say("Apollo was not asked yet")
	}
	if said := s.said(); said.Host != "" {
		v.Alias = s.say("Remembered for {0}", said.Host)
	}
	if v.Passing = s.passing(); v.Passing {
		v.Alias = s.say("Not remembered for this page")
	}
	if age := s.ports.Clock().Sub(s.known.Learned); !s.known.Learned.IsZero() && s.notice != nil && age > time.Minute {
		v.AsOf = s.say("as of {0}", s.ports.Words.Ago(age))
	}
	return v
}

func (s *Story) listView() List {
	v := List{Busy: s.reading}
	for _, o := range s.listing.Opportunities {
		v.Rows = append(v.Rows, s.rowView(o))
	}
	if !s.company.nobody() {
		v.Status = strings.TrimSpace(s.listStatus(len(v.Rows)) + " " + s.lowBudget())
	}
	return v
}

// lowBudget says that few requests are left of the hour, before none is.
func (s *Story) lowBudget() string {
	reader, ok := s.ports.Reader.(Budgeted)
	if !ok {
		return ""
	}
	left, limit := reader.Low()
	if limit == 0 {
		return ""
	}
	return s.say("{0} of {1} requests to Apollo are left in this hour.", strconv.Itoa(left), strconv.Itoa(limit))
}

// listStatus says what is going on, and what is not known, of a list of so many
// rows.
func (s *Story) listStatus(rows int) string {
	walk, complete := s.listing.Walk, s.listing.Complete
	age := s.ports.Clock().Sub(s.listing.AsOf)
	missing := ""
	if rows > 0 && !complete {
		missing = " " + s.say("Some may be missing.")
	}
	switch {
	case walk.UnderWay() && !complete && walk.Paused:
		return s.say("The reading of the team's opportunities is paused at {0} of {1}.", strconv.Itoa(walk.Read), strconv.Itoa(walk.Total)) + missing
	case walk.UnderWay() && !complete && walk.Total > 0:
		return s.say("Reading the team's opportunities: {0} of {1}.", strconv.Itoa(walk.Read), strconv.Itoa(walk.Total)) + missing
	case rows > 0 && s.notice != nil && age > time.Minute && !s.listing.AsOf.IsZero():
		return s.say("As of {0}.", s.ports.Words.Ago(age)) + missing
	case s.reading && rows == 0:
		return s.say("Asking Apollo for opportunities.")
	case s.reading || rows > 0:
		return strings.TrimSpace(missing)
	case complete || len(s.known.Accounts) == 0 && !s.known.Learned.IsZero():
		return s.say("No opportunities with {0} yet.", s.companyName())
	case s.notice != nil || s.known.Learned.IsZero():
		return s.say("Not known yet.")
	}
	return s.say("None found so far. The team's list is not read to its end yet.")
}

func (s *Story) rowView(o crm.Opportunity) Row {
	row := Row{
		ID: o.ID, Name: o.Name, Stage: o.StageName, Amount: s.ports.Words.Money(o.Amount), CloseDate: s.ports.Words.Day(o.CloseDate),
		Closed: o.Closed, Won: o.Won, Link: s.ports.Link(o.ID), Current: s.draft.OpportunityID == o.ID,
	}
	if stage, ok := crm.StageByID(s.team.Stages, o.StageID); ok {
		row.Stage, row.Closed, row.Won = stage.Name, stage.Closed, stage.Won
	}
	if user, ok := crm.UserByID(s.team.Users, o.OwnerID); ok {
		row.Owner = user.Name
	}
	return row
}

func (s *Story) formView() Form {
	d, choices := s.draft, s.choices()
	wrong := s.wrong(choices)
	v := Form{
		ID: d.ID, Editing: d.OpportunityID, Heading: s.say("New opportunity"), Submit: s.say("Create opportunity"),
		Ready: s.ready(), Dirty: d.Dirty(), Text: s.remark,
	}
	switch {
	case d.OpportunityID != "":
		v.Heading, v.Link = s.say("Change “{0}”", d.Base.Name), s.ports.Link(d.OpportunityID)
		v.Submit = s.say("Save changes")
	case !s.company.nobody():
		v.Submit = s.say("Create opportunity for {0}", s.companyName())
	}
	v.Similar = s.similar(choices)
	// Until it is known that there is none, the account may be there.
	if named := !s.known.Learned.IsZero() || d.Touched(form.AccountName); named && choices.NewAccount != nil && d.OpportunityID == "" {
		v.Account = AccountName{true, d.Text(form.AccountName), d.Touched(form.AccountName), wrong[form.AccountName]}
	}
	v.Line = d.Line(choices, s.today()).Words(s.ports.Words)
	if s.done.stands(&d) {
		v.Taken, v.Undo = s.done.text, s.done.text == ""
	}
	for _, f := range crm.Fields() {
		v.Fields = append(v.Fields, Field{
			Name: f, Value: d.Text(f), Touched: d.Touched(f), Options: s.options(f, choices),
			Error: wrong[f], Understood: d.Understood(f, choices, s.today()),
			Locked: f == crm.FieldAccount && d.OpportunityID != "",
		})
	}
	for i := range s.ports.Form.Custom {
		v.More = append(v.More, s.customView(&s.ports.Form.Custom[i], wrong))
	}
	v.People = s.peopleView()
	if at, open := d.Gap(); open {
		v.Fields[0].Gap = units(d.Text(crm.FieldName)[:at]) + 1
	}
	return v
}

// units counts text as JavaScript does.
func units(text string) (n int) {
	for _, r := range text {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// options are the choices of a field, nil for a text.
func (s *Story) options(f crm.Field, c form.Choices) []Option {
	options := []Option{}
	switch f {
	case crm.FieldStage:
		for _, stage := range c.Stages {
			outcome := ""
			switch {
			case stage.Won:
				outcome = "won"
			case stage.Closed:
				outcome = "lost"
			}
			options = append(options, Option{string(stage.ID), stage.Name, string(stage.PipelineID), outcome})
		}
	case crm.FieldOwner:
		for _, user := range c.Owners {
			options = append(options, Option{Value: string(user.ID), Label: user.Name})
		}
	case crm.FieldAccount:
		for _, account := range c.Accounts {
			options = append(options, Option{Value: string(account.ID), Label: account.Name})
		}
		if c.NewAccount != nil {
			label := s.say("{0} (new account)", c.NewAccount.Name)
			if s.known.Learned.IsZero() {
				label = s.say("{0} (looked up when it is sent)", c.NewAccount.Name)
			}
			options = append(options, Option{Value: form.NewAccountChoice, Label: label})
		}
	default:
		return nil
	}
	return options
}
