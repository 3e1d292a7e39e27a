package apollo_test

import (
	"context"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
)

const (
	dealID    = "66e09ea8e3cfcf01b2208ec7"
	stageID   = "6095a710bd01d100a506d4bd"
	ownerID   = "66302798d03b9601c7934ebf"
	accountID = "60afffecbff6de00a4b82be7"

	contactID  = "66e3726977d36c03f2c30afc"
	pipelineID = "654b989fcb2a5200010a90db"
)

// calls are one call of each operation, by its name.
var calls = map[string]func(*apollo.Client) error{
	apollo.OpOpportunityCreate: func(c *apollo.Client) error {
		_, _, err := c.CreateOpportunity(context.Background(), crm.Values{
			Name: "Deal", StageID: stageID, OwnerID: ownerID, AccountID: accountID,
		})
		return err
	},
	apollo.OpOpportunityUpdate: func(c *apollo.Client) error {
		_, _, err := c.UpdateOpportunity(context.Background(), crm.Update{
			ID: dealID, Fields: []crm.Field{crm.FieldStage}, Want: crm.Values{StageID: stageID},
		})
		return err
	},
	apollo.OpOpportunityView: func(c *apollo.Client) error {
		_, err := c.Opportunity(context.Background(), dealID)
		return err
	},
	apollo.OpOpportunitySearch: func(c *apollo.Client) error {
		_, err := c.OpportunityPage(context.Background(), apollo.OpportunityQuery{})
		return err
	},
	apollo.OpStages: func(c *apollo.Client) error {
		_, err := c.Stages(context.Background())
		return err
	},
	apollo.OpUsers: func(c *apollo.Client) error {
		_, err := c.Users(context.Background())
		return err
	},
	apollo.OpProfile: func(c *apollo.Client) error {
		_, err := c.Profile(context.Background())
		return err
	},
	apollo.OpHealth: func(c *apollo.Client) error { return c.Health(context.Background()) },
	apollo.OpAccountSearch: func(c *apollo.Client) error {
		_, err := c.AccountsNamed(context.Background(), "Acme")
		return err
	},
	apollo.OpAccountFindOrCreate: func(c *apollo.Client) error {
		_, err := c.FindOrCreateAccount(context.Background(), crm.NewAccount{Name: "Acme", Domain: "acme.test"})
		return err
	},
	apollo.OpAccountView: func(c *apollo.Client) error {
		_, err := c.Account(context.Background(), accountID)
		return err
	},
	apollo.OpAccountUpdate: func(c *apollo.Client) error {
		_, _, err := c.UpdateAccount(context.Background(), crm.Account{ID: accountID, Name: "Acme"}, crm.Account{ID: accountID, Name: "Acme", OwnerID: ownerID})
		return err
	},
	apollo.OpContactSearch: func(c *apollo.Client) error {
		for _, err := range c.ListContacts("walt").Rows(context.Background()) {
			return err
		}
		return nil
	},
	apollo.OpContactView: func(c *apollo.Client) error {
		_, err := c.Contact(context.Background(), contactID)
		return err
	},
	apollo.OpContactOpportunities: func(c *apollo.Client) error {
		_, err := c.OpportunitiesOfContact(context.Background(), contactID)
		return err
	},
	apollo.OpRoleTypes: func(c *apollo.Client) error {
		_, err := c.RoleTypes(context.Background())
		return err
	},
	apollo.OpRoleUpdate: func(c *apollo.Client) error {
		_, _, err := c.SetRoles(context.Background(), dealID, []apollo.Role{{ContactID: contactID, Primary: true}})
		return err
	},
	apollo.OpPipelines: func(c *apollo.Client) error {
		_, err := c.Pipelines(context.Background())
		return err
	},
	apollo.OpPipelineView: func(c *apollo.Client) error {
		_, err := c.Pipeline(context.Background(), pipelineID)
		return err
	},
	apollo.OpFields: func(c *apollo.Client) error {
		_, err := c.Fields(context.Background(), "custom")
		return err
	},
	apollo.OpCustomFields: func(c *apollo.Client) error {
		_, err := c.CustomFields(context.Background())
		return err
	},
	apollo.OpFieldCreate: func(c *apollo.Client) error {
		_, _, err := c.CreateField(context.Background(), apollo.NewField{Of: "opportunity", Label: "Region", Type: "string"})
		return err
	},
	apollo.OpUsage: func(c *apollo.Client) error {
		_, err := c.Usage(context.Background())
		return err
	},
}

// writes are the calls after which a lost answer leaves open what happened.
var writes = map[string]bool{
	apollo.OpOpportunityCreate: true, apollo.OpOpportunityUpdate: true, apollo.OpAccountUpdate: true,
	apollo.OpRoleUpdate: true, apollo.OpFieldCreate: true,
}

const (
	create = apollo.OpOpportunityCreate
	update = apollo.OpOpportunityUpdate
	view   = apollo.OpOpportunityView
	search = apollo.OpOpportunitySearch
	find   = apollo.OpAccountFindOrCreate

	accountChange = apollo.OpAccountUpdate
)
