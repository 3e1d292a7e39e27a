package popup_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/popup"
)

const typedLine = "Acme rollout 25k propose end of Q3 @jonas"

func TestALineIsTaken(t *testing.T) {
	w := newWorld()
	s := w.read(t, acmePage)
	w.typing(t, s, "name", typedLine)
	w.golden(t, "form_line")
	require.NoError(t, s.TakeLine(t.Context(), w.formID(), typedLine))
	w.golden(t, "form_line_taken")

	w.opened(t, acmePage)
	assert.Equal(t, "Acme rollout", w.value(crm.FieldName), "kept, as it is now")
	assert.Equal(t, "25k", w.value(crm.FieldAmount))
	values := w.save(t, s).Command.(crm.Create).Values
	assert.Equal(t, "Acme rollout", values.Name)
	assert.Equal(t, "25000", values.Amount.Text())
	assert.Equal(t, "2027-09-30", values.CloseDate.String())
}

func TestALineIsPutBack(t *testing.T) {
	taken := func(t *testing.T) (*world, *popup.Story, popup.Form) {
		w := newWorld()
		s := w.read(t, acmePage)
		w.typing(t, s, "name", typedLine, "owner", "")
		before := w.now().Form
		require.NoError(t, s.TakeLine(t.Context(), w.formID(), typedLine))
		require.Equal(t, "25k propose end of Q3 @jonas", w.now().Form.Taken)
		return w, s, before
	}
	t.Run("all of it", func(t *testing.T) {
		w, s, before := taken(t)
		require.NoError(t, s.PutBack(t.Context(), w.formID()))
		after := w.now().Form
		after.ID = before.ID
		assert.Equal(t, before, after)
		w.opened(t, acmePage)
		assert.Equal(t, typedLine, w.value(crm.FieldName))
	})
	t.Run("after a late answer", func(t *testing.T) {
		w, s, _ := taken(t)
		s.Read(t.Context(), true)
		require.NoError(t, s.PutBack(t.Context(), w.formID()))
		assert.Equal(t, typedLine, w.value(crm.FieldName))
	})
	t.Run("not over what was typed since", func(t *testing.T) {
		w, s, _ := taken(t)
		w.typing(t, s, "amount", "30k")
		assert.Empty(t, w.now().Form.Taken)
		require.NoError(t, s.PutBack(t.Context(), w.formID()))
		assert.Equal(t, "Acme rollout", w.value(crm.FieldName))
		assert.Equal(t, "30k", w.value(crm.FieldAmount))
	})
	t.Run("not into another form", func(t *testing.T) {
		w, s, _ := taken(t)
		w.view(t, s, "Acme training days")
		assert.Empty(t, w.now().Form.Taken)
		require.NoError(t, s.PutBack(t.Context(), w.formID()))
		assert.Equal(t, "Acme training days", w.value(crm.FieldName))
	})
}

func TestALineThatIsNone(t *testing.T) {
	w := newWorld()
	s := w.read(t, acmePage)
	w.typing(t, s, "name", "5k run sponsorship")
	before := w.now()
	assert.Empty(t, before.Form.Line)
	require.NoError(t, s.TakeLine(t.Context(), w.formID(), "5k run sponsorship"))
	assert.Equal(t, before, w.now())
	require.NoError(t, s.TakeLine(t.Context(), "another form", typedLine))
	assert.Equal(t, before, w.now())
	assert.Equal(t, "5k run sponsorship", w.save(t, s).Command.(crm.Create).Name)
}

// The click is faster than the last key on its way.
func TestALineTakesWhatStandsThere(t *testing.T) {
	w := newWorld()
	s := w.read(t, acmePage)
	w.typing(t, s, "name", "Acme rollout 25")
	id := w.formID()
	require.NoError(t, s.TakeLine(t.Context(), id, "Acme rollout 25k"))
	require.NoError(t, s.Edit(t.Context(), id, crm.FieldName, "Acme rollout 25k"), "which comes too late")
	assert.Equal(t, "Acme rollout", w.value(crm.FieldName))
}

// What is discarded stays so: nothing of the line comes back by itself.
func TestATakenLineIsDiscarded(t *testing.T) {
	w := newWorld()
	s := w.read(t, acmePage)
	w.typing(t, s, "name", typedLine)
	require.NoError(t, s.TakeLine(t.Context(), w.formID(), typedLine))
	require.NoError(t, s.Discard(t.Context(), w.formID()))
	assert.Equal(t, "Acme Corporation", w.value(crm.FieldName))
	assert.False(t, w.now().Form.Dirty)
	w.opened(t, acmePage)
	assert.Equal(t, "Acme Corporation", w.value(crm.FieldName))
}
