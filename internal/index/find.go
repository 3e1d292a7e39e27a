package index

import (
	"context"
	"strings"

	"github.com/dealmark/dealmark/internal/crm"
)

// Find gives at most n accounts of the companies that were opened before whose
// name or domain holds text, whatever the case. The index has no order by name:
// it reads all its domains, which only a rep who searches pays for.
func (x *Index) Find(ctx context.Context, text string, n int) (found []crm.Account, err error) {
	text = strings.ToLower(strings.TrimSpace(text))
	records, err := x.store.List(ctx, "domain/")
	if err != nil || text == "" {
		return nil, err
	}
	for _, record := range records {
		domain := crm.Domain(strings.TrimPrefix(record.Key, "domain/"))
		for _, a := range decodeCompany(record.Value).Accounts {
			if len(found) < n && (strings.Contains(strings.ToLower(a.Name), text) || strings.Contains(string(domain), text)) {
				a.Domain = domain // as package site writes it
				found = append(found, a)
			}
		}
	}
	return found, nil
}
