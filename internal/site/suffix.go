package site

import (
	_ "embed"
	"strings"
)

//go:generate go run ../cmd/suffixes

// suffixTable is a comment line and the rules of https://publicsuffix.org/list/
// in byte order: "co.uk", the wildcard "*.ck", the exception "!www.ck". It is
// searched as it lies, so that a click pays neither for parsing nor for an index.
//
//go:embed suffixes.txt
var suffixTable string

// publicSuffix is the part of a lower case ASCII host without a trailing dot
// under which anyone may register a name, or the host itself if it is one.
// A host that no rule matches has its last label: the list's default rule "*".
func publicSuffix(host string) string {
	for name := host; ; {
		dot := strings.IndexByte(name, '.')
		if dot < 0 {
			return name
		}
		parent := name[dot+1:]
		switch {
		case listed("!", name):
			return parent
		case listed("", name), listed("*.", parent):
			return name
		}
		name = parent
	}
}

// registrable is the public suffix of host with one label before it, and ""
// where there is no such label.
func registrable(host string) string {
	above := len(host) - len(publicSuffix(host)) - 1
	if above < 0 {
		return ""
	}
	return host[strings.LastIndexByte(host[:above], '.')+1:]
}

// listed says whether the rule mark+name is in the table: a binary search over
// the text by byte offset, each probe backing up to the start of its line.
func listed(mark, name string) bool {
	low, high := strings.IndexByte(suffixTable, '\n')+1, len(suffixTable)
	for low < high {
		probe := low + (high-low)/2
		start := low + strings.LastIndexByte(suffixTable[low:probe], '\n') + 1
		end := start + strings.IndexByte(suffixTable[start:], '\n')
		order := compareJoined(suffixTable[start:end], mark, name)
		switch {
		case order < 0:
			low = end + 1
		case order > 0:
			high = start
		default:
			return true
		}
	}
	return false
}

// compareJoined is strings.Compare(line, mark+name) without making mark+name.
func compareJoined(line, mark, name string) int {
	cut := min(len(line), len(mark))
	if order := strings.Compare(line[:cut], mark); order != 0 {
		return order
	}
	return strings.Compare(line[cut:], name)
}
