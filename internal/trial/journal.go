package trial

import (
	"encoding/json"
	"time"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/sandbox/engine"
	"github.com/dealmark/dealmark/internal/store"
)

// event is a record of the journal: what changed the trial's state. The first one
// is its begin, and has a time alone.
type event struct {
	At    time.Time    `json:"at"`
	Call  *engine.Call `json:"call,omitempty"`
	Visit *visit       `json:"visit,omitempty"`
}

type visit struct {
	Domain crm.Domain `json:"domain"`
	Name   string     `json:"name"`
}

// record is the event as the journal's next record.
func (t *Trial) record(e event) store.Record {
	text, err := json.Marshal(e)
	if err != nil {
		panic("trial: an event cannot be encoded: " + err.Error())
	}
	key := journalKey(t.played)
	t.played++
	return store.Record{Key: key, Value: text}
}

// play does once more what a record says. The engine is a function of its calls
// and their times, so everyone who plays the journal has the same team, with the
// same ids. A record that cannot be read is nothing, to everyone alike.
func (t *Trial) play(text []byte) {
	t.played++
	var e event
	if json.Unmarshal(text, &e) != nil {
		e = event{}
	}
	if t.engine == nil {
		t.begin(e.At)
	}
	t.now = e.At
	switch {
	case e.Call != nil:
		t.engine.Answer(*e.Call)
	case e.Visit != nil:
		t.meet(*e.Visit)
	}
}
