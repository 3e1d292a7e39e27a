package engine

import (
	"strings"
	"time"
)

// contact is what is stored of a person that the team has saved.
type contact struct {
	id, first, last, email, title string
	accountID, company            string
	ownerID, createdBy, stageID   string
	phone, rawAddress, linkedin   string
	createdAt, updatedAt          time.Time
	customFields                  map[string]any
	queued                        bool
}

func (c *contact) name() string { return strings.TrimSpace(c.first + " " + c.last) }

// createContact stores a new contact. With run_dedupe it updates the one that
// has the email, else the name at the company, where there is one.
//
// https://docs.apollo.io/reference/create-a-contact
func (t *team) createContact(x *Exchange) (any, *refusal) {
	fresh := contact{ownerID: t.actor(), createdBy: t.actor(), createdAt: x.now, updatedAt: x.now, queued: true}
	if len(t.contactStages) > 0 {
		fresh.stageID = t.contactStages[0].ID
	}
	if r := t.assignContact(&fresh, x.params); r != nil {
		return nil, r
	}
	answer := contactWritten{Labels: []string{}}
	old, reason := t.sameContact(x.params, &fresh)
	if old != nil {
		updated := *old
		if r := t.assignContact(&updated, x.params); r != nil {
			return nil, r
		}
		answer.Dedupe = &dedupeResult{true, reason, old.id}
		answer.Contact = t.replaceContact(x, old, &updated)
		return answer, nil
	}
	fresh.id = t.ids.object(x.now)
	if !x.drops() {
		t.keepContact(&fresh)
	}
	x.stored("contact.create", fresh.id, t.contactJSON(&fresh, viewedContact), nil)
	answer.Contact = t.contactJSON(&fresh, createdContact)
	return answer, nil
}

// updateContact stores the fields that are given.
//
// https://docs.apollo.io/reference/update-a-contact
func (t *team) updateContact(x *Exchange) (any, *refusal) {
	c, r := t.contactOfPath(x)
	if r != nil {
		return nil, r
	}
	updated := *c
	if r := t.assignContact(&updated, x.params); r != nil {
		return nil, r
	}
	return contactWritten{Contact: t.replaceContact(x, c, &updated), Labels: []string{}}, nil
}

// viewContact is the one of the path.
//
// https://docs.apollo.io/reference/view-a-contact
func (t *team) viewContact(x *Exchange) (any, *refusal) {
	c, r := t.contactOfPath(x)
	if r != nil {
		return nil, r
	}
	return struct {
		Contact any `json:"contact"`
	}{t.contactJSON(c, viewedContact)}, nil
}

func (t *team) contactOfPath(x *Exchange) (*contact, *refusal) {
	if !validID(x.id) {
		return nil, malformedID(x.id)
	}
	c := t.contactByID[strings.ToLower(x.id)]
	if c == nil {
		return nil, unprocessable("Oops! This contact does not exist in Apollo.")
	}
	return c, nil
}

// replaceContact stores after in the place of c and is the answer to that.
func (t *team) replaceContact(x *Exchange, c, after *contact) any {
	changed := contactChanges(c, after)
	if len(changed) > 0 {
		after.updatedAt = x.now
	}
	if !x.drops() {
		*c = *after
	}
	x.stored("contact.update", c.id, t.contactJSON(c, viewedContact), changed)
	return t.contactJSON(after, updatedContact)
}

func (t *team) keepContact(c *contact) {
	t.contacts = append(t.contacts, c)
	t.contactByID[c.id] = c
}

// sameContact is the oldest contact that the new one would double, and why.
func (t *team) sameContact(p params, fresh *contact) (old *contact, reason string) {
	if !p.bool("run_dedupe") {
		return nil, ""
	}
	for _, c := range t.contacts {
		if fresh.email != "" && strings.EqualFold(c.email, fresh.email) {
			return c, "email"
		}
	}
	for _, c := range t.contacts {
		if fresh.company != "" && fresh.name() != "" && strings.EqualFold(c.name(), fresh.name()) && strings.EqualFold(t.companyOf(c), fresh.company) {
			return c, "name_and_company"
		}
	}
	return nil, ""
}

// companyOf is the name of a contact's account, else the one that was given.
func (t *team) companyOf(c *contact) string {
	if a := t.accountByID[c.accountID]; a != nil {
		return a.name
	}
	return c.company
}

func (t *team) assignContact(c *contact, p params) *refusal {
	for _, f := range []struct {
		key   string
		field *string
	}{{"owner_id", &c.ownerID}, {"contact_stage_id", &c.stageID}, {"account_id", &c.accountID}} {
		if r := p.setID(f.key, f.field); r != nil {
			return r
		}
	}
	for key, field := range map[string]*string{
		"first_name": &c.first, "last_name": &c.last, "email": &c.email, "title": &c.title, "organization_name": &c.company,
		"direct_phone": &c.phone, "present_raw_address": &c.rawAddress, "linkedin_url": &c.linkedin,
	} {
		if p.has(key) {
			*field = strings.TrimSpace(p.text(key))
		}
	}
	if custom, ok := p["typed_custom_fields"].(map[string]any); ok {
		c.customFields = merge(c.customFields, custom)
	}
	return nil
}

func contactChanges(before, after *contact) []string {
	return changedTexts(before.customFields, after.customFields, []textChange{
		{"first_name", before.first, after.first},
		{"last_name", before.last, after.last},
		{"email", before.email, after.email},
		{"title", before.title, after.title},
		{"organization_name", before.company, after.company},
		{"account_id", before.accountID, after.accountID},
		{"owner_id", before.ownerID, after.ownerID},
		{"contact_stage_id", before.stageID, after.stageID},
		{"direct_phone", before.phone, after.phone},
		{"present_raw_address", before.rawAddress, after.rawAddress},
		{"linkedin_url", before.linkedin, after.linkedin},
	})
}
