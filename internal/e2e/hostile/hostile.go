// Package hostile makes texts that would be markup, a script or a trick wherever
// they are not shown as texts. They follow from a seed alone.
package hostile

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"unicode/utf16"
)

// Long is how long the longest texts are at least, in bytes.
const Long = 1 << 20

// Markup are texts that would run as a script where they are shown as markup: it
// would set globalThis.ran.
var Markup = []string{
	`<img src=x onerror="globalThis.ran = 1">`,
	`<script>globalThis.ran = 1</script>`,
	`"><svg onload=globalThis.ran=1>`,
	`'><iframe srcdoc="<script>parent.ran=1</script>">`,
	`" autofocus onfocus="globalThis.ran=1" x="`,
	`</title></select></textarea></li><h1>big</h1>`,
	`<!--><img src=x onerror=globalThis.ran=1>-->`,
	`]]><x:script xmlns:x="http://www.w3.org/1999/xhtml">globalThis.ran=1</x:script>`,
	`<math><mtext><table><mglyph><style><img src=x onerror=globalThis.ran=1>`,
	`<template><form><input name=innerHTML></form></template>`,
	`&lt;img src=x onerror=globalThis.ran=1&gt; &#60;b&#62; &amp;`,
	`<a href="javascript:globalThis.ran=1">x</a>`,
	`<base href="https://evil.example/"><link rel=stylesheet href=//evil.example/x.css>`,
}

// Tricks are texts that a program may take for something else than a text.
var Tricks = []string{
	`javascript:globalThis.ran=1`, "java\tscript:globalThis.ran=1", ` data:text/html,<script>globalThis.ran=1</script>`, `//evil.example/`, `vbscript:x`, `blob:null/1`,
	"${globalThis.ran = 1}", "{{constructor.constructor('globalThis.ran=1')()}}", "{0}", "{1} {0} {99} {", "%s %d %n", "$1 $& $`", `\u003cb\u003e`, `\0 \x3c`,
	`__proto__`, `constructor`, `prototype`, `toString`, `hasOwnProperty`, `valueOf`, `{"__proto__":{"polluted":1}}`, `then`, `length`, `name`, `form`, `innerHTML`,
	`=HYPERLINK("https://evil.example/","x")`, `+cmd|' /C calc'!A0`, `@SUM(1+1)`, `-2+3`, `';DROP TABLE opportunities;--`, `../../etc/passwd`, `#form`, `[data-action=view]`, `*`,
	"null", "undefined", "NaN", "true", "0", "-0", "1e309", "[object Object]", `"`, `'`, "`", `\`, "<", ">", "&", "&#0;", " ",
}

// Characters are those that do something to a text, or to a screen.
var Characters = []string{
	"\u202e", "\u202d", "\u2066", "\u2067", "\u2069", "\u200e", "\u061c", // direction
	"\x00", "\x01", "\x07", "\b", "\x7f", "\u0085", "\u2028", "\u2029", "\r\n", "\r", "\n", "\t", "\v", "\f", // controls
	"\x1b[31m", "\x1b]0;title\x07", "\x1b[2J", // a terminal's
	"\u200b", "\u200d", "\ufeff", "\u00ad", "\u3164", "\U000e0001", "\ufffe", "\uffff", "\U0010ffff", // not seen
	"a" + strings.Repeat("\u0301\u0489\u0300", 30), "\u0e4a\u0e4a\u0e4a", // towers
	"\xff", "\xc0\xbc", "\xed\xa0\x80", "\xf4\x90\x80\x80", // no UTF-8: the third would be half of a pair
	"аpple", "e\u0301", "é", "ﷺ", "🏴‍☠️", "👩‍👩‍👧‍👦",
}

// Texts gives a text at each call. One in 20,000 is of Long bytes. None begins with
// U+FEFF, which decoders of UTF-8 leave out.
func Texts(seed uint64) func() string {
	from := rand.New(rand.NewPCG(seed, 0))
	made := 0
	part := func() string {
		switch from.IntN(6) {
		case 0:
			return Markup[from.IntN(len(Markup))]
		case 1:
			return Tricks[from.IntN(len(Tricks))]
		case 2:
			return string(rune(from.IntN(0x500)))
		case 3:
			return "Acme rollout " + strconv.Itoa(from.IntN(100))
		}
		return Characters[from.IntN(len(Characters))]
	}
	return func() string {
		made++
		var text strings.Builder
		for range 1 + from.IntN(4) {
			text.WriteString(part())
		}
		if made%20_000 == 10_000 {
			whole := text.String()
			text.WriteString(strings.Repeat(whole, Long/len(whole)))
		}
		if strings.HasPrefix(text.String(), "\ufeff") {
			return "\u200b" + text.String()
		}
		return text.String()
	}
}

// JSON writes texts as JSON has them, with half of a surrogate pair before each,
// which no Go text can hold.
func JSON(text string) string {
	var quoted strings.Builder
	quoted.WriteString(`"\ud83d`)
	for _, unit := range utf16.Encode([]rune(text)) {
		hex := strconv.FormatUint(uint64(unit), 16)
		quoted.WriteString(`\u` + strings.Repeat("0", 4-len(hex)) + hex)
	}
	quoted.WriteByte('"')
	return quoted.String()
}
