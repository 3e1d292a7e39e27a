//go:build !js

package site_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/site"
)

// Pages of networks as they are built. The first line of each says its address,
// its company or the reason with the candidates, and the name. The browser tests read the
// same pages with extension/page.js.
func TestPagesOfNetworks(t *testing.T) {
	files, err := filepath.Glob("testdata/networks/*.html")
	require.NoError(t, err)
	require.Greater(t, len(files), 15)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			first, _, _ := strings.Cut(string(text), "\n")
			said := strings.Split(strings.TrimSuffix(strings.TrimPrefix(first, "<!-- "), " -->"), " | ")
			require.Len(t, said, 3)
			page := readPage(t, said[0], string(text))
			got := site.Recognize(page, toASCII)
			assertSound(t, got)
			if reason, ok := strings.CutPrefix(said[1], "!"); ok {
				words := strings.Fields(reason)
				assert.Equal(t, site.Reason(words[0]), got.Reason)
				var several []crm.Domain
				for _, word := range words[1:] {
					several = append(several, crm.Domain(word))
				}
				assert.Equal(t, several, got.Candidates)
				return
			}
			assert.Equal(t, crm.Domain(said[1]), got.Domain, "%+v", got)
			assert.Equal(t, strings.TrimSpace(said[2]), got.Name)
			assert.True(t, got.FromLink)
		})
	}
}

// readPage reads what extension/page.js does.
func readPage(t *testing.T, url, text string) site.Page {
	root, err := html.Parse(strings.NewReader(text))
	require.NoError(t, err)
	page := site.Page{URL: url}
	for n := range root.Descendants() {
		switch n.Data {
		case "title":
			page.Title = textOf(n)
		case "meta":
			if attribute(n, "property") == "og:site_name" {
				page.SiteName = attribute(n, "content")
			}
		case "script":
			page.Data = append(page.Data, textOf(n))
		case "a":
			label := attribute(n, "aria-label")
			if label == "" {
				label = strings.Join(strings.Fields(textOf(n)), " ")
			}
			page.Links = append(page.Links, site.Link{URL: attribute(n, "href"), Text: label})
		}
	}
	return page
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
