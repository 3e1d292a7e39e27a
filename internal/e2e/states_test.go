//go:build !js

package e2e_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/store"
)

// fate is what becomes of one entry: the answers of a sender.
type fate struct {
	found    []outbox.Row
	listing  error
	there    crm.Opportunity
	answer   error
	differs  []crm.Difference
	then     func(t *testing.T, box *outbox.Box, id string)
	state    outbox.State
	title    string
	says     string
	buttons  []string
	isUpdate bool
}

func (f fate) FindOrCreateAccount(context.Context, crm.NewAccount) (crm.Account, error) {
	return crm.Account{}, nil
}
func (f fate) Named(context.Context, string) (outbox.Listing, error) {
	return outbox.Listing{Rows: f.found, Whole: true, At: time.Now()}, f.listing
}
func (f fate) View(context.Context, crm.OpportunityID) (crm.Opportunity, time.Time, error) {
	return f.there, time.Now(), f.listing
}
func (f fate) CreateOpportunity(_ context.Context, values crm.Values, tag string) (outbox.Row, []crm.Difference, error) {
	return outbox.Row{Opportunity: crm.Opportunity{ID: made, Values: values, CreatedAt: time.Now()}, Tag: tag}, f.differs, f.answer
}
func (f fate) UpdateOpportunity(_ context.Context, u crm.Update) (crm.Opportunity, []crm.Difference, error) {
	return crm.Opportunity{ID: u.ID, Values: u.Want}, f.differs, f.answer
}

const (
	made  crm.OpportunityID = "65f000060000000000000077"
	other crm.OpportunityID = "65f000060000000000000078"
)

// TestEveryStateOfAnEntryIsShown has the popup show entries as the outbox really
// stores them in each state.
func TestEveryStateOfAnEntryIsShown(t *testing.T) {
	values := crm.Values{Name: "Acme anvils", AccountID: "65f000050000000000000001"}
	row := func(id crm.OpportunityID, tag string) outbox.Row {
		return outbox.Row{Opportunity: crm.Opportunity{ID: id, Values: values}, Tag: tag}
	}
	refuse := func(kind crm.Kind, message string) error {
		return &crm.Error{Kind: kind, Message: crm.English(message)}
	}
	fates := map[string]fate{
		"queued":  {state: outbox.Queued, title: "Create", says: "It goes to Apollo next."},
		"waiting": {listing: refuse(crm.Unavailable, "Apollo could not be reached."), state: outbox.Queued, says: "The next try is", buttons: []string{"Try now", "Discard"}},
		"limited": {listing: &crm.Error{Kind: crm.RateLimited, RetryAfter: 20 * time.Minute}, state: outbox.Queued, says: "used up Apollo's requests", buttons: []string{"Try now", "Discard"}},
		"blocked": {listing: refuse(crm.Forbidden, "The API key lacks a right."), state: outbox.Blocked, says: "lacks a right", buttons: []string{"Open the settings", "Try now", "Discard"}},
		"refused": {answer: refuse(crm.Invalid, "Apollo refuses the amount."), state: outbox.Refused, says: "Not done. Apollo refuses the amount.", buttons: []string{"Edit", "Send again", "Discard"}},
		"uncertain": {answer: refuse(crm.Uncertain, "no answer"), state: outbox.Uncertain, says: "Apollo may have it or not.",
			buttons: []string{"It is there", "Discard"}},
		"exists": {found: []outbox.Row{row(other, "")}, state: outbox.Asking, says: "Is it the same one?",
			buttons: []string{"Open in Apollo", "The same: leave it", "Another: create it", "Discard"}},
		"duplicate": {found: []outbox.Row{row(made, "duplicate"), row(other, "duplicate")}, state: outbox.Asking, says: "twice",
			buttons: []string{"Open number 1", "Open number 2", "One is removed"}},
		"conflict": {isUpdate: true, there: crm.Opportunity{ID: made, Values: crm.Values{Name: "Acme anvils", Amount: money("6500")}}, state: outbox.Asking,
			says: "Somebody changed this opportunity", buttons: []string{"Open in Apollo", "Keep theirs", "Write mine", "Discard"}},
		"done":   {state: outbox.Done, title: "Created", buttons: []string{"Open in Apollo"}},
		"differ": {differs: []crm.Difference{{Field: crm.FieldAmount, Sent: "5"}}, state: outbox.Done, says: "Apollo left the amount blank", buttons: []string{"Open in Apollo"}},
		"discarded": {listing: refuse(crm.Unavailable, "x"), state: outbox.Discarded, title: "Discarded:", says: "It is not sent.", buttons: []string{"Undo"},
			then: func(t *testing.T, box *outbox.Box, id string) { require.NoError(t, box.Discard(t.Context(), id)) }},
	}
	w := newWorld(t)
	site := w.open(acme)
	popup := site.click()
	popup.known("Acme Corporation")
	var boot string
	popup.read(`chrome.storage.session.get("boot").then(({ boot }) => boot)`, &boot)
	require.NotEmpty(t, boot)
	require.NoError(t, w.StopWorker(w.ctx))
	popup.eval(`(() => { chrome.runtime.sendMessage = () => new Promise(() => {}); })()`) // nothing is to move on
	for id, f := range fates {
		for _, record := range f.play(t, id, boot, values) {
			bytes := `Uint8Array.from(atob("` + base64.StdEncoding.EncodeToString(record.Value) + `"), (c) => c.charCodeAt(0))`
			popup.store("outbox", record.Key, bytes)
		}
	}
	popup.store("outbox", "entry/damaged", `new Uint8Array([123])`)
	popup.eval(`dealmark.refresh('{"version":1}')`)
	popup.until(`document.querySelectorAll(".entry").length === ` + fmt.Sprint(len(fates)+1))
	for id, f := range fates {
		of := `.entry[data-entry="` + id + `"]`
		popup.see(of+`[data-state="`+string(f.state)+`"]`, f.says)
		popup.see(of+" .entry-title", f.title)
		var buttons []string
		popup.read(`[...document.querySelectorAll('`+of+` .entry-buttons > *')].map((e) => e.textContent)`, &buttons)
		assert.ElementsMatch(t, f.buttons, buttons, id)
	}
	popup.see(`.entry[data-state="damaged"]`, "cannot be read")
	if os.Getenv("PICTURES") != "" {
		for id := range fates {
			popup.eval(`(() => { document.querySelector('.entry[data-entry="` + id + `"]').scrollIntoView({ block: "start" }); })()`)
			require.NoError(t, popup.Screenshot(w.ctx, "../../build/e2e/entry-"+id+".png"))
		}
	}
	var wide bool
	popup.read(`document.documentElement.scrollWidth > innerWidth || [...document.querySelectorAll(".entry *")].some((e) => e.getBoundingClientRect().right > innerWidth + 1)`, &wide)
	assert.False(t, wide, "something stands out of the popup")
	popup.read(`document.documentElement.scrollHeight > innerHeight`, &wide)
	assert.False(t, wide, "the popup itself scrolls")
}

// play gives the record of an entry to which this happened.
func (f fate) play(t *testing.T, id, boot string, values crm.Values) []store.Record {
	t.Helper()
	records := &store.Memory{}
	box := outbox.New(outbox.Ports{Primary: records, Clock: time.Now, Rand: func() uint64 { return 0 }, Boot: boot, Field: "tag"}, outbox.DefaultPolicy())
	var command crm.Command = crm.Create{Values: values}
	if f.isUpdate {
		base, want := values, values
		base.Amount, want.Amount = money("6000"), money("7000")
		command = crm.Update{ID: made, Fields: []crm.Field{crm.FieldAmount}, Base: base, Want: want}
	}
	_, err := box.Append(t.Context(), id, command)
	require.NoError(t, err)
	if id != "queued" {
		_, err = box.Drain(t.Context(), f)
		require.NoError(t, err)
	}
	if f.then != nil {
		f.then(t, box, id)
	}
	entry, err := box.Find(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, f.state, entry.State, id)
	list, err := records.List(t.Context(), "entry/")
	require.NoError(t, err)
	return list
}

func money(text string) crm.Money {
	m, _ := crm.ParseMoney(text)
	return m
}
