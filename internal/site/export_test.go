package site

import _ "embed"

// What the tests look at from inside: the table's look-up beside the reference
// implementation's, Punycode beside RFC 3492's samples, and the tables' text.
var (
	PublicSuffixOf  = publicSuffix
	Registrable     = registrable
	DecodePunycode  = decodePunycode
	EncodePunycode  = encodePunycode
	NetworkOf       = networkOf
	Belongs         = belongs
	SuffixTableText = suffixTable
)

// NetworksText is what networkTable is made of.
//
//go:embed networks.txt
var NetworksText string

// NetworkTableText is what is searched.
var NetworkTableText = networkTable
