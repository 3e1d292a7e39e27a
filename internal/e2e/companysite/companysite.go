// Package companysite serves small company sites for a browser to visit, told
// apart by the request's host: ordinary companies under .test, one that is
// hostile, and a page of a network that links to a company's own site.
//
// The sites are what the product reads and nothing more: a title, a site name
// and links. The package knows neither the product nor the browser.
package companysite

import (
	"embed"
	"html/template"
	"io"
	"net"
	"net/http"
	"strings"
)

// Site is one company's page.
type Site struct {
	Host     string // without www, which every site answers to as well
	Title    string // of the document
	SiteName string // og:site_name; empty leaves the tag out
	Heading  string
	Text     string
	Links    []string // the page's links to other sites

	Data template.JS // the page's JSON-LD; empty leaves it out
}

// Sites are all the sites there are. A host of another name is answered 404.
var Sites = []Site{
	{
		Host:     "acme.test",
		Title:    "Acme — Rockets and anvils since 1949",
		SiteName: "Acme Corporation",
		Heading:  "Everything that flies, and everything that falls",
		Text: "Acme makes rockets, anvils and giant springs for customers who do not give up. " +
			"Delivered to any canyon, overnight.",
	},
	{
		Host:    "globex.test",
		Title:   "Globex: industrial scale",
		Heading: "Industrial scale, since yesterday",
		Text:    "Globex builds plants that build plants. This site has no site name, only a title.",
	},
	{
		Host:     "initech.test",
		Title:    "Home",
		SiteName: "Initech",
		Heading:  "Reports with cover sheets",
		Text:     "Initech writes software for banks. The title of this page says nothing about the company.",
	},
	{
		Host:     "fresh.test",
		Title:    "Fresh Foods | Greens at your door",
		SiteName: "Fresh Foods",
		Heading:  "Greens at your door",
		Text:     "A young company that no customer list knows yet.",
	},
	{
		// The name turns the direction of what follows it and tries to end the
		// element that it is shown in.
		Host:     "hostile.test",
		Title:    "<img src=x onerror=alert(1)> \u202emoc.live\u202c</title><script>document.title='run'</script>",
		SiteName: "<img src=x onerror=alert(1)> \u202emoc.live\u202c\u0000",
		Heading:  "Not what it says",
		Text:     "A title and a site name that would run as a script where they are shown as HTML.",
	},
	{
		// What it says of itself for programs stands beside a document that is too
		// long to be read.
		Host:    "structured.test",
		Title:   "Goods for everybody | Welcome",
		Heading: "Goods for everybody",
		Text:    "A site whose name stands in its JSON-LD alone.",
		Data: template.JS(`[{"@type":"WebPage","name":"Welcome"},{"@type":"Organization","name":"Structured Goods Ltd","url":"http://structured.test/"},{"@type":"Article","text":"` +
			strings.Repeat("x", 1<<20) + `"}]`),
	},
	{
		Host:     "linkedin.com",
		Title:    "Acme Corporation | LinkedIn",
		SiteName: "LinkedIn",
		Heading:  "Acme Corporation",
		Text:     "A page about a company on a network that is not the company's own site.",
		Links:    []string{"https://www.linkedin.com/feed/", "http://www.acme.test/"},
	},
	{
		Host:     "de.linkedin.com",
		Title:    "Acme und Globex | LinkedIn",
		SiteName: "LinkedIn",
		Heading:  "Two companies",
		Text:     "A page on a network that links to the sites of two companies.",
		Links:    []string{"http://www.acme.test/", "http://www.globex.test/"},
	},
}

//go:embed site.html style.css
var files embed.FS

var page = template.Must(template.ParseFS(files, "site.html"))

// Handler answers every path of every site with the site's page.
func Handler() http.Handler {
	sites := make(map[string]Site, len(Sites))
	for _, site := range Sites {
		sites[site.Host] = site
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /style.css", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFileFS(w, r, files, "style.css")
	})
	mux.HandleFunc("GET /brochure.pdf", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/pdf")
		_, _ = io.WriteString(w, brochure)
	})
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) {
		site, ok := sites[hostname(r.Host)]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		// A visitor who leaves while the page is written is no error.
		_ = page.Execute(w, site)
	})
	return mux
}

// brochure is one empty page.
const brochure = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
	"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n"

func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.TrimPrefix(strings.ToLower(host), "www.")
}
