package gatewaytest

import (
	"time"

	"github.com/dealmark/dealmark/internal/gateway"
	"github.com/dealmark/dealmark/internal/sandbox"
)

// Objects of the two teams' Apollo.
const (
	UserJonas   = "65f000020000000000000002"
	UserPriya   = "65f000020000000000000003"
	AccountAcme = "65f000050000000000000001"
	TagField    = "65f0000c00000000000000ff"

	OtherUser        = "75f000020000000000000001"
	OtherAccount     = "75f000050000000000000001"
	OtherOpportunity = "75f000060000000000000001"
	OtherStage       = "75f000070000000000000001"
)

// Seed is the first team: the demo's, and the field that operation ids go to.
func Seed() sandbox.Seed {
	s := sandbox.DemoSeed()
	s.Fields = append(s.Fields, sandbox.Field{ID: TagField, Label: gateway.TagLabel, Modality: "opportunity", Type: "string"})
	return s
}

// OtherSeed is the other team: one of everything, and no field for ids.
func OtherSeed() sandbox.Seed {
	return sandbox.Seed{
		TeamID: "75f000010000000000000001", TeamName: "Southwind",
		Users:         []sandbox.User{{ID: OtherUser, First: "Otto", Last: "Other", Email: "otto@southwind.test", Admin: true, Since: 9000 * time.Hour}},
		Pipelines:     []sandbox.Pipeline{{ID: "75f000030000000000000001", Title: "Southwind's"}},
		Stages:        []sandbox.Stage{{ID: OtherStage, Name: "Southwind's stage", Probability: 10, Pipeline: "75f000030000000000000001"}},
		Accounts:      []sandbox.Account{{ID: OtherAccount, Name: "Southwind's customer", Domain: "southwind-customer.test"}},
		Opportunities: []sandbox.Opportunity{{ID: OtherOpportunity, Name: "Southwind's secret deal", Account: OtherAccount, Owner: OtherUser, Stage: OtherStage, Amount: "777"}},
	}
}
