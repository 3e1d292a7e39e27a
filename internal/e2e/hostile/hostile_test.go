package hostile_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/e2e/hostile"
)

func TestTextsAreAllThatTheyShouldBe(t *testing.T) {
	seen := map[string]bool{}
	long, broken := 0, 0
	text, again, another := hostile.Texts(1), hostile.Texts(1), hostile.Texts(2)
	others := 0
	for range 100_000 {
		made := text()
		require.Equal(t, made, again(), "the seed alone says which")
		require.NotEmpty(t, made)
		if made != another() {
			others++
		}
		if len(made) >= hostile.Long {
			long++
			continue
		}
		if !utf8.ValidString(made) {
			broken++
		}
		seen[made] = true
	}
	assert.Equal(t, 5, long)
	assert.Greater(t, broken, 1000)
	assert.Greater(t, len(seen), 70_000)
	assert.Greater(t, others, 90_000)
	all := strings.Builder{}
	for text := range seen {
		all.WriteString(text)
	}
	for _, list := range [][]string{hostile.Markup, hostile.Tricks, hostile.Characters} {
		for _, part := range list {
			assert.Contains(t, all.String(), part)
		}
	}
}

func TestJSONHasHalfOfAPair(t *testing.T) {
	for _, text := range []string{"", "plain", `"\` + "\x00\u202e", "🏴‍☠️"} {
		quoted := hostile.JSON(text)
		assert.True(t, strings.HasPrefix(quoted, `"\ud83d`))
		var read string
		require.NoError(t, json.Unmarshal([]byte(quoted), &read))
		assert.Equal(t, "\ufffd"+text, read)
	}
}
