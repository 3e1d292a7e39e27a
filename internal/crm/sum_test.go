package crm_test

import (
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
)

func TestSum(t *testing.T) {
	const largest = "999999999999999999"
	for name, c := range map[string]struct{ amounts, sum string }{
		"nothing":                  {"", "0"},
		"no amount":                {"- 5 -", "5"},
		"one":                      {"12500.5", "12500.5"},
		"tenths are not binary":    {"0.1 0.2", "0.3"},
		"the smallest":             {"0.000001 -0.000002", "-0.000001"},
		"a carry":                  {"999999999.999999 0.000001", "1000000000"},
		"a loan":                   {"1000000000 -0.5", "999999999.5"},
		"a loan below nought":      {"-1000000000 0.5", "-999999999.5"},
		"across nought":            {"3 -1000000000", "-999999997"},
		"the largest, ten of them": {strings.Repeat(largest+" ", 10), "9999999999999999990"},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.sum, total(t, strings.Fields(c.amounts)).Text())
		})
	}
}

func total(t *testing.T, amounts []string) (sum crm.Sum) {
	t.Helper()
	for _, text := range amounts {
		m, ok := crm.ParseMoney(text)
		require.True(t, ok || text == "-", text)
		sum.Add(m)
	}
	return sum
}

// A hundred thousand amounts of every size and scale, beside package big.
func TestSumIsExact(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	want, sum := new(big.Rat), crm.Sum{}
	for range 100_000 {
		text := new(big.Int).Sub(big.NewInt(random.Int64N(2e18)), big.NewInt(1e18)).String()
		if digits := strings.TrimPrefix(text, "-"); len(digits) > 18 {
			continue
		}
		if scale := random.IntN(7); scale > 0 && len(strings.TrimPrefix(text, "-")) > scale {
			text = text[:len(text)-scale] + "." + text[len(text)-scale:]
		}
		m, ok := crm.ParseMoney(text)
		require.True(t, ok, text)
		exact, _ := new(big.Rat).SetString(text)
		want.Add(want, exact)
		sum.Add(m)
	}
	got, ok := new(big.Rat).SetString(sum.Text())
	require.True(t, ok)
	assert.Zero(t, want.Cmp(got), "%s is not %s", got.FloatString(6), want.FloatString(6))
}

func TestSumCompareAndShare(t *testing.T) {
	order := []string{"-1000000000", "-0.000001", "0", "0.000001", "5", "1000000000.5", "3000000000"}
	for i, a := range order {
		for j, b := range order {
			x, y := total(t, []string{a}), total(t, []string{b})
			assert.Equal(t, max(-1, min(1, i-j)), x.Compare(y), "%s and %s", a, b)
		}
	}
	share := func(a, b string) int { return total(t, []string{a}).Share(total(t, []string{b}), 100) }
	assert.Equal(t, 50, share("2.5", "5"))
	assert.Equal(t, 33, share("1000000000", "3000000000"))
	assert.Equal(t, 100, share("7", "7"))
	for _, none := range [][2]string{{"-1", "5"}, {"5", "0"}, {"0", "0"}, {"-5", "-10"}} {
		assert.Zero(t, share(none[0], none[1]), none)
	}
}
