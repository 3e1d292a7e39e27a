package site_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/idna"

	"github.com/dealmark/dealmark/internal/site"
)

// The samples of RFC 3492 section 7.1 that fit in a label, in lower case.
func TestPunycodeSamples(t *testing.T) {
	for name, c := range map[string]struct{ text, encoded string }{
		"Arabic":      {"ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"},
		"Chinese":     {"他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"},
		"Czech":       {"pročprostěnemluvíčesky", "proprostnemluvesky-uyb24dma41a"},
		"Hebrew":      {"למההםפשוטלאמדבריםעברית", "4dbcagdahymbxekheh6e0a7fei0b"},
		"Hindi":       {"यहलोगहिन्दीक्योंनहींबोलसकतेहैं", "i1baa7eci9glrd9b2ae1bj0hfcgg6iyaf8o0a1dig0cd"},
		"Japanese":    {"なぜみんな日本語を話してくれないのか", "n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa"},
		"Spanish":     {"porquénopuedensimplementehablarenespañol", "porqunopuedensimplementehablarenespaol-fmd56a"},
		"Vietnamese":  {"tạisaohọkhôngthểchỉnóitiếngviệt", "tisaohkhngthchnitingvit-kjcr8268qyxafd2f1b9g"},
		"digit first": {"3年b組金八先生", "3b-ww4c5e180e575a65lsy2b"},
		"hyphens":     {"hello-another-way-それぞれの場所", "hello-another-way--fc4qua05auwb3674vfr0b"},
	} {
		t.Run(name, func(t *testing.T) {
			text, ok := site.DecodePunycode(c.encoded)
			require.True(t, ok)
			assert.Equal(t, c.text, string(text))
			assert.Equal(t, c.encoded, site.EncodePunycode([]rune(c.text)))
		})
	}
}

func TestPunycodeAsTheReferenceHasIt(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	tops := []int{0x7F, 0xFF, 0x7FF, 0xFFFF, utf8.MaxRune}
	for range 5_000 {
		text := []rune{rune(0x80 + r.IntN(0x700))}
		for range r.IntN(20) {
			c := rune('a' + r.IntN(26))
			if top := tops[r.IntN(len(tops))]; top > 0x7F {
				c = rune(0x80 + r.IntN(top-0x80))
			}
			if utf8.ValidRune(c) {
				text = append(text, c)
			}
		}
		want, err := idna.Punycode.ToASCII(string(text))
		if err != nil || !strings.HasPrefix(want, "xn--") {
			continue
		}
		encoded := want[len("xn--"):]
		require.Equal(t, encoded, site.EncodePunycode(text), "%q", string(text))
		if len(want) > 63 {
			continue
		}
		decoded, ok := site.DecodePunycode(encoded)
		require.True(t, ok, encoded)
		require.Equal(t, string(text), string(decoded), encoded)
	}
}

func FuzzPunycode(f *testing.F) {
	for _, seed := range []string{"bcher-kva", "", "-", "--", "a", "99999999999", strings.Repeat("9", 59), strings.Repeat("a", 59)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, encoded string) {
		if len(encoded) > 59 || !isASCII(encoded) {
			t.Skip("not the rest of a label")
		}
		text, ok := site.DecodePunycode(encoded)
		if !ok {
			return
		}
		again, ok := site.DecodePunycode(site.EncodePunycode(text))
		require.True(t, ok)
		require.Equal(t, text, again)
	})
}

func isASCII(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}
