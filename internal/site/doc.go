// Package site says which company a web page belongs to: a page's address,
// site name and outgoing links go in; the company's registrable domain comes
// out, or the reason why there is none.
//
// Addresses are read as a browser reads them (https://url.spec.whatwg.org/),
// so that what the address bar shows as a user name, a port or a path never
// becomes a company. Suffixes are those of https://publicsuffix.org/, both the
// ICANN and the private section.
//
// It refuses to know the browser, the network and the CRM: it asks no server
// whether a domain exists, and whether a company is in Apollo is not its matter.
package site
