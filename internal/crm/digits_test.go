package crm_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/dealmark/dealmark/internal/crm"
)

func TestParseDigits(t *testing.T) {
	for text, want := range map[string]int64{
		"0": 0, "7": 7, "007": 7, "999999999999999999": 999999999999999999, "0000000000000000000000000000001": 1,
	} {
		n, ok := crm.ParseDigits(text)
		assert.True(t, ok, text)
		assert.Equal(t, want, n, text)
	}
	for _, text := range []string{"", "-1", "+1", " 1", "1 ", "1_0", "0x1", "1e1", "\u0661", "1000000000000000000", "99999999999999999999"} {
		n, ok := crm.ParseDigits(text)
		assert.False(t, ok, text)
		assert.Zero(t, n, text)
	}
}
