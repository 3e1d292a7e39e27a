//go:build !js

package e2e_test

import (
	"encoding/base64"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestAnUpdateTakesOverWhatTheVersionBeforeSaved puts records of the schema before
// this one into the browser, one in every state that it knew, and of a later one.
func TestAnUpdateTakesOverWhatTheVersionBeforeSaved(t *testing.T) {
	record := func(id, rest string) string {
		return fmt.Sprintf(`{"schema":1,"id":%q,%s,"revision":3,"attempts":1,"saved":1791968400000,"changed":1791968400000,`+
			`"create":{"values":{"name":"From before: %s","account":"65f000050000000000000001"}}}`, id, rest, id)
	}
	failed := func(kind string) string {
		return `"failure":{"kind":"` + kind + `","message":"It failed then."},`
	}
	before := map[string]string{
		"queued":    record("queued", `"state":"queued"`),
		"waiting":   record("waiting", failed("unavailable")+`"state":"queued","next":1791968405000`),
		"account":   record("account", `"state":"sending","step":"account"`),
		"sending":   record("sending", `"state":"sending","step":"command","sent":1791968401000`),
		"uncertain": record("uncertain", failed("uncertain")+`"state":"uncertain","sent":1791968401000`),
		"blocked":   record("blocked", failed("unauthorized")+`"state":"blocked"`),
		"refused":   record("refused", failed("invalid")+`"state":"refused"`),
		"done":      record("done", `"state":"done","opportunity":"65f000060000000000000001"`),
		"newer":     `{"schema":9,"crc32":1,"entry":{}}`,
	}
	clock := &later{}
	w := newWorld(t, clock.option)
	site := w.open(acme)
	popup := site.click()
	popup.known("Acme Corporation")
	for id, text := range before {
		popup.store("outbox", "entry/"+id, `Uint8Array.from(atob("`+base64.StdEncoding.EncodeToString([]byte(text))+`"), (c) => c.charCodeAt(0))`)
	}
	popup.close()

	popup = site.click()
	popup.see(entry("damaged"), "cannot be read")
	popup.see(`.entry[data-entry="refused"][data-state="refused"]`, "It failed then.")
	popup.see(`.entry[data-entry="blocked"][data-state="blocked"]`, "It failed then.")
	w.settle(popup, clock)
	// Nobody can know of those that this version did not send: the rep is asked.
	w.answerAll(popup)
	for _, id := range []string{"blocked", "refused"} {
		popup.clickOn(`.entry[data-entry="` + id + `"] [data-action="retry"]`)
	}
	w.settle(popup, clock)
	w.answerAll(popup)
	popup.until(`document.querySelectorAll(".entry[data-state=done]").length >= 7`)
	made := map[string]int{}
	for _, created := range w.writes("opportunity.create") {
		made[created.Request["name"].(string)]++
	}
	want := map[string]int{}
	for _, id := range []string{"queued", "waiting", "account", "sending", "uncertain", "blocked", "refused"} {
		want["From before: "+id] = 1
	}
	assert.Equal(t, want, made)
	popup.see(entry("damaged"), "cannot be read")
	var kept string
	popup.read(inArea("outbox", `store.get("entry/newer")`)+`.then((bytes) => new TextDecoder().decode(bytes))`, &kept)
	assert.Equal(t, before["newer"], kept, "what a later version wrote is left alone")
}
