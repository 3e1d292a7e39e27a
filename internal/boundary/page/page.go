// Package page reads the document in which JavaScript describes the page that the
// rep is on. It does not know what is made of it.
package page

import (
	"github.com/dealmark/dealmark/internal/site"
	"github.com/dealmark/dealmark/internal/wire"
)

// Read reads the document of the page that the rep is on.
func Read(r *wire.Reader) (page site.Page) {
	r.Object(func(name []byte) {
		switch string(name) {
		case "url":
			page.URL = r.String()
		case "title":
			page.Title = r.String()
		case "siteName":
			page.SiteName = r.String()
		case "links":
			r.Array(func() { page.Links = append(page.Links, readLink(r)) })
		case "data":
			r.Array(func() { page.Data = append(page.Data, r.String()) })
		}
	})
	return page
}

func readLink(r *wire.Reader) (link site.Link) {
	r.Object(func(name []byte) {
		switch string(name) {
		case "url":
			link.URL = r.String()
		case "text":
			link.Text = r.String()
		}
	})
	return link
}
