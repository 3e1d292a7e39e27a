package apollo_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/sandbox"
)

func TestATagIsStoredAndFound(t *testing.T) {
	dialects(t, func(t *testing.T, s *sandbox.Server, c *apollo.Client) {
		field, _, err := c.CreateField(t.Context(), apollo.NewField{Of: "opportunity", Label: "Dealmark entry", Type: "string"})
		require.NoError(t, err)
		values := crm.Values{Name: "Tagged", AccountID: "65f000050000000000000001"}
		made, differences, err := c.CreateTagged(t.Context(), values, apollo.Tag{Field: field.ID, Text: "form-1"})
		require.NoError(t, err)
		assert.Equal(t, "form-1", made.Tag)
		assert.Empty(t, differences)
		other, _, err := c.CreateOpportunity(t.Context(), values)
		require.NoError(t, err)

		named, err := c.OpportunitiesNamed(t.Context(), "Tagged", field.ID)
		require.NoError(t, err)
		tags := map[crm.OpportunityID]string{}
		for _, row := range named.Rows {
			tags[row.ID] = row.Tag
		}
		assert.Equal(t, map[crm.OpportunityID]string{made.ID: "form-1", other.ID: ""}, tags)
		assert.True(t, named.Whole)
		assert.Equal(t, clock().Truncate(time.Second), named.At)

		seen, at, err := c.OpportunityAt(t.Context(), made.ID)
		require.NoError(t, err)
		assert.Equal(t, made.ID, seen.ID)
		assert.Equal(t, named.At, at)
	})
}

func TestATagAsAList(t *testing.T) {
	for name, c := range map[string]struct{ member, tag string }{
		"a text":              {`"typed_custom_fields":{"f1":"form-1","f2":"x"}`, "form-1"},
		"a list":              {`"typed_custom_fields":{"f1":["form-1"]}`, "form-1"},
		"an empty list":       {`"typed_custom_fields":{"f1":[]}`, ""},
		"null":                {`"typed_custom_fields":{"f1":null}`, ""},
		"a number":            {`"typed_custom_fields":{"f1":7}`, ""},
		"another field":       {`"typed_custom_fields":{"f2":"form-1"}`, ""},
		"no fields":           {`"typed_custom_fields":null`, ""},
		"fields that are not": {`"typed_custom_fields":["f1"]`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			body := `{"opportunities":[{"id":"65f000060000000000000001","name":"A",` + c.member + `}],"pagination":{"page":1,"per_page":100,"total_entries":1,"total_pages":1}}`
			named, err := client(answer(200, body)).OpportunitiesNamed(t.Context(), "A", "f1")
			require.NoError(t, err)
			require.Len(t, named.Rows, 1)
			assert.Equal(t, c.tag, named.Rows[0].Tag)
			assert.Equal(t, "A", named.Rows[0].Name)
		})
	}
}

// TestWhatIsWhole has lists from which nothing may be concluded.
func TestWhatIsWhole(t *testing.T) {
	page := func(number, rows, total, pages int, more string) string {
		var list []string
		for i := range rows {
			id := strconv.Itoa(1000*number + i)
			list = append(list, `{"id":"`+strings.Repeat("0", 24-len(id))+id+`","name":"A"}`)
		}
		return `{"opportunities":[` + strings.Join(list, ",") + `]` + more + `,"pagination":{"page":` + strconv.Itoa(number) +
			`,"per_page":100,"total_entries":` + strconv.Itoa(total) + `,"total_pages":` + strconv.Itoa(pages) + `}}`
	}
	for name, c := range map[string]struct {
		pages []string
		rows  int
		whole bool
	}{
		"empty":                    {[]string{page(1, 0, 0, 0, "")}, 0, true},
		"one page":                 {[]string{page(1, 3, 3, 1, "")}, 3, true},
		"two pages":                {[]string{page(1, 100, 101, 2, ""), page(2, 1, 101, 2, "")}, 101, true},
		"Apollo keeps rows back":   {[]string{page(1, 3, 3, 1, `,"partial_results_only":true`)}, 3, false},
		"it changed meanwhile":     {[]string{page(1, 100, 101, 2, ""), page(2, 2, 102, 2, "")}, 102, false},
		"fewer rows than it says":  {[]string{page(1, 2, 3, 1, "")}, 2, false},
		"an empty page before the": {[]string{page(1, 0, 200, 2, "")}, 0, false},
		"another page":             {[]string{page(2, 1, 1, 1, "")}, 1, false},
		"too many pages":           {[]string{page(1, 100, 600, 6, ""), page(2, 100, 600, 6, ""), page(3, 100, 600, 6, ""), page(4, 100, 600, 6, ""), page(5, 100, 600, 6, "")}, 500, false},
	} {
		t.Run(name, func(t *testing.T) {
			asked := 0
			handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				_, _ = w.Write([]byte(c.pages[asked]))
				asked++
			})
			named, err := client(through(handler)).OpportunitiesNamed(t.Context(), "A", "")
			require.NoError(t, err)
			assert.Len(t, named.Rows, c.rows)
			assert.Equal(t, c.whole, named.Whole)
			assert.Equal(t, len(c.pages), asked, "requests")
			assert.True(t, named.At.IsZero(), "it did not say")
		})
	}
}

func TestPermissionWithheld(t *testing.T) {
	withheld := transport(func(apollo.Request) (apollo.Response, error) { return apollo.Response{}, apollo.ErrNotAllowed })
	_, err := client(withheld).OpportunitiesNamed(t.Context(), "A", "")
	assert.Equal(t, crm.Forbidden, crm.KindOf(err))
	assert.Contains(t, crm.AsError(err).Text(), "asks for your permission")
	_, _, err = client(withheld).CreateOpportunity(t.Context(), crm.Values{Name: "A", AccountID: "65f000050000000000000001"})
	assert.Equal(t, crm.Uncertain, crm.KindOf(err), "the permission may be gone since the request left")
}
