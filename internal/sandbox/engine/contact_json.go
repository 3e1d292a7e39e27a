package engine

import (
	"crypto/md5"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"strings"
)

// contactShape is where a contact is shown, which decides some of its keys.
type contactShape int

const (
	createdContact contactShape = iota // the answer to a create
	updatedContact                     // the answer to an update
	listedContact                      // a row of contacts/search
	viewedContact                      // the answer to a view
)

// contactSettings are the keys of a contact that nothing here depends on.
//
//go:embed contact_settings.json
var contactSettings []byte

type contactWritten struct {
	Contact any           `json:"contact"`
	Labels  []string      `json:"labels"`
	Dedupe  *dedupeResult `json:"dedupe_result,omitempty"`
}

type dedupeResult struct {
	Found  bool   `json:"found_existing"`
	Reason string `json:"match_reason"`
	ID     string `json:"existing_contact_id"`
}

type contactJSON struct {
	*viewedContactJSON
	ID                string             `json:"id"`
	First             *string            `json:"first_name"`
	Last              *string            `json:"last_name"`
	Name              string             `json:"name"`
	LinkedinURL       *string            `json:"linkedin_url"`
	Title             *string            `json:"title"`
	StageID           *string            `json:"contact_stage_id"`
	OwnerID           *string            `json:"owner_id"`
	CreatorID         *string            `json:"creator_id"`
	OrganizationName  *string            `json:"organization_name"`
	OrganizationID    *string            `json:"organization_id"`
	RawAddress        *string            `json:"present_raw_address"`
	CreatedAt         *string            `json:"created_at"`
	UpdatedAt         *string            `json:"updated_at"`
	EmailStatus       *string            `json:"email_status"`
	AccountID         *string            `json:"account_id"`
	QueuedForCRM      *bool              `json:"queued_for_crm_push"`
	SanitizedPhone    *string            `json:"sanitized_phone"`
	Email             *string            `json:"email"`
	TypedCustomFields map[string]any     `json:"typed_custom_fields"`
	Emails            []contactEmailJSON `json:"contact_emails"`
	Account           any                `json:"account,omitempty"`
	Organization      any                `json:"organization,omitempty"`
	*neighbourJSON
	*jobChangeJSON
	*campaignsJSON
	*documentedContactJSON
}

type viewedContactJSON struct {
	DisableFlag     bool `json:"disable_flag"`
	EngagementGraph null `json:"engagement_graph"`
}

type neighbourJSON struct {
	NextContactID null `json:"next_contact_id"`
}

type campaignsJSON struct {
	Statuses []string `json:"contact_campaign_statuses"`
}

type jobChangeJSON struct {
	JobChange null `json:"contact_job_change_event"`
}

// documentedContactJSON are the keys that only the documentation shows.
type documentedContactJSON struct {
	RuleConfigStatuses []string `json:"contact_rule_config_statuses"`
	LikelyToEngage     bool     `json:"is_likely_to_engage"`
}

type contactEmailJSON struct {
	MD5               string   `json:"email_md5"`
	SHA256            string   `json:"email_sha256"`
	Status            string   `json:"email_status"`
	Confidence        null     `json:"extrapolated_email_confidence"`
	Position          int      `json:"position"`
	Email             string   `json:"email"`
	FreeDomain        bool     `json:"free_domain"`
	Source            string   `json:"source"`
	Vendor            null     `json:"third_party_vendor_name"`
	Validations       []string `json:"vendor_validation_statuses"`
	NeedsTickling     bool     `json:"email_needs_tickling"`
	TrueStatus        string   `json:"email_true_status"`
	UnavailableReason null     `json:"email_status_unavailable_reason"`
}

func (t *team) contactJSON(c *contact, shown contactShape) any {
	w := &contactJSON{
		ID: c.id, First: nullable(c.first), Last: nullable(c.last), Name: c.name(), LinkedinURL: nullable(c.linkedin),
		Title: nullable(c.title), StageID: nullable(c.stageID), OwnerID: nullable(c.ownerID), CreatorID: nullable(c.createdBy),
		OrganizationName: nullable(t.companyOf(c)), RawAddress: nullable(c.rawAddress), CreatedAt: zulu(c.createdAt), UpdatedAt: zulu(c.updatedAt),
		AccountID: nullable(c.accountID), SanitizedPhone: nullable(sanitizePhone(c.phone)), Email: nullable(c.email),
		TypedCustomFields: c.customFields, Emails: []contactEmailJSON{},
	}
	if c.queued || t.dialect == DialectCreatedAt {
		w.QueuedForCRM = &c.queued
	}
	if w.TypedCustomFields == nil {
		w.TypedCustomFields = map[string]any{}
	}
	if shown != updatedContact {
		w.campaignsJSON = &campaignsJSON{Statuses: []string{}}
	}
	if c.email != "" {
		w.EmailStatus = nullable("verified")
		w.Emails = append(w.Emails, contactEmail(c.email))
	}
	switch shown {
	case viewedContact:
		w.viewedContactJSON, w.neighbourJSON = &viewedContactJSON{DisableFlag: true}, &neighbourJSON{}
	case listedContact:
		w.jobChangeJSON = &jobChangeJSON{}
	default:
		w.neighbourJSON = &neighbourJSON{}
	}
	if a := t.accountByID[c.accountID]; a != nil {
		w.OrganizationID = nullable(a.organizationID)
		if shown == listedContact || shown == viewedContact {
			w.Account = t.accountJSON(a, contactsAccount)
			w.Organization = a.bareOrganization()
		}
	}
	if t.dialect == DialectCreatedAt {
		w.documentedContactJSON = &documentedContactJSON{RuleConfigStatuses: []string{}}
	}
	return spliced{w, contactSettings}
}

func contactEmail(email string) contactEmailJSON {
	lower := []byte(strings.ToLower(email))
	short, long := md5.Sum(lower), sha256.Sum256(lower)
	return contactEmailJSON{
		MD5: hex.EncodeToString(short[:]), SHA256: hex.EncodeToString(long[:]), Status: "verified", Email: email,
		Source: "User Managed", Validations: []string{}, TrueStatus: "User Managed",
	}
}
