package site_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/site"
)

func TestNetworkHosts(t *testing.T) {
	for host, network := range map[string]bool{
		"linkedin.com": true, "www.linkedin.com": true, "de.linkedin.com": true, "LINKEDIN.COM.": true,
		"notlinkedin.com": false, "linkedin.com.evil.example": false, "linkedin.example": false, "linkedin.co.uk": false,
		"x.com": true, "twitter.com": true, "mobile.twitter.com": true, "netflix.com": false, "t.co": true, "att.com": false,
		"facebook.com": true, "m.facebook.com": true, "instagram.com": true, "www.youtube.com": true, "youtu.be": true, "www.tiktok.com": true,
		"crunchbase.com": true, "www.g2.com": true, "g2a.com": false, "www.capterra.com": true, "www.capterra.co.uk": true, "capterra.com.de": true,
		"www.glassdoor.de": true, "glassdoor.co.uk": true, "glassdoor.com.au": true, "glassdoor.example": false, "uk.indeed.com": true, "de.indeed.com": true,
		"github.com": true, "gist.github.com": true, "acme.github.io": false, "gitlab.com": true, "gitlab.acme.com": false,
		"en.wikipedia.org": true, "commons.wikimedia.org": true,
		"google.com": true, "www.google.co.uk": true, "google.de": true, "www.google.com.br": true, "google.co.jp": true, "google.github.io": false,
		"google.vercel.app": false, "google.evil.example": false, "blog.google": true, "sites.google.com": true, "googleacme.com": false,
		"www.bing.com": true, "duckduckgo.com": true, "search.yahoo.com": true, "yahoo.co.jp": true, "search.brave.com": true, "brave.com": false, "yandex.com.tr": true,
		"mail.google.com": true, "outlook.live.com": true, "outlook.office.com": true, "outlook.office365.com": true, "outlook.com": true, "mail.yahoo.com": true,
		"docs.google.com": true, "acme.sharepoint.com": true, "acme-my.sharepoint.com": true, "teams.microsoft.com": true, "www.microsoft.com": false, "zoom.us": true,
		"app.apollo.io": true, "apollo.io": false, "www.apollo.io": false, "app.hubspot.com": true, "hubspot.com": false,
		"acme.lightning.force.com": true, "acme.crm4.dynamics.com": true, "acme.my.salesforce.com": true, "salesforce.com": false, "www.salesforce.com": false,
		"acme.zendesk.com": true, "zendesk.com": false, "www.zendesk.com": false, "acme.slack.com": true, "slack.com": false,
		"apps.apple.com": true, "apple.com": false, "play.google.com": true, "console.aws.amazon.com": true, "amazon.com": false,
		"bit.ly": true, "goo.gl": true, "acme-com.translate.goog": true, "web.archive.org": true, "jobs.lever.co": true, "lever.co": false,
	} {
		t.Run(host, func(t *testing.T) {
			got := site.Recognize(site.Page{URL: "https://" + host + "/x"}, nil)
			assert.Equal(t, network, got.Reason == site.Network, "%+v", got)
		})
	}
}

func TestTheOneCompanyOfANetworksPage(t *testing.T) {
	const page = "https://www.linkedin.com/company/acme/"
	redirect := "https://www.linkedin.com/redir/redirect?url=https%3A%2F%2Fwww%2Eacme%2Eco%2Euk%2F%3Fa%3Db%26c&urlhash=x&trk=y"
	for name, c := range map[string]struct {
		page   string
		links  []string
		domain crm.Domain
	}{
		"no links":                    {page, nil, ""},
		"one":                         {page, []string{"https://www.acme.com/"}, "acme.com"},
		"one, twice":                  {page, []string{"https://www.acme.com/", "http://shop.acme.com/x"}, "acme.com"},
		"two":                         {page, []string{"https://www.acme.com/", "https://acme.de"}, ""},
		"one in other spellings":      {page, []string{"https://BÜCHER.de", "https://xn--bcher-kva.de"}, "xn--bcher-kva.de"},
		"own links aside":             {page, []string{"https://about.linkedin.com/", "https://acme.com"}, "acme.com"},
		"networks aside":              {page, []string{"https://facebook.com/acme", "https://x.com/acme", "https://bit.ly/3x", "https://apps.apple.com/app/acme", "https://acme.com"}, "acme.com"},
		"mail and documents aside":    {page, []string{"https://docs.google.com/d/1", "https://acme.com"}, "acme.com"},
		"no company aside":            {page, []string{"mailto:jo@evil.example", "javascript:1", "", "#", "/about", "http://10.0.0.1/", "http://localhost", "https://co.uk", "https://a..b", "https://acme.com"}, "acme.com"},
		"networks only":               {page, []string{"https://facebook.com/acme"}, ""},
		"linkedin redirect":           {page, []string{redirect}, "acme.co.uk"},
		"linkedin redirect and plain": {page, []string{redirect, "https://acme.co.uk/"}, "acme.co.uk"},
		"linkedin safety":             {page, []string{"https://www.linkedin.com/safety/go?url=http%3A%2F%2Facme.com&trk=x"}, "acme.com"},
		"linkedin safety with slash":  {page, []string{"https://www.linkedin.com/safety/go/?trk=x&url=http%3A%2F%2Facme.com"}, "acme.com"},
		"linkedin other page":         {page, []string{"https://www.linkedin.com/login?url=https%3A%2F%2Facme.com"}, ""},
		"facebook":                    {"https://www.facebook.com/acme", []string{"https://l.facebook.com/l.php?u=https%3A%2F%2Facme.com%2F%3Ffbclid%3Dx&h=y"}, "acme.com"},
		"facebook mobile":             {"https://m.facebook.com/acme", []string{"https://lm.facebook.com/l.php?u=https%3A%2F%2Facme.com%2F"}, "acme.com"},
		"instagram":                   {"https://www.instagram.com/acme/", []string{"https://l.instagram.com/?u=https%3A%2F%2Facme.com%2F&e=z"}, "acme.com"},
		"google":                      {"https://www.google.com/search?q=acme", []string{"https://www.google.com/url?sa=t&url=https%3A%2F%2Facme.com"}, "acme.com"},
		"google of a country":         {"https://www.google.co.uk/search?q=acme", []string{"https://www.google.co.uk/url?q=https://acme.com&sa=U"}, "acme.com"},
		"google of another name":      {page, []string{"https://google.evil.example/url?q=https://acme.com"}, "evil.example"},
		"youtube":                     {"https://www.youtube.com/@acme", []string{"https://www.youtube.com/redirect?event=x&q=https%3A%2F%2Facme.com"}, "acme.com"},
		"duckduckgo":                  {"https://duckduckgo.com/?q=acme", []string{"https://duckduckgo.com/l/?uddg=https%3A%2F%2Facme.com%2F&rut=x"}, "acme.com"},
		"tiktok":                      {"https://www.tiktok.com/@acme", []string{"https://www.tiktok.com/link/v2?aid=1988&lang=en&scene=bio_url&target=https%3A%2F%2Facme.com"}, "acme.com"},
		"tumblr":                      {"https://acme.tumblr.com/about", []string{"https://t.umblr.com/redirect?z=https%3A%2F%2Facme.com%2F&t=x"}, "acme.com"},
		"medium":                      {"https://medium.com/@acme", []string{"https://medium.com/r/?url=https%3A%2F%2Facme.com"}, "acme.com"},
		"mozilla's add-ons":           {"https://addons.mozilla.org/addon/acme", []string{"https://prod.outgoing.prod.webservices.mozgcp.net/v1/00ff/https%3A//acme.com/x%3Fy"}, "acme.com"},
		"mozilla's without address":   {"https://addons.mozilla.org/addon/acme", []string{"https://prod.outgoing.prod.webservices.mozgcp.net/v1/00ff/", "https://prod.outgoing.prod.webservices.mozgcp.net/v1"}, ""},
		"a path of another host":      {page, []string{"https://evil.example/v1/00ff/https%3A//acme.com"}, "evil.example"},
		"redirect in a redirect":      {page, []string{"https://www.google.com/url?q=https%3A%2F%2Fl.facebook.com%2Fl.php%3Fu%3Dhttps%253A%252F%252Facme.com"}, "acme.com"},
		"redirect to itself":          {page, []string{"https://www.google.com/url?q=https://www.google.com/url?q=https://www.google.com/url?q=https://acme.com"}, ""},
		"redirect to a script":        {page, []string{"https://www.google.com/url?q=javascript:alert(1)"}, ""},
		"redirect to a network":       {page, []string{"https://l.facebook.com/l.php?u=https://instagram.com/acme"}, ""},
		"redirect to nothing":         {page, []string{"https://l.facebook.com/l.php?u="}, ""},
		"redirect broken":             {page, []string{"https://l.facebook.com/l.php?u=%", "https://l.facebook.com/l.php?u=%zz%f"}, ""},
		"redirect page of no network": {page, []string{"https://acme.com/url?q=https://evil.example"}, "acme.com"},
		"webmail":                     {"https://mail.google.com/mail/u/0/", []string{"https://acme.com"}, ""},
		"webmail of outlook":          {"https://outlook.office.com/mail/", []string{"https://acme.com"}, ""},
		"documents":                   {"https://docs.google.com/document/d/1", []string{"https://acme.com"}, ""},
		"crm's own site aside":        {"https://app.apollo.io/", []string{"https://www.apollo.io/", "https://acme.com"}, "acme.com"},
		"crm record":                  {"https://app.apollo.io/#/accounts/1", []string{"https://acme.com"}, "acme.com"},
		"github":                      {"https://github.com/acme", []string{"https://acme.com", "https://github.blog", "https://www.githubstatus.com/"}, "acme.com"},
	} {
		t.Run(name, func(t *testing.T) {
			got := site.Recognize(site.Page{URL: c.page, SiteName: "The network", Links: bare(c.links...)}, toASCII)
			assert.Equal(t, c.domain, got.Domain)
			assert.NotEmpty(t, got.Host)
			if c.domain == "" {
				assert.Contains(t, []site.Reason{site.Network, site.SeveralLinks}, got.Reason)
				assert.False(t, got.FromLink)
				return
			}
			assert.True(t, got.FromLink)
			assert.NotEqual(t, "The network", got.Name)
		})
	}
}

// bare are links without a text.
func bare(urls ...string) (links []site.Link) {
	for _, url := range urls {
		links = append(links, site.Link{URL: url})
	}
	return links
}

// On a company's own site its links are not looked at.
func TestLinksOfACompanysOwnSite(t *testing.T) {
	got := site.Recognize(site.Page{URL: "https://acme.com", Links: bare("https://evil.example")}, nil)
	assert.Equal(t, crm.Domain("acme.com"), got.Domain)
	assert.False(t, got.FromLink)
}

// TestNetworkTable keeps the data file as its first lines say that it is.
func TestNetworkTable(t *testing.T) {
	require.True(t, strings.HasSuffix(site.NetworksText, "\n"))
	kinds := map[string]string{}
	groups, entries := 0, 0
	for paragraph := range strings.SplitSeq(site.NetworksText, "\n\n") {
		lines := strings.Split(strings.TrimSuffix(paragraph, "\n"), "\n")
		assert.True(t, strings.HasPrefix(lines[0], "# "), "a group has no comment: %s", lines[0])
		groups++
		for _, line := range lines {
			if strings.HasPrefix(line, "#") {
				continue
			}
			entries++
			entry, kind, _ := strings.Cut(line, " ")
			assert.Contains(t, []string{"", "closed"}, kind, line)
			assert.NotContains(t, kinds, entry, "twice")
			kinds[entry] = kind
			name := strings.TrimPrefix(strings.TrimSuffix(entry, ".*"), "*.")
			assert.Empty(t, strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-."), line)
			assert.False(t, strings.HasPrefix(name, ".") || strings.HasSuffix(name, "."), line)
		}
	}
	assert.Greater(t, groups, 12)
	assert.Greater(t, entries, 300)

	names := make([]string, 0, len(kinds))
	for name := range kinds {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for parent := name; strings.Contains(parent, "."); {
			_, parent, _ = strings.Cut(parent, ".")
			kind, listed := kinds[parent]
			assert.False(t, listed && kind == kinds[name], "%s says no more than %s", name, parent)
		}
	}
}

// TestNetworksAreFound holds the search to what each entry says of a host.
func TestNetworksAreFound(t *testing.T) {
	const not, open, closed = 0, 1, 2
	kinds := map[string]int{}
	for line := range strings.Lines(site.NetworksText) {
		entry, kind, _ := strings.Cut(strings.TrimSpace(line), " ")
		if entry != "" && entry[0] != '#' {
			kinds[entry] = open
			if kind == "closed" {
				kinds[entry] = closed
			}
		}
	}
	found := map[int]int{}
	for entry := range kinds {
		name := strings.Replace(strings.TrimPrefix(entry, "*."), ".*", ".com", 1)
		for _, host := range []string{name, "www." + name, "a." + name, "a.www." + name, "wwww." + name, "x" + name, "com." + name, name + ".com", strings.TrimSuffix(name, ".com") + ".co.jp", strings.TrimSuffix(name, ".com") + ".com.br"} {
			domain := crm.Domain(site.Registrable(host))
			want := not
			for other, kind := range kinds {
				if site.Belongs(host, domain, other) {
					want = max(want, kind)
				}
			}
			found[want]++
			require.Equal(t, want, int(site.NetworkOf(host, domain)), "%s, %s", host, domain)
		}
	}
	for kind := range 3 {
		assert.Greater(t, found[kind], 100)
	}
}
