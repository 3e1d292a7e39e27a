package record

import (
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/wire"
)

// Account writes an account as an object.
func Account(w *wire.Writer, a crm.Account) {
	w.BeginObject().Text("id", string(a.ID)).Text("name", a.Name).
		Text("domain", string(a.Domain)).Text("owner", string(a.OwnerID)).EndObject()
}

// ReadAccount reads what [Account] wrote.
func ReadAccount(r *wire.Reader) (a crm.Account) {
	r.Object(func(name []byte) {
		switch string(name) {
		case "id":
			a.ID = crm.AccountID(r.String())
		case "name":
			a.Name = r.String()
		case "domain":
			a.Domain = crm.Domain(r.String())
		case "owner":
			a.OwnerID = crm.UserID(r.String())
		}
	})
	return a
}

// Opportunity writes the members of an opportunity into an object that is open:
// all but its custom fields, which only a change of it needs, and that reads them.
func Opportunity(w *wire.Writer, o crm.Opportunity) {
	w.Text("id", string(o.ID))
	o.Values.Custom = ""
	Values(w, "values", o.Values)
	w.Text("stage_name", o.StageName)
	if o.Closed {
		w.Member("closed").Bool(true)
	}
	if o.Won {
		w.Member("won").Bool(true)
	}
	Time(w, "created", o.CreatedAt)
	Time(w, "active", o.LastActivityAt)
}

// ReadOpportunity reads one member that [Opportunity] wrote into o; it reports
// false, and reads nothing, if the name is not one of them.
func ReadOpportunity(r *wire.Reader, name []byte, o *crm.Opportunity) bool {
	switch string(name) {
	case "id":
		o.ID = crm.OpportunityID(r.String())
	case "values":
		o.Values = ReadValues(r)
	case "stage_name":
		o.StageName = r.String()
	case "closed":
		o.Closed = r.Bool()
	case "won":
		o.Won = r.Bool()
	case "created":
		o.CreatedAt = ReadTime(r)
	case "active":
		o.LastActivityAt = ReadTime(r)
	default:
		return false
	}
	return true
}

// Stage writes a stage as an object.
func Stage(w *wire.Writer, s crm.Stage) {
	w.BeginObject().Text("id", string(s.ID)).Text("name", s.Name).Text("pipeline", string(s.PipelineID))
	w.Member("order").Int(s.Order).Member("probability").Int(s.Probability)
	w.Member("closed").Bool(s.Closed).Member("won").Bool(s.Won).EndObject()
}

// ReadStage reads what [Stage] wrote.
func ReadStage(r *wire.Reader) (s crm.Stage) {
	r.Object(func(name []byte) {
		switch string(name) {
		case "id":
			s.ID = crm.StageID(r.String())
		case "name":
			s.Name = r.String()
		case "pipeline":
			s.PipelineID = crm.PipelineID(r.String())
		case "order":
			s.Order = r.Int()
		case "probability":
			s.Probability = r.Int()
		case "closed":
			s.Closed = r.Bool()
		case "won":
			s.Won = r.Bool()
		}
	})
	return s
}

// User writes a user as an object.
func User(w *wire.Writer, u crm.User) {
	w.BeginObject().Text("id", string(u.ID)).Text("name", u.Name).Text("email", u.Email).EndObject()
}

// ReadUser reads what [User] wrote.
func ReadUser(r *wire.Reader) (u crm.User) {
	r.Object(func(name []byte) {
		switch string(name) {
		case "id":
			u.ID = crm.UserID(r.String())
		case "name":
			u.Name = r.String()
		case "email":
			u.Email = r.String()
		}
	})
	return u
}
