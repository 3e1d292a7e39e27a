package settings

import (
	"strings"

	"github.com/dealmark/dealmark/internal/words"
)

// Letter is a message to the team's Apollo admin that names the rights which the
// key lacks, and how they are given; "" if it lacks none. It holds nothing of the
// key.
//
// https://docs.apollo.io/docs/create-api-key
func (r Report) Letter(in words.Words) string {
	var missing []string
	for _, result := range r.Results {
		if result.Missing {
			missing = append(missing, "- "+result.Right+"  ("+result.Name+": "+result.Purpose+")")
		}
	}
	if missing == nil {
		return ""
	}
	return strings.Join([]string{
		in.Say("Hello,"),
		in.Say("I use Dealmark, a browser extension, to see and to save our opportunities in Apollo. My API key lacks what is listed here:"),
		strings.Join(missing, "\n"),
		in.Say("As an Apollo admin you give these in Apollo under Settings, Integrations, API, API keys (developer.apollo.io/#/keys): open the key, or create a new one, and choose these endpoints beside those that it has. Please leave “Set as master key” off: Dealmark needs no more than this."),
		in.Say("If you make a new key, send it to me by a password manager or in person, not by e-mail. Thank you."),
	}, "\n\n") + "\n"
}
