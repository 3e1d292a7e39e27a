package engine

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"strings"
)

// Apollo's users and organizations have scores of keys that nothing here depends
// on. They stand in these files, one JSON object each, and are joined to the
// keys that the sandbox keeps. {domain} stands for an account's domain.
var (
	//go:embed user_settings.json
	userSettings []byte
	//go:embed organization_summary.json
	organizationSummary string
	//go:embed organization_profile.json
	organizationProfile string
)

// spliced is an object with the keys of another one after its own.
type spliced struct {
	own  any
	more []byte
}

// MarshalJSON joins the two objects.
func (s spliced) MarshalJSON() ([]byte, error) {
	own, err := json.Marshal(s.own)
	if err != nil {
		return nil, err
	}
	more := bytes.TrimSpace(s.more)
	return append(append(own[:len(own)-1:len(own)-1], ','), more[1:]...), nil
}

type organizationJSON struct {
	ID          string  `json:"id"`
	Name        string  `json:"name"`
	LinkedinURL *string `json:"linkedin_url"`
	TwitterURL  *string `json:"twitter_url"`
	FacebookURL *string `json:"facebook_url"`
	Phone       *string `json:"phone"`
}

// bareOrganization is what Apollo knows of the organization that the account is
// linked to, or nil.
func (a *account) bareOrganization() any {
	if a.organizationID == "" || a.domain == "" {
		return nil
	}
	var links accountJSON
	joined := a.organization(&links, organizationSummary).(spliced)
	joined.own = organizationJSON{a.organizationID, a.name, links.LinkedinURL, links.TwitterURL, links.FacebookURL, nullable(a.phone)}
	return joined
}

// organization is the account with what Apollo knows of the organization that it
// is linked to, if it is.
func (a *account) organization(own *accountJSON, template string) any {
	if a.organizationID == "" || a.domain == "" {
		return own
	}
	label, _, _ := strings.Cut(a.domain, ".")
	own.LinkedinURL = nullable("http://www.linkedin.com/company/" + label)
	own.TwitterURL = nullable("https://twitter.com/" + label)
	own.FacebookURL = nullable("https://www.facebook.com/" + label)
	return spliced{own, []byte(strings.ReplaceAll(template, "{domain}", a.domain))}
}
