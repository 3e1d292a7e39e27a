package crm

// Domain is a company's registrable domain: the public suffix and one label
// before it, lower case, in ASCII (IDNA A-labels), without a trailing dot.
// The empty Domain means that none is known. Package site makes them.
type Domain string

// Label is the part of the domain that names the company: "acme" of
// "acme.co.uk". It is empty only for the empty Domain.
func (d Domain) Label() string {
	for i := range len(d) {
		if d[i] == '.' {
			return string(d[:i])
		}
	}
	return string(d)
}
