//go:build !js

package sender_test

import (
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
	"github.com/dealmark/dealmark/internal/sandbox"
)

// Whatever the form accepts of an amount or a date is what Apollo has in the end:
// it takes less than it seems to, and blanks the rest in silence.
func TestWhatTheFormAcceptsIsStoredExactly(t *testing.T) {
	server := httptest.NewServer(sandbox.New(sandbox.Options{
		Keys: []sandbox.Key{{Secret: "key", Master: true}}, Seed: sandbox.DemoSeed(), Limits: &sandbox.Limits{},
	}))
	defer server.Close()
	client := apollo.New(apollo.Options{Base: server.URL + "/api/v1", Key: "key", Transport: apollo.HTTP{}, Clock: time.Now})
	today, _ := crm.ParseDate("2026-11-25")
	for _, c := range []struct {
		file  string
		field crm.Field
	}{
		{"money.txt", crm.FieldAmount},
		{"dates.txt", crm.FieldCloseDate},
	} {
		accepted := 0
		for _, text := range texts(t, "../form/testdata/"+c.file) {
			d := form.NewCreate("form", "acme.test")
			for f, value := range map[crm.Field]string{
				crm.FieldName: "Deal", crm.FieldAmount: "5", crm.FieldCloseDate: "2027-01-02",
				crm.FieldAccount: "65f000050000000000000001", crm.FieldStage: "6095a710bd01d100a506d4bd", c.field: text,
			} {
				d.Edit(f, value)
			}
			command, wrong := d.Command(form.Choices{
				Stages:   []crm.Stage{{ID: "6095a710bd01d100a506d4bd", Name: "Qualify"}},
				Accounts: []crm.Account{{ID: "65f000050000000000000001", Name: "Acme"}},
			}, today)
			if len(wrong) > 0 || text == "0001-01-01" { // the first day of Go's calendar is the sandbox's blank
				continue
			}
			create, ok := command.(crm.Create)
			require.True(t, ok)
			made, differences, err := client.CreateOpportunity(t.Context(), create.Values)
			require.NoError(t, err, text)
			assert.Empty(t, differences, text)
			there, err := client.Opportunity(t.Context(), made.ID)
			require.NoError(t, err, text)
			assert.Equal(t, create.Amount.Text(), there.Amount.Text(), text)
			assert.Equal(t, create.CloseDate, there.CloseDate, text)
			accepted++
		}
		assert.Greater(t, accepted, 200, c.file)
	}
}

// texts are what stands before the sign in the rows of a file of form's tests.
func texts(t *testing.T, path string) (list []string) {
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	for line := range strings.Lines(string(content)) {
		text, _, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " =")
		if !ok || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "[") || strings.Contains(text, " ! ") {
			continue
		}
		if unquoted, err := strconv.Unquote(text); err == nil {
			text = unquoted
		}
		list = append(list, text)
	}
	return list
}
