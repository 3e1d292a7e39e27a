package popup

import (
	"strconv"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
)

// view makes the View of the story as it stands. The story must be locked.
func (s *Story) view() View {
	return View{
		Company: s.companyView(),
		Notice:  s.notice,
		Outbox:  s.outboxView(),
		List:    s.listView(),
		Form:    s.formView(),
	}
}

func (s *Story) companyView() Company {
	if s.company.Domain == "" {
		return Company{Status: NoCompany, Text: s.company.Reason.Sentence()}
	}
	v := Company{Name: s.companyName(), Domain: string(s.company.Domain)}
	if s.company.Unicode != v.Domain {
		v.Unicode = s.company.Unicode
	}
	switch accounts := len(s.known.Accounts); {
	case accounts == 1 || s.known.Chosen != "":
		v.Status, v.Text = InApollo, "In Apollo"
	case accounts > 1:
		v.Status, v.Text = Several, strconv.Itoa(accounts)+" accounts in Apollo have this domain. Choose one in the form."
	case !s.known.Learned.IsZero():
		v.Status, v.Text = NotInApollo, "Not in Apollo yet. Saving makes its account."
	case s.reading:
		v.Status, v.Text = Looking, "Looking it up in Apollo"
	default:
		v.Status, v.Text = Unknown, "Apollo was not asked yet"
	}
	if age := s.ports.Clock().Sub(s.known.Learned); !s.known.Learned.IsZero() && s.notice != nil && age > time.Minute {
		v.AsOf = "as of " + ago(age)
	}
	return v
}

func (s *Story) listView() List {
	v := List{Busy: s.reading}
	for _, o := range s.listing.Opportunities {
		v.Rows = append(v.Rows, s.rowView(o))
	}
	walk := s.listing.Walk
	switch {
	case s.company.Domain == "":
	case walk.UnderWay() && !s.listing.Complete && walk.Total > 0:
		v.Status = "Reading the team's opportunities: " + strconv.Itoa(walk.Read) + " of " + strconv.Itoa(walk.Total) + ". Some may still be missing here."
	case len(v.Rows) > 0 && s.notice != nil && !s.listing.AsOf.IsZero():
		v.Status = "As of " + ago(s.ports.Clock().Sub(s.listing.AsOf)) + "."
	case len(v.Rows) > 0:
	case s.reading:
		v.Status = "Asking Apollo for opportunities."
	case s.listing.Complete || len(s.known.Accounts) == 0 && !s.known.Learned.IsZero():
		v.Status = "No opportunities with " + s.companyName() + " yet."
	default:
		v.Status = "Not known yet."
	}
	return v
}

func (s *Story) rowView(o crm.Opportunity) Row {
	row := Row{
		ID: o.ID, Name: o.Name, Stage: o.StageName, Amount: o.Amount.String(), CloseDate: o.CloseDate.String(),
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
	v := Form{
		ID: d.ID, Editing: d.OpportunityID, Heading: "New opportunity", Submit: "Create opportunity",
		Ready: s.company.Domain != "", Dirty: d.Dirty(), Text: s.remark,
	}
	switch {
	case d.OpportunityID != "":
		v.Heading, v.Link = "Change “"+d.Base.Name+"”", s.ports.Link(d.OpportunityID)
		v.Submit = "Save changes"
	case s.company.Domain != "":
		v.Submit = "Create opportunity for " + s.companyName()
	}
	for _, f := range crm.Fields() {
		field := Field{
			Name: f, Value: d.Text(f), Touched: d.Touched(f), Options: s.options(f, choices),
			Understood: d.Understood(f, choices, s.today()),
			Locked:     f == crm.FieldAccount && d.OpportunityID != "",
		}
		for _, wrong := range s.errors {
			if wrong.Field == f {
				field.Error = wrong.Message
			}
		}
		v.Fields = append(v.Fields, field)
	}
	return v
}

// options are the choices of a field, nil for a text.
func (s *Story) options(f crm.Field, c form.Choices) []Option {
	options := []Option{}
	switch f {
	case crm.FieldStage:
		for _, stage := range c.Stages {
			options = append(options, Option{string(stage.ID), stage.Name})
		}
	case crm.FieldOwner:
		for _, user := range c.Owners {
			options = append(options, Option{string(user.ID), user.Name})
		}
	case crm.FieldAccount:
		for _, account := range c.Accounts {
			options = append(options, Option{string(account.ID), account.Name})
		}
		if c.NewAccount != nil {
			options = append(options, Option{form.NewAccountChoice, c.NewAccount.Name + " (new account)"})
		}
	default:
		return nil
	}
	return options
}
