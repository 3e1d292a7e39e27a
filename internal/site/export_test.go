package site

// What the tests look at from inside: the table's look-up beside the reference
// implementation's, Punycode beside RFC 3492's samples, and the tables' text.
var (
	PublicSuffixOf  = publicSuffix
	Registrable     = registrable
	DecodePunycode  = decodePunycode
	EncodePunycode  = encodePunycode
	SuffixTableText = suffixTable
	NetworksText    = networkTable
)
