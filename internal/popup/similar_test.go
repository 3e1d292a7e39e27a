package popup_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/sandbox"
)

func TestAlreadyThere(t *testing.T) {
	w := newWorld()
	s := w.read(t, acmePage)
	assert.Zero(t, w.now().Form.Similar)
	for name, says := range map[string]string{
		"Training days":           "Already open: “Acme training days”",
		"acme trainingdays":       "Already open: “Acme training days”",
		"Acme training day":       "Already open: “Acme training days”",
		"Acme training week":      "",
		"Acme rollout, phase 2":   "Already open: “Acme rollout, phase 2”",
		"Acme rollout, phase 1":   "", // is won
		"Acme rollout, phase 3":   "",
		"Acme training days 2027": "",
	} {
		w.typing(t, s, "name", name)
		assert.Equal(t, says, w.now().Form.Similar.Text, name)
	}
	w.typing(t, s, "name", "Acme anvils", "amount", "6k")
	assert.Equal(t, "Same amount: “Acme training days”", w.now().Form.Similar.Text)
	w.golden(t, "form_similar")

	assert.Equal(t, "Acme anvils", w.save(t, s).Command.(crm.Create).Name, "it is no hindrance")
	assert.Zero(t, w.now().Form.Similar)
}

func TestChangeInstead(t *testing.T) {
	w := newWorld()
	s := w.read(t, acmePage)
	w.typing(t, s, "name", "Training days", "amount", "7k", "owner", w.option(t, crm.FieldOwner, "Mateo Silva"))
	require.NoError(t, s.ChangeInstead(t.Context(), w.formID(), w.now().Form.Similar.ID))
	w.golden(t, "form_instead")

	w.opened(t, acmePage)
	assert.Equal(t, "Change “Acme training days”", w.now().Form.Heading, "kept as it is now")
	assert.Equal(t, "7k", w.value(crm.FieldAmount))
	require.NoError(t, s.NewOpportunity(t.Context()))
	assert.Equal(t, "Acme Corporation", w.value(crm.FieldName), "all of it went along")
	assert.False(t, w.now().Form.Dirty)

	w.view(t, s, "Acme training days")
	command := w.save(t, s).Command.(crm.Update)
	assert.Equal(t, []crm.Field{crm.FieldAmount, crm.FieldOwner}, command.Fields, "a name that is like it is no change")
}

func TestChangeInsteadByAmount(t *testing.T) {
	w := newWorld()
	s := w.read(t, acmePage)
	w.typing(t, s, "name", "Acme anvils", "amount", "6k")
	require.NoError(t, s.ChangeInstead(t.Context(), w.formID(), w.now().Form.Similar.ID))
	assert.Equal(t, "Acme anvils", w.value(crm.FieldName))
	assert.Equal(t, []crm.Field{crm.FieldName}, w.save(t, s).Command.(crm.Update).Fields)
}

func TestChangeInsteadWithoutApollo(t *testing.T) {
	w := newWorld()
	s := w.read(t, acmePage)
	w.typing(t, s, "name", "Training days", "amount", "7k")
	w.apollo.SetFault(sandbox.Fault{Endpoint: "opportunity.view", Kind: sandbox.FaultReset})
	require.NoError(t, s.ChangeInstead(t.Context(), w.formID(), w.now().Form.Similar.ID), "the list has it")
	assert.Equal(t, "7k", w.value(crm.FieldAmount))
	assert.Equal(t, "Change “Acme training days”", w.now().Form.Heading)
}

func TestChangeInsteadOfWhatIsGone(t *testing.T) {
	w := newWorld()
	s := w.read(t, acmePage)
	w.typing(t, s, "name", "Training days", "amount", "7k")
	before := w.now().Form
	assert.Error(t, s.ChangeInstead(t.Context(), before.ID, "65f0000600000000000000ff"))
	assert.Equal(t, before, w.now().Form)
	require.NoError(t, s.ChangeInstead(t.Context(), "another form", before.Similar.ID))
	assert.Equal(t, before, w.now().Form)
}
