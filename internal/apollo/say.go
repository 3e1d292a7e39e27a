package apollo

import (
	"strconv"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
)

// message is what happened, in the rep's words; what to do next follows by kind.
type message struct {
	text  crm.English
	parts []string
}

func says(text crm.English) func(failure) message {
	return func(failure) message { return message{text: text} }
}

// quoting adds Apollo's own text, and what to do.
func (f failure) quoting(what, then crm.English) message {
	if f.text == "" {
		return message{text: what + then}
	}
	return message{what + ` It says: “{0}”.` + then, []string{strings.TrimRight(f.text, ".")}}
}

func (f failure) answered() message {
	m := f.quoting("Apollo answered with a fault ({1}).", "")
	m.parts = []string{strings.TrimRight(f.text, "."), strconv.Itoa(f.status)}
	return m
}

func (f failure) limit() message {
	if w := windowNamed(f.text); w != nil {
		return message{text: w.used}
	}
	return message{text: usedUp}
}

const usedUp crm.English = "The team has used up Apollo's requests for now."

// right names what the key lacks. Apollo's text says so in three ways; where
// it says nothing the operation's own right is the one.
func (f failure) right() message {
	lower := strings.ToLower(f.text)
	switch {
	case strings.Contains(lower, "free plan"), strings.Contains(lower, "paid plan"):
		return f.quoting("The team's Apollo plan does not include this.", askAdmin)
	case f.text == "" || f.code == "API_INACCESSIBLE" || strings.Contains(lower, "api key") || strings.Contains(lower, "api_key"):
		right := rightIn(f.text)
		if right == "" {
			right = f.operation.right
		}
		if right == "" {
			return message{text: "The API key lacks a right." + askAdmin}
		}
		return message{`The API key lacks the right “{0}”. Ask your Apollo admin to add it to the key.`, []string{right}}
	}
	return f.quoting("Apollo refuses this.", askAdmin)
}

const askAdmin crm.English = " Ask your Apollo admin."

// rightIn finds the name of the right in Apollo's text: "… not authorized to
// access NAME. Request …", "NAME is not accessible with …".
func rightIn(text string) string {
	for _, word := range strings.Fields(text) {
		word = strings.TrimRight(word, ".,;:")
		if strings.Contains(word, "api/v1/") && strings.Trim(word, "abcdefghijklmnopqrstuvwxyz0123456789_-/") == "" {
			return word
		}
	}
	return ""
}

func (f failure) withheld() message {
	return f.quoting("Apollo does not show this to the key's user.", askAdmin)
}

func (f failure) missing() message {
	return message{text: f.gone + " Load the list again."}
}

func (f failure) conflict() message {
	return f.quoting("Somebody else changed this at the same time.", " Load it again and look.")
}

func (f failure) value() message {
	if !f.writes() && f.operation != accountFindOrCreate {
		return f.quoting("Apollo refuses the request.", " Load the page again and try once more.")
	}
	return f.quoting(refuses(f.field()), " Change it and save again.")
}

func refuses(f crm.Field) crm.English {
	switch f {
	case crm.FieldName:
		return "Apollo refuses the name."
	case crm.FieldAmount:
		return "Apollo refuses the amount."
	case crm.FieldStage:
		return "Apollo refuses the stage."
	case crm.FieldCloseDate:
		return "Apollo refuses the close date."
	case crm.FieldOwner:
		return "Apollo refuses the owner."
	case crm.FieldAccount:
		return "Apollo refuses the account."
	}
	return "Apollo refuses what was entered."
}

// field finds the field that a refusal concerns, "" if it names none. An id that
// is not valid is echoed; other texts name the field in words.
func (f failure) field() crm.Field {
	if before, _, found := strings.Cut(f.text, " is not a valid ID"); found {
		for _, sent := range f.sent {
			if sent.id != "" && strings.HasSuffix(" "+before, " "+sent.id) {
				return sent.field
			}
		}
		return fieldNamed(before[strings.LastIndexByte(before, ' ')+1:])
	}
	if f.writes() || f.operation == accountFindOrCreate {
		return fieldNamed(f.text)
	}
	return ""
}

// fieldWords are the words for fields in Apollo's texts, and the names of its
// parameters. The first that fits holds: "account name" is about the account.
var fieldWords = [...]struct {
	word  string
	field crm.Field
}{
	{"amount", crm.FieldAmount},
	{"stage", crm.FieldStage},
	{"closed_date", crm.FieldCloseDate},
	{"close date", crm.FieldCloseDate},
	{"closed date", crm.FieldCloseDate},
	{"date", crm.FieldCloseDate},
	{"owner", crm.FieldOwner},
	{"user", crm.FieldOwner},
	{"account", crm.FieldAccount},
	{"organization", crm.FieldAccount},
	{"domain", crm.FieldAccount},
	{"name", crm.FieldName},
}

func fieldNamed(text string) crm.Field {
	lower := strings.ToLower(text)
	for _, w := range fieldWords {
		if begins(lower, w.word) {
			return w.field
		}
	}
	return ""
}

// begins says whether a word of text begins with what is given: "updated" holds
// no "date".
func begins(text, with string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], with)
		if i < 0 {
			return false
		}
		if at += i; at == 0 || text[at-1] < 'a' || text[at-1] > 'z' {
			return true
		}
		at += len(with)
	}
}
