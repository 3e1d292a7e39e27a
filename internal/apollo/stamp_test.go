package apollo_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/dealmark/dealmark/internal/apollo"
)

func TestTimestampAsTimeReadsIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.UnixMilli(rapid.Int64Range(-1e12, 4e12).Draw(t, "milliseconds"))
		zone := time.FixedZone("", 60*rapid.IntRange(-12*60, 14*60).Draw(t, "minutes"))
		layout := rapid.SampledFrom([]string{time.RFC3339Nano, "2006-01-02T15:04:05.000Z07:00", time.RFC3339}).Draw(t, "layout")
		text := at.In(zone).Format(layout)
		want, err := time.Parse(time.RFC3339Nano, text)
		require.NoError(t, err)
		got, ok := apollo.Timestamp(text)
		require.True(t, ok, text)
		assert.True(t, want.Equal(got), "%s is %s, not %s", text, want, got)
	})
}

func TestHTTPDateAsTimeReadsIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(0, 3e9).Draw(t, "seconds"), 0).UTC()
		layout := rapid.SampledFrom([]string{"Mon, 02 Jan 2006 15:04:05 GMT", "Monday, 02-Jan-06 15:04:05 GMT", time.ANSIC}).Draw(t, "layout")
		text := at.Format(layout)
		want, err := time.Parse(layout, text)
		require.NoError(t, err)
		got, ok := apollo.HTTPDate(text)
		require.True(t, ok, text)
		assert.True(t, want.Equal(got), "%s is %s, not %s", text, want, got)
	})
}

func TestWhatIsNoTime(t *testing.T) {
	for name, text := range map[string]string{
		"empty":               "",
		"a date":              "2026-05-18",
		"no zone":             "2026-05-18T11:18:15",
		"a space":             "2026-05-18 11:18:15Z",
		"no such day":         "2026-02-30T11:18:15Z",
		"no such hour":        "2026-05-18T24:00:00Z",
		"no such minute":      "2026-05-18T11:60:00Z",
		"a leap second":       "2026-12-31T23:59:60Z",
		"a point alone":       "2026-05-18T11:18:15.Z",
		"two points":          "2026-05-18T11:18:15.4.5Z",
		"digits without one":  "2026-05-18T11:18:155Z",
		"half a zone":         "2026-05-18T11:18:15+00",
		"a zone of letters":   "2026-05-18T11:18:15+aa:00",
		"a zone without sign": "2026-05-18T11:18:1500:00",
		"a sign in a number":  "2026-+5-18T11:18:15Z",
		"words":               "yesterday at noon, or so they say",
	} {
		t.Run(name, func(t *testing.T) {
			_, ok := apollo.Timestamp(text)
			assert.False(t, ok)
			_, ok = apollo.HTTPDate(text)
			assert.False(t, ok)
		})
	}
	_, ok := apollo.HTTPDate("Sun, 06 Nov 1994 08:49:37 CET")
	assert.False(t, ok, "another zone")
	_, ok = apollo.HTTPDate(strings.Repeat("x ", 5))
	assert.False(t, ok, "no month")
}
