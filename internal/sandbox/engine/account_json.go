package engine

import "strings"

// accountShape is where an account is shown, which decides some of its keys.
type accountShape int

const (
	writtenAccount  accountShape = iota // the answer to a create or update
	bulkAccount                         // the answer to bulk_create
	listedAccount                       // a row of accounts/search
	viewedAccount                       // the answer to a view
	embeddedAccount                     // inside an opportunity
	contactsAccount                     // inside a contact
)

type accountEnvelope struct {
	Account any `json:"account"`
	*crmOwners
}

// crmOwners stand beside a viewed account in the documentation only.
type crmOwners struct {
	Salesforce []string `json:"salesforce_users"`
	Hubspot    []string `json:"hubspot_owners"`
}

// accountJSON has the keys of the recorded answers in their order. A nil
// embedded struct leaves all of its keys out.
type accountJSON struct {
	*addressJSON
	ID                   string  `json:"id"`
	Domain               *string `json:"domain"`
	Name                 string  `json:"name"`
	TeamID               string  `json:"team_id"`
	OrganizationID       *string `json:"organization_id"`
	StageID              *string `json:"account_stage_id"`
	Source               string  `json:"source"`
	OriginalSource       string  `json:"original_source"`
	CreatorID            *string `json:"creator_id"`
	OwnerID              *string `json:"owner_id"`
	CreatedAt            *string `json:"created_at"`
	UpdatedAt            *string `json:"updated_at,omitempty"`
	Phone                *string `json:"phone"`
	PhoneStatus          string  `json:"phone_status"`
	HubspotID            null    `json:"hubspot_id"`
	SalesforceID         null    `json:"salesforce_id"`
	CRMOwnerID           null    `json:"crm_owner_id"`
	ParentAccountID      null    `json:"parent_account_id"`
	LinkedinURL          *string `json:"linkedin_url"`
	SuggestedFromRuleID  null    `json:"suggested_from_rule_engine_config_id"`
	GodmodeApolloCreator null    `json:"godmode_apollo_creator"`
	*viewedJSON
	SanitizedPhone    *string        `json:"sanitized_phone,omitempty"`
	PlaybookStatuses  []string       `json:"account_playbook_statuses"`
	ExistenceLevel    string         `json:"existence_level"`
	LabelIDs          []string       `json:"label_ids"`
	TypedCustomFields map[string]any `json:"typed_custom_fields"`
	CustomFieldErrors map[string]any `json:"custom_field_errors"`
	Modality          string         `json:"modality"`
	SourceDisplayName string         `json:"source_display_name"`
	CRMRecordURL      null           `json:"crm_record_url"`
	*tallyJSON
	TwitterURL  *string `json:"twitter_url"`
	FacebookURL *string `json:"facebook_url"`
	*signalsJSON
	*documentedJSON
}

type addressJSON struct {
	RawAddress    string  `json:"raw_address"`
	StreetAddress *string `json:"street_address"`
	City          *string `json:"city"`
	State         *string `json:"state"`
	Country       *string `json:"country"`
	PostalCode    *string `json:"postal_code"`
}

type viewedJSON struct {
	EngagementGraph null     `json:"engagement_graph"`
	Queues          []string `json:"account_queues"`
	DisableFlag     bool     `json:"disable_flag"`
}

type tallyJSON struct {
	EmailerCampaignIDs []string `json:"contact_emailer_campaign_ids"`
	StatusTally        struct{} `json:"contact_campaign_status_tally"`
	NumContacts        int      `json:"num_contacts"`
}

type signalsJSON struct {
	IntentStrength         null `json:"intent_strength"`
	ShowIntent             bool `json:"show_intent"`
	SixMonthGrowth         null `json:"organization_headcount_six_month_growth"`
	TwelveMonthGrowth      null `json:"organization_headcount_twelve_month_growth"`
	TwentyFourMonthsGrowth null `json:"organization_headcount_twenty_four_month_growth"`
}

// documentedJSON are the keys that only the documentation shows.
type documentedJSON struct {
	RuleConfigStatuses []string `json:"account_rule_config_statuses"`
	LastActivityDate   *string  `json:"last_activity_date"`
	HasIntentSignal    bool     `json:"has_intent_signal_account"`
	IntentSignal       null     `json:"intent_signal_account"`
}

// accountJSON is the account as it is shown there: an *accountJSON, or one
// spliced with the organization that it is linked to.
func (t *team) accountJSON(a *account, shown accountShape) any {
	w := &accountJSON{
		addressJSON: address(a.rawAddress),
		ID:          a.id, Domain: nullable(a.domain), Name: a.name, TeamID: t.id, OrganizationID: nullable(a.organizationID),
		StageID: nullable(a.stageID), Source: a.source, OriginalSource: a.source, CreatorID: nullable(a.createdBy),
		LinkedinURL: nullable(a.linkedin), OwnerID: nullable(a.ownerID), CreatedAt: zulu(a.createdAt), Phone: nullable(a.phone), PhoneStatus: "no_status",
		SanitizedPhone: nullable(sanitizePhone(a.phone)), PlaybookStatuses: []string{}, ExistenceLevel: "full",
		LabelIDs: []string{}, TypedCustomFields: a.customFields, CustomFieldErrors: map[string]any{}, Modality: "account",
		SourceDisplayName: "Created from API",
	}
	if w.TypedCustomFields == nil {
		w.TypedCustomFields = map[string]any{}
	}
	var lastActivity *string
	switch shown {
	case bulkAccount:
		w.UpdatedAt = zulu(a.updatedAt)
	case viewedAccount:
		lastActivity = zulu(a.updatedAt)
		w.viewedJSON = &viewedJSON{Queues: []string{}, DisableFlag: true}
		w.tallyJSON = t.tally(a)
	case listedAccount:
		w.tallyJSON = t.tally(a)
	case embeddedAccount:
		w.tallyJSON = t.tally(a)
		w.CustomFieldErrors = nil
	}
	if shown != embeddedAccount && shown != contactsAccount {
		w.signalsJSON = &signalsJSON{}
	}
	if t.dialect == DialectCreatedAt {
		w.documentedJSON = &documentedJSON{RuleConfigStatuses: []string{}, LastActivityDate: lastActivity}
	}
	switch shown {
	case viewedAccount:
		return a.organization(w, organizationProfile)
	case listedAccount, embeddedAccount, contactsAccount:
		return a.organization(w, organizationSummary)
	}
	return w
}

func (t *team) tally(a *account) *tallyJSON {
	n := 0
	for _, c := range t.contacts {
		if c.accountID == a.id {
			n++
		}
	}
	return &tallyJSON{EmailerCampaignIDs: []string{}, NumContacts: n}
}

// address splits "street, city, ST 12345" at its commas; what is not there is null.
func address(raw string) *addressJSON {
	if raw == "" {
		return nil
	}
	w := &addressJSON{RawAddress: raw}
	parts := strings.Split(raw, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	w.StreetAddress = nullable(parts[0])
	if len(parts) > 1 {
		w.City = nullable(parts[1])
	}
	if len(parts) > 2 {
		state, code, _ := strings.Cut(parts[2], " ")
		w.State, w.PostalCode = nullable(state), nullable(code)
	}
	if len(parts) > 3 {
		w.Country = nullable(parts[3])
	}
	return w
}

// sanitizePhone is E.164; a number without a country is an American one.
func sanitizePhone(phone string) string {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, phone)
	switch {
	case digits == "":
		return ""
	case len(digits) == 10 && !strings.HasPrefix(strings.TrimSpace(phone), "+"):
		return "+1" + digits
	}
	return "+" + digits
}

func accountChanges(before, after *account) []string {
	return changedTexts(before.customFields, after.customFields, []textChange{
		{"name", before.name, after.name},
		{"domain", before.domain, after.domain},
		{"owner_id", before.ownerID, after.ownerID},
		{"account_stage_id", before.stageID, after.stageID},
		{"phone", before.phone, after.phone},
		{"raw_address", before.rawAddress, after.rawAddress},
		{"linkedin_url", before.linkedin, after.linkedin},
	})
}
