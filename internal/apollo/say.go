package apollo

import (
	"strconv"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
)

// What happened, in the rep's words; what to do next follows by kind.

func says(message string) func(failure) string {
	return func(failure) string { return message }
}

func (f failure) answered() string {
	return "Apollo answered with a fault (" + strconv.Itoa(f.status) + ")" + f.quoted() + "."
}

func (f failure) limit() string {
	if w := windowNamed(f.text); w != nil {
		return "The team has used up Apollo's requests for this " + w.name + "."
	}
	return "The team has used up Apollo's requests for now."
}

// right names what the key lacks. Apollo's text says so in three ways; where
// it says nothing the operation's own right is the one.
func (f failure) right() string {
	lower := strings.ToLower(f.text)
	switch {
	case strings.Contains(lower, "free plan"), strings.Contains(lower, "paid plan"):
		return "The team's Apollo plan does not include this" + f.quoted() + ". Ask your Apollo admin."
	case f.text == "" || f.code == "API_INACCESSIBLE" || strings.Contains(lower, "api key") || strings.Contains(lower, "api_key"):
		right := rightIn(f.text)
		if right == "" {
			right = f.operation.right
		}
		if right == "" {
			return "The API key lacks a right. Ask your Apollo admin."
		}
		return "The API key lacks the right \"" + right + "\". Ask your Apollo admin to add it to the key."
	}
	return "Apollo refuses this" + f.quoted() + ". Ask your Apollo admin."
}

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

func (f failure) withheld() string {
	return "Apollo does not show this " + f.about + " to the key's user" + f.quoted() + ". Ask your Apollo admin."
}

func (f failure) gone() string {
	return "Apollo has no such " + f.about + " any more. Load the list again."
}

func (f failure) conflict() string {
	return "Somebody else changed this at the same time" + f.quoted() + ". Load it again and look."
}

func (f failure) value() string {
	if !f.writes() && f.operation != accountFindOrCreate {
		return "Apollo refuses the request" + f.quoted() + ". Load the page again and try once more."
	}
	what := "what was entered"
	if field := f.field(); field != "" {
		what = "the " + field.Label()
	}
	return "Apollo refuses " + what + f.quoted() + ". Change it and save again."
}

// quoted is Apollo's own text after a colon, "" if there is none.
func (f failure) quoted() string {
	if f.text == "" {
		return ""
	}
	return ": \"" + strings.TrimRight(f.text, ".") + "\""
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
