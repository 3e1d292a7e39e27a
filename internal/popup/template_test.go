package popup_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
)

func TestTheNameByTheTeamsTemplate(t *testing.T) {
	w := newWorld()
	w.form.Template = "{account} – {product} – {quarter}"
	s := w.read(t, acmePage)
	assert.Equal(t, "Acme Corporation –  – Q4 2026", w.value(crm.FieldName))
	assert.Equal(t, 20, w.field(crm.FieldName).Gap, "behind 19 UTF-16 units")
	assert.False(t, w.now().Form.Dirty)

	w.typing(t, s, "close_date", "end of Q1 2027")
	assert.Equal(t, "Acme Corporation –  – Q1 2027", w.value(crm.FieldName), "it follows until it is touched")
	w.typing(t, s, "name", "Acme Corporation – Suite – Q1 2027")
	w.typing(t, s, "close_date", "end of Q2 2027")
	assert.Equal(t, "Acme Corporation – Suite – Q1 2027", w.value(crm.FieldName))
	assert.Zero(t, w.field(crm.FieldName).Gap)
	assert.Empty(t, w.now().Form.Line, "what the template put there is no close date")

	require.NoError(t, s.Discard(t.Context(), w.formID()))
	w.save(t, s)
	w.drain(t)
	stored := w.stored("opportunity.create")
	require.Len(t, stored, 1)
	assert.Equal(t, "Acme Corporation – Q4 2026", stored[0]["name"], "an empty place goes with its dash")
}
