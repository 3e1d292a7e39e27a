package apollo

import (
	"errors"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
)

var errCrossed = errors.New("the answer belongs to another request")

// differences lists the fields whose stored text is not the one that was sent.
// Apollo answers 200 also where it left an amount blank or a stage as it was.
func differences(sent, stored crm.Values, fields []crm.Field) []crm.Difference {
	var list []crm.Difference
	for _, f := range fields {
		if want, got := sent.Text(f), stored.Text(f); want != got {
			list = append(list, crm.Difference{Field: f, Sent: want, Stored: got})
		}
	}
	return list
}

// shortestCut is the length from which on a stored name may be one that Apollo
// cut; how long a name may be is not documented.
const shortestCut = 64

// sameName says whether stored can be what Apollo made of the name sent: white
// space may have been tidied, a long name cut, a name blanked. Any other name
// means that the answer is about another opportunity.
func sameName(sent, stored string) bool {
	sent, stored = strings.Join(strings.Fields(sent), " "), strings.Join(strings.Fields(stored), " ")
	return stored == sent || stored == "" || len(stored) >= shortestCut && strings.HasPrefix(sent, stored)
}

// unsent completes an error that was found before anything was sent.
func unsent(op *operation, err error) error {
	found := *crm.AsError(err)
	found.Op = op.name
	return &found
}
