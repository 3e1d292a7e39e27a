package engine

import (
	"fmt"
	"time"
)

// The documentation's stages, by their ids there.
const (
	stageQualify    = "6095a710bd01d100a506d4bd"
	stageMeet       = "66bb94fbc1695c00017fba5f"
	stagePropose    = "66bb94fbc1695c00017fba60"
	stageNegotiate  = "66bb94fbc1695c00017fba61"
	stageClosedWon  = "660abf69d8358b01ae3c214e"
	stageClosedLost = "660abf69d8358b01ae3c214f"
)

// Kinds of ids that the seeds make up.
const (
	teamIDs = iota + 1
	userIDs
	pipelineIDs
	accountStageIDs
	accountIDs
	opportunityIDs
	organizationIDs
	contactIDs
	roleTypeIDs
	generatedAccountIDs
	generatedOpportunityIDs
	fieldIDs
	optionIDs
	contactStageIDs
)

func seedID(kind, n int) string { return fmt.Sprintf("65f0%04x0000000000%06x", kind, n) }

const day = 24 * time.Hour

// DemoSeed is the team "Northwind Sales": 4 users, of whom Dana Whitfield is
// the one that API keys act as; the documentation's six stages in one pipeline;
// 9 accounts, of which two share the domain initech.test; 33 opportunities, of
// which 4 belong to Acme Corporation (acme.test) and two to no account; 4
// contacts, of whom two are Acme's and one has no account; custom fields of every
// type for opportunities.
func DemoSeed() Seed {
	dana, jonas, priya, mateo := seedID(userIDs, 1), seedID(userIDs, 2), seedID(userIDs, 3), seedID(userIDs, 4)
	pipeline := seedID(pipelineIDs, 1)
	s := Seed{
		TeamID: seedID(teamIDs, 1), TeamName: "Northwind Sales",
		Users: []User{
			{ID: dana, First: "Dana", Last: "Whitfield", Email: "dana@northwind.test", Title: "Head of Sales", Admin: true, Since: 900 * day},
			{ID: jonas, First: "Jonas", Last: "Keller", Email: "jonas@northwind.test", Title: "Account Executive", Since: 610 * day},
			{ID: priya, First: "Priya", Last: "Raman", Email: "priya@northwind.test", Title: "Account Executive", Since: 400 * day},
			{ID: mateo, First: "Mateo", Last: "Silva", Email: "mateo@northwind.test", Title: "Sales Development", Since: 120 * day},
		},
		Pipelines: []Pipeline{{ID: pipeline, Title: "Sales"}},
		Stages: []Stage{
			{ID: stageQualify, Name: "Qualify", Probability: 10, Forecast: "Pipeline", Pipeline: pipeline},
			{ID: stageMeet, Name: "Meet & Present", Probability: 25, Forecast: "Pipeline", Pipeline: pipeline},
			{ID: stagePropose, Name: "Propose", Probability: 50, Forecast: "Pipeline", Pipeline: pipeline},
			{ID: stageNegotiate, Name: "Negotiate", Probability: 75, Forecast: "Pipeline", Pipeline: pipeline},
			{ID: stageClosedWon, Name: "Closed Won", Probability: 100, Forecast: "Closed", Closed: true, Won: true, Pipeline: pipeline},
			{ID: stageClosedLost, Name: "Closed Lost", Probability: 0, Forecast: "Omitted", Closed: true, Pipeline: pipeline},
		},
		AccountStages: []RecordStage{
			{ID: seedID(accountStageIDs, 1), Name: "Lead", Category: "in_progress"},
			{ID: seedID(accountStageIDs, 2), Name: "Current Client", Category: "succeeded"},
		},
		ContactStages: []RecordStage{{ID: seedID(contactStageIDs, 1), Name: "New"}, {ID: seedID(contactStageIDs, 2), Name: "Replied"}},
	}
	for i, a := range []Account{
		{Name: "Acme Corporation", Domain: "acme.test", Phone: "555-555-0108", Address: "1 Anvil Way, Fairfield, NJ 07004, United States", Organization: seedID(organizationIDs, 1)},
		{Name: "Globex", Domain: "globex.test", Owner: jonas},
		{Name: "Initech", Domain: "initech.test", Owner: priya},
		{Name: "Initech Europe", Domain: "initech.test", Owner: mateo},
		{Name: "Umbra Logistics", Domain: "umbra.test", Owner: jonas, Phone: "+44 20 7946 0018"},
		{Name: "Bäckerei Müller", Domain: "xn--bckerei-mller-bfb28a.test", Owner: priya},
		{Name: "Soylent Foods", Domain: "soylent.test", Owner: dana},
		{Name: "Hooli", Domain: "hooli.test", Owner: mateo},
		{Name: "Stark & Daughters", Owner: dana},
	} {
		a.ID, a.Age = seedID(accountIDs, i+1), time.Duration(700-60*i)*day
		s.Accounts = append(s.Accounts, a)
	}
	acme, globex, initech, initechEurope := s.Accounts[0].ID, s.Accounts[1].ID, s.Accounts[2].ID, s.Accounts[3].ID
	umbra, baker, soylent, hooli, stark := s.Accounts[4].ID, s.Accounts[5].ID, s.Accounts[6].ID, s.Accounts[7].ID, s.Accounts[8].ID
	s.Contacts = []Contact{
		{ID: seedID(contactIDs, 1), First: "Wilhelmina", Last: "Coyote", Email: "w.coyote@acme.test", Title: "Procurement", Account: acme, Age: 400 * day},
		{ID: seedID(contactIDs, 2), First: "Rhoda", Last: "Runner", Email: "r.runner@acme.test", Title: "CFO", Account: acme, Age: 300 * day},
		{ID: seedID(contactIDs, 3), First: "Hank", Last: "Scorpio", Email: "hank@globex.test", Title: "CEO", Account: globex, Age: 200 * day},
		{ID: seedID(contactIDs, 4), First: "Frida", Last: "Lanz", Email: "frida@fair.test", Title: "Journalist", Company: "Fair Daily", Age: 7 * day},
	}
	s.RoleTypes = []RoleType{{seedID(roleTypeIDs, 1), "Decision Maker"}, {seedID(roleTypeIDs, 2), "Champion"}, {seedID(roleTypeIDs, 3), "Buyer"}}
	s.Fields = demoFields()
	purchase := map[string]any{seedID(fieldIDs, 1): "PO-4711", seedID(fieldIDs, 2): []string{seedID(optionIDs, 2)}, seedID(fieldIDs, 3): 24, seedID(fieldIDs, 5): true}
	buyer := []Role{{Contact: seedID(contactIDs, 1), Type: s.RoleTypes[0].ID, Primary: true}}
	for i, o := range []Opportunity{
		{Name: "Acme rollout, phase 2", Account: acme, Owner: dana, Stage: stageNegotiate, Amount: "48000", ClosesIn: 21, Age: 34 * day, Roles: buyer, CustomFields: purchase},
		{Name: "Acme support renewal", Account: acme, Owner: jonas, Stage: stagePropose, Amount: "12500.50", ClosesIn: 45, Age: 19 * day},
		{Name: "Acme training days", Account: acme, Owner: priya, Stage: stageQualify, Amount: "6000", ClosesIn: 80, Age: 15 * day},
		{Name: "Acme rollout, phase 1", Account: acme, Owner: dana, Stage: stageClosedWon, Amount: "36000", ClosesIn: -120, Age: 260 * day, Roles: buyer},
		{Name: "Globex pilot", Account: globex, Owner: jonas, Stage: stageMeet, Amount: "9000", ClosesIn: 30, Age: 12 * day},
		{Name: "Globex hammocks", Account: globex, Owner: jonas, Stage: stageQualify, Age: 3 * day},
		{Name: "Globex licences", Account: globex, Owner: dana, Stage: stageClosedLost, Amount: "150000", ClosesIn: -40, Age: 190 * day},
		{Name: "Globex data room", Account: globex, Owner: mateo, Stage: stagePropose, Amount: "27500", ClosesIn: 60, Age: 41 * day},
		{Name: "Initech reporting", Account: initech, Owner: priya, Stage: stagePropose, Amount: "18000", ClosesIn: 14, Age: 52 * day},
		{Name: "Initech printers", Account: initech, Owner: priya, Stage: stageClosedLost, Amount: "700", ClosesIn: -200, Age: 310 * day},
		{Name: "Initech renewal", Account: initech, Owner: priya, Stage: stageNegotiate, Amount: "22000", ClosesIn: 9, Age: 71 * day},
		{Name: "Initech Europe entry", Account: initechEurope, Owner: mateo, Stage: stageQualify, Amount: "30000", ClosesIn: 110, Age: 5 * day},
		{Name: "Initech Europe pilot", Account: initechEurope, Owner: mateo, Stage: stageMeet, ClosesIn: 75, Age: 16 * day},
		{Name: "Umbra tracking", Account: umbra, Owner: jonas, Stage: stageMeet, Amount: "54000", ClosesIn: 50, Age: 28 * day},
		{Name: "Umbra depot scanners", Account: umbra, Owner: jonas, Stage: stageClosedWon, Amount: "81250.75", ClosesIn: -15, Age: 150 * day},
		{Name: "Umbra insurance add-on", Account: umbra, Owner: jonas, Stage: stageQualify, Amount: "4200", ClosesIn: 95, Age: 2 * day},
		{Name: "Umbra night shift", Account: umbra, Owner: dana, Stage: stagePropose, Amount: "13900", ClosesIn: 33, Age: 47 * day},
		{Name: "Müller Kassensystem", Account: baker, Owner: priya, Stage: stageMeet, Amount: "7300", ClosesIn: 28, Age: 23 * day},
		{Name: "Müller Filiale Süd", Account: baker, Owner: priya, Stage: stageQualify, ClosesIn: 120, Age: 1 * day},
		{Name: "Müller Webshop", Account: baker, Owner: priya, Stage: stageClosedWon, Amount: "15600", ClosesIn: -70, Age: 180 * day},
		{Name: "Soylent procurement", Account: soylent, Owner: dana, Stage: stageNegotiate, Amount: "99000", ClosesIn: 18, Age: 88 * day},
		{Name: "Soylent green line", Account: soylent, Owner: dana, Stage: stagePropose, Amount: "64000", ClosesIn: 66, Age: 39 * day},
		{Name: "Soylent audit", Account: soylent, Owner: mateo, Stage: stageClosedLost, Amount: "5000", ClosesIn: -90, Age: 205 * day},
		{Name: "Soylent canteens", Account: soylent, Owner: mateo, Stage: stageMeet, Amount: "21000", ClosesIn: 58, Age: 9 * day},
		{Name: "Hooli search", Account: hooli, Owner: mateo, Stage: stageQualify, Amount: "120000", ClosesIn: 130, Age: 4 * day},
		{Name: "Hooli box", Account: hooli, Owner: mateo, Stage: stageClosedLost, Amount: "43000", ClosesIn: -30, Age: 140 * day},
		{Name: "Hooli mail", Account: hooli, Owner: jonas, Stage: stageMeet, Amount: "38000", ClosesIn: 48, Age: 31 * day},
		{Name: "Hooli campus", Account: hooli, Owner: jonas, Stage: stageClosedWon, Amount: "210000", ClosesIn: -5, Age: 230 * day},
		{Name: "Stark workshop", Account: stark, Owner: dana, Stage: stageQualify, Amount: "2500", ClosesIn: 25, Age: 11 * day},
		{Name: "Stark retrofit", Account: stark, Owner: dana, Amount: "17000", Age: 14 * day},
		{Name: "Stark service plan", Account: stark, Owner: dana, Stage: stagePropose, Amount: "8800", ClosesIn: 37, Age: 44 * day},
		{Name: "Trade fair lead", Owner: mateo, Stage: stageQualify, Age: 7 * day},
		{Name: "Referral from Priya", Amount: "1000", Age: 20 * day},
	} {
		o.ID = seedID(opportunityIDs, i+1)
		s.Opportunities = append(s.Opportunities, o)
	}
	return s
}

// demoFields are custom fields of every type that an opportunity's form must know.
func demoFields() []Field {
	fields := []Field{
		{Label: "Purchase order", Modality: "opportunity", Type: "string", MaxLength: 120},
		{Label: "Lead source", Modality: "opportunity", Type: "picklist", Options: []Option{
			{seedID(optionIDs, 1), "Website"}, {seedID(optionIDs, 2), "Referral"}, {seedID(optionIDs, 3), "Trade fair"},
		}},
		{Label: "Contract months", Modality: "opportunity", Type: "number"},
		{Label: "Contract end", Modality: "opportunity", Type: "date"},
		{Label: "Renewal", Modality: "opportunity", Type: "boolean"},
		{Label: "Customer number", Modality: "account", Type: "string", MaxLength: 20},
		{Label: "Newsletter", Modality: "contact", Type: "boolean"},
	}
	for i := range fields {
		fields[i].ID, fields[i].Age = seedID(fieldIDs, i+1), 500*day
	}
	return fields
}
