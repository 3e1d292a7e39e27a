package gatewaytest

import (
	"encoding/csv"
	"strings"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/sandbox"
)

func testAudit(s *suite) {
	first, second, third := NewID(), NewID(), NewID()
	made := s.until(Write, "POST", "/v1/opportunities", first, `{"name":"=HYPERLINK(1)","amount":"1"}`)
	require.Equal(s, 201, made.Status, "%s", made.Raw)
	object := made.at("opportunity", "id").(string)
	require.Equal(s, 200, s.until(Colleague, "PATCH", "/v1/opportunities/"+object, second, `{"amount":"2","base":{"amount":"1"}}`).Status)
	s.Sandbox.SetFault(sandbox.Fault{Endpoint: "opportunity.create", Kind: sandbox.FaultStatus, Status: 422, Body: `{"error":"Name is bad"}`, ContentType: "application/json", Times: 1})
	require.Equal(s, 422, s.until(Write, "POST", "/v1/opportunities", third, `{"name":"Refused"}`).Status)
	// Answered again, written down once.
	s.write(Write, "POST", "/v1/opportunities", first, `{"name":"=HYPERLINK(1)","amount":"1"}`)

	r := s.get(Admin, "/v1/audit")
	require.Equal(s, 200, r.Status)
	assert.Equal(s, []any{third, second, first}, r.each("audit", "operation"), "the latest first, each once")
	assert.Equal(s, []any{"refused: invalid", "done", "done"}, r.each("audit", "result"))
	assert.Equal(s, []any{"write", "colleague", "write"}, r.each("audit", "rep"))
	assert.Equal(s, []any{"name", "amount", "name amount"}, r.each("audit", "fields"))
	assert.Equal(s, []any{"", object, object}, r.each("audit", "object"))
	assert.NotContains(s, string(r.Raw), "HYPERLINK", "names of fields, no values")
	page := s.get(Admin, "/v1/audit?limit=2")
	assert.Len(s, page.list("audit"), 2)
	rest := s.get(Admin, "/v1/audit?limit=2&before="+page.Body["next"].(interface{ String() string }).String())
	assert.Equal(s, []any{first}, rest.each("audit", "operation"))

	sheet := s.get(Admin, "/v1/audit?format=csv")
	assert.Equal(s, "text/csv; charset=utf-8", sheet.Header.Get("Content-Type"))
	rows, err := csv.NewReader(strings.NewReader(string(sheet.Raw))).ReadAll()
	require.NoError(s, err)
	assert.Len(s, rows, 4)
	for _, row := range rows {
		for _, value := range row {
			assert.NotRegexp(s, `^[=+@\t\r-]`, value)
		}
	}
}
