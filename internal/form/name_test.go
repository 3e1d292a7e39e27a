package form_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
)

func TestNamesAreCleaned(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"as it is", "Acme – rollout (2026) & more", "Acme – rollout (2026) & more"},
		{"spaces at the ends", "\u00a0 Acme\u3000", "Acme"},
		{"spaces inside stay", "Acme  rollout", "Acme  rollout"},
		{"line breaks", "Acme\r\nrollout\n\nEMEA", "Acme rollout EMEA"},
		{"line breaks beside spaces", "Acme \n rollout\t", "Acme  rollout"},
		{"a tab", "Acme\trollout", "Acme rollout"},
		{"controls", "Ac\x00me\x1b[31m\u0085x", "Ac me [31m x"},
		{"line and paragraph separators", "Acme\u2028rollout\u2029EMEA", "Acme rollout EMEA"},
		{"an override", "Acme \u202egnp.exe", "Acme gnp.exe"},
		{"isolates", "\u2066Acme\u2069 rollout", "Acme rollout"},
		{"no width", "Ac\u200bme\ufeff", "Acme"},
		{"invalid bytes", "Acme \xff\xfe", "Acme \ufffd"},
		{"Arabic with its marks", "شركة \u200fAcme", "شركة \u200fAcme"},
		{"Persian with a non-joiner", "می\u200cخواهم", "می\u200cخواهم"},
		{"a joined sign", "Acme 👩\u200d💻", "Acme 👩\u200d💻"},
		{"formulas", "=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"},
		{"plus and at", "+1 @acme", "+1 @acme"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := form.NewCreate("f1", "acme.com")
			d.Edit(crm.FieldName, test.text)
			command, errs := d.Command(form.Choices{}, today())
			require.Empty(t, errs)
			assert.Equal(t, test.want, command.(crm.Create).Name)
		})
	}
}
