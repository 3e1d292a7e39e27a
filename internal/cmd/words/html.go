//go:build !js

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/net/html"
)

// collectHTML gives the texts of a page, as extension/page-words.js takes them. A
// page that does not load that module would stay English: that is an error.
func collectHTML(path string) (all []text, err error) {
	source, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	page, err := html.Parse(strings.NewReader(string(source)))
	if err != nil {
		return nil, err
	}
	where := "extension/" + filepath.Base(path)
	add := func(said string) {
		if said = strings.Join(strings.Fields(said), " "); said != "" {
			all = append(all, text{english: said, where: where})
		}
	}
	speaks := false
	var walk func(n *html.Node, shown bool)
	walk = func(n *html.Node, shown bool) {
		if n.Type == html.ElementNode {
			if n.Data == "script" {
				module, err := os.ReadFile(filepath.Join(filepath.Dir(path), attribute(n, "src")))
				speaks = speaks || err == nil && strings.Contains(string(module), `"./page-words.js"`)
				return
			}
			if attribute(n, "translate") == "no" || n.Data == "style" {
				return
			}
			shown = shown || n.Data == "title" || n.Data == "body"
			if shown {
				for _, name := range []string{"title", "aria-label", "placeholder"} {
					add(attribute(n, name))
				}
				add(ownText(n))
			}
		}
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			walk(child, shown)
		}
	}
	walk(page, false)
	if len(all) > 0 && !speaks {
		return nil, fmt.Errorf("%s: none of its scripts imports page-words.js, so it would stay English", where)
	}
	return all, nil
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// ownText is what stands in an element itself, with {0}, {1} for the elements in
// it; "" if there is nothing but these.
func ownText(n *html.Node) string {
	var said strings.Builder
	inner, own := 0, false
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		switch child.Type {
		case html.TextNode:
			said.WriteString(child.Data)
			own = own || strings.TrimSpace(child.Data) != ""
		case html.ElementNode:
			fmt.Fprintf(&said, "{%d}", inner)
			inner++
		}
	}
	if !own {
		return ""
	}
	return said.String()
}
