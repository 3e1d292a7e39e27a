package site_test

import (
	"fmt"

	"golang.org/x/net/idna"

	"github.com/dealmark/dealmark/internal/site"
)

func ExampleRecognize() {
	page := site.Page{URL: "https://shop.bücher.example/cart", SiteName: "Bücher\n& Söhne "}
	company := site.Recognize(page, idna.Lookup.ToASCII)
	fmt.Println(company.Domain)
	fmt.Println(company.Unicode)
	fmt.Println(company.Name)
	// Output:
	// xn--bcher-kva.example
	// bücher.example
	// Bücher & Söhne
}

// A network's page leads to a company by its one link to a company's site.
func ExampleRecognize_network() {
	page := site.Page{
		URL:      "https://www.linkedin.com/company/acme",
		SiteName: "LinkedIn",
		Links: []site.Link{
			{URL: "https://www.linkedin.com/redir/redirect?url=https%3A%2F%2Fwww.acme.co.uk%2Fabout"},
			{URL: "https://www.facebook.com/acme"},
		},
	}
	company := site.Recognize(page, nil)
	fmt.Println(company.Domain, company.FromLink, company.Name)
	// Output: acme.co.uk true Acme
}

func ExampleParseDomain() {
	for _, text := range []string{" Acme.com ", "https://shop.acme.co.uk/x", "jo@acme.com", "github.io", "jo@gmail.com"} {
		company := site.ParseDomain(text, nil)
		fmt.Printf("%q %q\n", company.Domain, company.Reason)
	}
	// Output:
	// "acme.com" ""
	// "acme.co.uk" ""
	// "acme.com" ""
	// "" "public_suffix"
	// "" "network"
}

func ExampleReason_Sentence() {
	company := site.Recognize(site.Page{URL: "http://192.168.1.1/"}, nil)
	fmt.Println(company.Reason.Sentence())
	// Output: This address is a number, which names no company. Type the company's domain, for example acme.com.
}
