package popup_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/form"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/popup"
)

// withCustom gives the form all custom fields that the team has, of which "Lead
// source" is required, and the fields by their labels.
func (w *world) withCustom(t *testing.T) map[string]crm.Field {
	t.Helper()
	fields, others, err := w.client.OpportunityFields(t.Context())
	require.NoError(t, err)
	require.Empty(t, others)
	byLabel := map[string]crm.Field{}
	for _, f := range fields {
		custom := form.Custom{Field: f.Field, Label: f.Label, Max: f.MaxLength, Required: f.Label == "Lead source"}
		for _, o := range f.Options {
			custom.Options = append(custom.Options, form.Option(o))
		}
		if f.Label == "Contract months" {
			custom.Defaults = []form.Default{{Stage: crm.StageID(w.stage(t, "Propose")), Text: "24"}}
		}
		w.form.Custom = append(w.form.Custom, custom)
		byLabel[f.Label] = f.Field
	}
	require.Len(t, byLabel, 5)
	return byLabel
}

func (w *world) stage(t *testing.T, name string) string {
	t.Helper()
	stages, err := w.client.Stages(t.Context())
	require.NoError(t, err)
	for _, s := range stages {
		if s.Name == name {
			return string(s.ID)
		}
	}
	require.Fail(t, "no such stage", name)
	return ""
}

// more gives a custom field of the form that stands.
func (w *world) more(f crm.Field) popup.Field {
	for _, field := range w.now().Form.More {
		if field.Name == f {
			return field
		}
	}
	return popup.Field{}
}

func TestCreateWithCustomFields(t *testing.T) {
	w := newWorld()
	f := w.withCustom(t)
	s := w.read(t, acmePage)
	require.Len(t, w.now().Form.More, 5)
	assert.Equal(t, "Lead source", w.more(f["Lead source"]).Label)
	w.typing(t, s, "name", "Acme anvils", "stage", w.stage(t, "Propose"), string(f["Purchase order"]), "PO-1", string(f["Contract end"]), "end of Q1 2027")
	assert.Equal(t, "24", w.more(f["Contract months"]).Value, "the default of the stage")
	assert.Equal(t, "Wed, 31 Mar 2027", w.more(f["Contract end"]).Understood)

	_, err := s.Save(t.Context(), w.formID())
	assert.Equal(t, f["Lead source"], crm.AsError(err).Field)
	assert.Contains(t, w.more(f["Lead source"]).Error, "Your team asks for this")
	assert.Empty(t, w.more(f["Purchase order"]).Error)
	w.golden(t, "form_custom")

	referral := w.more(f["Lead source"]).Options[2]
	require.Equal(t, "Referral", referral.Label)
	w.typing(t, s, string(f["Lead source"]), referral.Value)
	reopened := w.opened(t, acmePage) // the browser closed the popup
	assert.Equal(t, "PO-1", w.more(f["Purchase order"]).Value)
	assert.Equal(t, referral.Value, w.more(f["Lead source"]).Value)
	w.save(t, reopened)
	w.sent(t, reopened)
	stored := w.stored("opportunity.create")
	require.Len(t, stored, 1)
	assert.Equal(t, map[string]any{
		apolloID(f["Purchase order"]): "PO-1", apolloID(f["Contract end"]): "2027-03-31",
		apolloID(f["Contract months"]): "24", apolloID(f["Lead source"]): referral.Value,
	}, stored[0]["typed_custom_fields"])
	require.Equal(t, "done", w.now().Outbox[0].State)
	assert.Empty(t, w.now().Outbox[0].Text, "all of it came back as it was sent")
	assert.Empty(t, w.more(f["Purchase order"]).Value, "the next form is empty")
}

func apolloID(f crm.Field) string {
	_, id, _ := f.Custom()
	return id
}

func TestChangeOfCustomFields(t *testing.T) {
	w := newWorld()
	f := w.withCustom(t)
	s := w.read(t, acmePage)
	w.view(t, s, "Acme rollout, phase 2")
	assert.Equal(t, "24", w.more(f["Contract months"]).Value, "a number in Apollo")
	assert.Equal(t, "true", w.more(f["Renewal"]).Value, "a truth value")
	assert.Equal(t, w.more(f["Lead source"]).Options[2].Value, w.more(f["Lead source"]).Value, "a list of one")
	w.typing(t, s, string(f["Contract months"]), "36", string(f["Renewal"]), "")
	entry := w.save(t, s)
	u := entry.Command.(crm.Update)
	assert.ElementsMatch(t, []crm.Field{f["Contract months"], f["Renewal"]}, u.Fields)
	w.sent(t, s)
	assert.Equal(t, map[string]any{apolloID(f["Contract months"]): "36", apolloID(f["Renewal"]): nil}, w.lastRequest(t)["typed_custom_fields"])
	require.True(t, w.undoable(entry.ID))

	require.NoError(t, s.Resolve(t.Context(), entry.ID, popup.Undo))
	w.sent(t, s)
	assert.Equal(t, map[string]any{apolloID(f["Contract months"]): "24", apolloID(f["Renewal"]): "true"}, w.lastRequest(t)["typed_custom_fields"])
}

// lastRequest is the body of the last update that was stored.
func (w *world) lastRequest(t *testing.T) map[string]any {
	t.Helper()
	for _, e := range reversed(w.apollo.Log()) {
		if e.Operation == "opportunity.update" && e.Stored {
			return e.Request
		}
	}
	require.Fail(t, "nothing was updated")
	return nil
}

func reversed[T any](list []T) (back []T) {
	for i := range list {
		back = append(back, list[len(list)-1-i])
	}
	return back
}

func TestSomebodyElseChangedACustomField(t *testing.T) {
	w := newWorld()
	f := w.withCustom(t)
	s := w.read(t, acmePage)
	w.view(t, s, "Acme rollout, phase 2")
	source := w.more(f["Lead source"]).Options
	w.typing(t, s, string(f["Lead source"]), source[1].Value)
	var theirs crm.Values
	require.True(t, theirs.SetText(f["Lead source"], source[3].Value))
	_, _, err := w.client.UpdateOpportunity(t.Context(), crm.Update{ID: w.rowNamed(t, "Acme rollout, phase 2").ID, Fields: []crm.Field{f["Lead source"]}, Want: theirs})
	require.NoError(t, err)
	entry := w.save(t, s)
	w.sent(t, s)
	w.golden(t, "entry_conflict_custom")
	require.NoError(t, s.Decide(t.Context(), entry.ID, map[crm.Field]outbox.Decision{f["Lead source"]: outbox.TakeOurs}))
	w.sent(t, s)
	assert.Equal(t, map[string]any{apolloID(f["Lead source"]): source[1].Value}, w.lastRequest(t)["typed_custom_fields"])
}

func TestCustomFieldsAreNotKnownOffline(t *testing.T) {
	w := newWorld()
	f := w.withCustom(t)
	s := w.read(t, acmePage)
	id := w.rowNamed(t, "Acme rollout, phase 2").ID
	w.reader.answer("", &crm.Error{Kind: crm.Unavailable, Err: errors.New("offline"), Message: "Apollo cannot be reached."})
	_, err := s.View(t.Context(), id)
	require.NoError(t, err)
	assert.True(t, w.more(f["Lead source"]).Locked, "to guess it blank would be a conflict later")
	assert.NotEmpty(t, w.more(f["Lead source"]).Understood)
	w.typing(t, s, "amount", "1k")
	entry := w.save(t, s)
	assert.Equal(t, []crm.Field{crm.FieldAmount}, entry.Command.(crm.Update).Fields)
}

func TestARefusedOpportunityWithCustomFieldsIsEdited(t *testing.T) {
	w := newWorld(without("deals/api/v1/opportunities/create"))
	f := w.withCustom(t)
	s := w.read(t, acmePage)
	w.typing(t, s, "name", "Acme anvils", string(f["Lead source"]), w.more(f["Lead source"]).Options[1].Value, string(f["Contract months"]), "7")
	entry := w.save(t, s)
	w.sent(t, s)
	require.Equal(t, "blocked", w.now().Outbox[0].State)
	assert.Equal(t, "7", entry.Command.(crm.Create).Text(f["Contract months"]))
	// Its record is the one that a later popup reads.
	again, err := w.box().Find(t.Context(), entry.ID)
	require.NoError(t, err)
	assert.Equal(t, entry.Command, again.Command)
}

// forgetful is a gateway that answers from its index.
type forgetful struct{ atOnce }

func (f forgetful) Opportunity(ctx context.Context, id crm.OpportunityID) (crm.Opportunity, error) {
	o, err := f.atOnce.Opportunity(ctx, id)
	o.Custom = crm.CustomUnknown
	return o, err
}

// What a gateway does not know is not taken for blank.
func TestCustomFieldsThatAGatewayDoesNotKnow(t *testing.T) {
	w := newWorld()
	field := w.withCustom(t)["Purchase order"]
	s := w.storyWith(forgetful{atOnce{w.reader, w, true}})
	require.NoError(t, s.Open(t.Context(), acmePage, nil))
	s.Read(t.Context(), false)
	w.view(t, s, "Acme rollout, phase 2")
	assert.True(t, w.more(field).Locked)
	assert.Empty(t, w.more(field).Value)
	w.typing(t, s, "amount", "7")
	w.save(t, s)
	w.drain(t)
	changed := w.stored("opportunity.update")
	require.Len(t, changed, 1)
	assert.Contains(t, changed[0]["typed_custom_fields"], crmID(field))
}

func crmID(f crm.Field) string {
	_, id, _ := f.Custom()
	return id
}
