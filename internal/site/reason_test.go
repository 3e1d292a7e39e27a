package site_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/dealmark/dealmark/internal/site"
)

var reasons = []site.Reason{
	site.NoPage, site.Scheme, site.IPAddress, site.SingleLabel, site.PrivateName, site.PublicSuffix, site.Invalid, site.Network, site.SeveralLinks,
}

func TestEveryReasonSaysWhatToDoNext(t *testing.T) {
	seen := map[string]bool{}
	for _, reason := range reasons {
		sentence := string(reason.Sentence())
		assert.Contains(t, strings.ToLower(sentence), "type ", reason)
		assert.Contains(t, sentence, "domain", reason)
		assert.True(t, strings.HasSuffix(sentence, "."), reason)
		assert.False(t, seen[sentence], reason)
		seen[sentence] = true
	}
	assert.Empty(t, site.Reason("").Sentence())
	assert.Empty(t, site.Reason("BANANA").Sentence())
}
