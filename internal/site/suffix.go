package site

import (
	_ "embed"
	"strings"
)

//go:generate go run ../cmd/suffixes

// suffixTable holds the rules of https://publicsuffix.org/list/: after a comment,
// a line for each parent of a rule, with the labels that a rule puts before it.
// "ck * www!" stands for the wildcard *.ck and its exception !www.ck, and
// "uk ac co" for ac.uk and co.uk. Lines and labels are in byte order. Rules of one label
// are left out: they say what the list's default rule says of any last label.
//
// It is searched as it lies, so that a click pays neither for parsing nor for
// an index.
//
//go:embed suffixes.txt
var suffixTable string

// suffixLines says where each line of suffixTable begins, in three bytes, the
// highest first: a few lines are long, and are not to be walked through.
//
//go:embed suffixes.lines
var suffixLines string

// publicSuffix is the part of a lower case ASCII host without a trailing dot
// under which anyone may register a name, or the host itself if it is one.
// A host that no rule matches has its last label: the list's default rule "*".
func publicSuffix(host string) string {
	for name := host; ; {
		label, parent, found := strings.Cut(name, ".")
		if !found {
			return name
		}
		if labels := labelsBefore(parent); labels != "" {
			switch rule := search(labels, ' ', label); {
			case strings.HasSuffix(rule, "!"):
				return parent
			case rule != "", search(labels, ' ', "*") != "":
				return name
			}
		}
		name = parent
	}
}

// labelsBefore are the labels that rules put before a parent, "" if there is none.
func labelsBefore(parent string) string {
	begin := func(n int) int { // of a line, or the end of the last one and of its line break
		if 3*n >= len(suffixLines) {
			return len(suffixTable) + 1
		}
		at := suffixLines[3*n:]
		return int(at[0])<<16 | int(at[1])<<8 | int(at[2])
	}
	for low, high := 0, len(suffixLines)/3; low < high; {
		probe := low + (high-low)/2
		line := suffixTable[begin(probe):]
		switch order := strings.Compare(head(line), parent); {
		case order < 0:
			low = probe + 1
		case order > 0:
			high = probe
		default:
			return suffixTable[begin(probe)+len(parent)+1 : begin(probe+1)-1]
		}
	}
	return ""
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

// search finds the item that begins with name among the sorted items of text,
// "" if there is none: a binary search by byte offset, each probe backing up to
// the start of its item.
func search(text string, separator byte, name string) string {
	low, high := 0, len(text)
	for low < high {
		probe := low + (high-low)/2
		start := low + strings.LastIndexByte(text[low:probe], separator) + 1
		end := high
		if length := strings.IndexByte(text[start:high], separator); length >= 0 {
			end = start + length
		}
		switch order := strings.Compare(head(text[start:end]), name); {
		case order < 0:
			low = end + 1
		case order > 0:
			high = start
		default:
			return text[start:end]
		}
	}
	return ""
}

// head is the name at the beginning of an item.
func head(item string) string {
	for i := range len(item) {
		if item[i] == ' ' || item[i] == '!' {
			return item[:i]
		}
	}
	return item
}
