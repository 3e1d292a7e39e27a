package apollo

import (
	"bytes"
	"strings"

	"github.com/dealmark/dealmark/internal/wire"
)

// refusal is what Apollo says of a failure. Its text is in error or in message,
// or the whole body is the text.
type refusal struct {
	text string
	code string // error_code
	json bool   // the body was one whole object with a text
	html bool   // the body is a web page
}

func readRefusal(response Response) refusal {
	body := bytes.TrimSpace(response.Body)
	kind := strings.ToLower(response.Header["content-type"])
	if strings.Contains(kind, "html") || len(body) > 0 && body[0] == '<' {
		return refusal{html: true}
	}
	if len(body) == 0 || body[0] != '{' {
		return refusal{text: string(body[:min(len(body), 4*maxText)])}
	}
	var r refusal
	reader := wire.NewReader(body)
	reader.Object(func(name []byte) {
		switch string(name) {
		case "error", "message":
			if said := text(reader); said != "" {
				r.text = said
			}
		case "error_code":
			r.code = text(reader)
		}
	})
	r.json = reader.End() == nil && r.text != ""
	return r
}

// maxText is the longest text of Apollo's that is shown, in characters.
const maxText = 300

// clean makes a text from outside fit to be shown: without the key, on one line,
// without characters that steer the display, and short.
func (c *Client) clean(text string) string {
	var b strings.Builder
	length, space := 0, false
	for _, r := range c.redact(text) {
		if r <= ' ' || r == 0x7f || r == 0x85 || r == 0xa0 || r == 0x2028 || r == 0x2029 {
			space = length > 0
			continue
		}
		if steers(r) {
			continue
		}
		if length >= maxText {
			return b.String() + "…"
		}
		if space {
			b.WriteByte(' ')
			length, space = length+1, false
		}
		b.WriteRune(r)
		length++
	}
	return b.String()
}

// steers says whether r shows nothing but changes how its neighbours show: the
// second block of control characters and the marks of direction and width.
func steers(r rune) bool {
	switch {
	case r >= 0x80 && r <= 0x9f, r == 0xad, r == 0x61c, r >= 0x200b && r <= 0x200f,
		r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f, r == 0xfeff, r >= 0xfff9 && r <= 0xfffb:
		return true
	}
	return false
}
