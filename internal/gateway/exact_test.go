//go:build !js

package gateway_test

import (
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/gateway"
)

func TestPlain(t *testing.T) {
	for _, text := range []string{"=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1"} {
		assert.Equal(t, "'"+text, gateway.Plain(text))
	}
	for _, text := range []string{"", "dana", "a=b", "1-2"} {
		assert.Equal(t, text, gateway.Plain(text))
	}
}

// Sums of any amounts are exact, and the sums of the parts stay below 2^53 for a
// million of the largest.
func TestTotalsAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var billions, units, millionths int64
		want := new(big.Rat)
		for _, text := range rapid.SliceOfN(rapid.StringMatching(`-?[0-9]{1,12}(\.[0-9]{1,6})?`), 0, 30).Draw(t, "amounts") {
			m, ok := crm.ParseMoney(text)
			require.True(t, ok, text)
			b, u, x := gateway.Parts(m)
			billions, units, millionths = billions+b, units+u, millionths+x
			amount, _ := new(big.Rat).SetString(text)
			want.Add(want, amount)
			for _, part := range []int64{b, u, x} {
				assert.Less(t, max(part, -part)*1_000_000, int64(1)<<53)
			}
		}
		got, ok := new(big.Rat).SetString(gateway.Total(billions, units, millionths))
		require.True(t, ok)
		assert.Zero(t, want.Cmp(got))
	})
	largest, ok := crm.ParseMoney("-" + strings.Repeat("9", 18))
	require.True(t, ok)
	assert.Equal(t, "-999999999999999999", gateway.Total(gateway.Parts(largest)))
	assert.Equal(t, "-0.000001", gateway.Total(0, 0, -1))
	assert.Equal(t, "0", gateway.Total(0, 0, 0))
}

func TestTokenForm(t *testing.T) {
	token, err := gateway.NewToken(strings.NewReader(strings.Repeat("\x00", 20)))
	require.NoError(t, err)
	text := string(token)
	assert.Regexp(t, `^dmk_[a-z2-7]{32}[0-9A-Za-z]{6}$`, text)
	assert.True(t, gateway.IsToken(text))
	for i := range text { // one sign changed is no token
		changed := text[:i] + "7" + text[i+1:]
		assert.Equal(t, changed == text, gateway.IsToken(changed), changed)
	}
	_, err = gateway.NewToken(strings.NewReader("too short"))
	assert.Error(t, err)
	assert.NotContains(t, token.String(), text)
}
