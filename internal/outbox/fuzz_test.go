package outbox_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/store"
)

// FuzzRecord says that what is read of a record is written and read again as the
// same, and that a record of another schema than ours is never rewritten.
func FuzzRecord(f *testing.F) {
	for _, document := range []string{
		`{"id":"x","boot":"monday","state":"queued","revision":1,"seq":1,"keyed":true,"saved":1,"changed":1,"create":{"values":{"name":"Acme","amount":"12.5","currency":"EUR"},"account_name":"A","account_domain":"a.example"}}`,
		`{"id":"x","after":"y","boot":"monday","state":"asking","question":"conflict","revision":9,"doubted":true,"suspect":true,"since":3,"behind":["z"],"update":{"id":"","fields":["name"],"base":{"name":"a"},"want":{"name":"b"}},"conflicts":[{"field":"name","base":"a","theirs":"c","ours":"b","decision":"ours"}]}`,
		`{"id":"x","boot":"monday","state":"discarded","was":"done","revision":2,"watched":1,"attempts":1,"failures":2,"sent":5,"opportunity":"000000000000000000000004","create":{"values":{"name":"\u0000\ud800"}},"differences":[{"field":"amount","sent":"1","stored":""}],"known":["k"],"found":["f"],"check":{"from":1,"missed":2,"misses":1,"blanks":3},"failure":{"kind":"invalid","field":"name","message":"\u202e"}}`,
	} {
		f.Add(2, []byte(document))
		f.Add(3, []byte(document))
		f.Add(1, []byte(document))
	}
	f.Fuzz(func(t *testing.T, schema int, document []byte) {
		w := newWorld()
		sealed := outbox.Seal(schema, document)
		require.NoError(t, store.Put(t.Context(), w.store, "entry/x", sealed))
		entries, damaged, err := w.List(t.Context())
		require.NoError(t, err)
		require.Equal(t, 1, len(entries)+len(damaged))
		if len(damaged) == 1 {
			_, err := w.Drain(t.Context(), w.apollo)
			require.NoError(t, err)
			kept, err := store.Get(t.Context(), w.store, "entry/x")
			require.NoError(t, err)
			require.Equal(t, string(sealed), string(kept))
			require.Empty(t, w.apollo.calls)
			return
		}
		require.Equal(t, 2, schema)
		if entries[0].State == outbox.Sending {
			return
		}
		require.NoError(t, w.Discard(t.Context(), "x")) // writes it again
		require.NoError(t, w.Restore(t.Context(), "x"))
		again := w.entry(t, "x")
		require.Equal(t, entries[0].Command, again.Command)
		require.Equal(t, entries[0].Differences, again.Differences)
		require.Equal(t, entries[0].Conflicts, again.Conflicts)
	})
}

// FuzzNote says that a note that is lost or strange costs waits and proofs, and
// never an entry.
func FuzzNote(f *testing.F) {
	f.Add([]byte(`{"field":"a custom field","locked":1,"failures":5,"failing":"a","several":true,"until":9,"since":1}`))
	f.Add([]byte(`{"until":99999999999999,"since":99999999999999,"failures":9223372036854775807}`))
	f.Add([]byte(`{"until":99999999999999,"since":0}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, note []byte) {
		for _, value := range [][]byte{note, outbox.Seal(2, note), outbox.Seal(3, note)} {
			w := newWorld()
			if len(value) > 0 {
				require.NoError(t, store.Put(t.Context(), w.store, "outbox", value))
			}
			w.save(t, "a", create("Acme"))
			w.apollo.answer = fail("create Acme", crm.Uncertain)
			for range 3 {
				w.drain(t)
				w.clock.advance(policy.MaxPause)
				require.NoError(t, w.Unblock(t.Context()))
			}
			require.LessOrEqual(t, w.apollo.count("create Acme"), 2)
			require.Contains(t, w.states(t), "a")
		}
	})
}

// FuzzSender says that whatever texts Apollo gives, an entry stays one that can
// be read, and none is taken for another's.
func FuzzSender(f *testing.F) {
	f.Add("a", "Acme", "000000000000000000000009", "no", "uncertain", int64(0))
	f.Add("b", " ACME ", "", "\xff\x00", "invalid", int64(1))
	f.Add("", "Acme", "\xed\xa0\x80", "", "", int64(-1))
	f.Add("a\x00", "A\u00ad", "x", "\u202e", "conflict", int64(1<<40))
	f.Fuzz(func(t *testing.T, tag, name, id, text, kind string, at int64) {
		w := proven(t)
		w.save(t, "a", create("Acme"))
		w.save(t, "b", update(4, "Globex"))
		row := outbox.Row{Opportunity: crm.Opportunity{ID: crm.OpportunityID(id), Values: crm.Values{Name: name, AccountID: crm.AccountID(id)}}, Tag: tag}
		w.apollo.list = func(l *outbox.Listing) {
			l.Rows = append(l.Rows, row)
			l.At = time.UnixMilli(at)
		}
		w.apollo.cross = func(r *outbox.Row) { r.Tag = tag }
		w.apollo.differences = []crm.Difference{{Field: crm.Field(text), Sent: name, Stored: text}}
		four := crm.OpportunityID("000000000000000000000004")
		w.apollo.change(four, crm.Values{Name: name})
		said := func(call string) error {
			if kind == "" {
				return nil
			}
			return &crm.Error{Kind: crm.Kind(kind), Field: crm.Field(text), Message: crm.English(text), Parts: []string{text, name}}
		}
		for _, answer := range []func(string) error{said, nil, said} {
			w.apollo.answer = answer
			w.drain(t)
			w.clock.advance(time.Minute)
		}
		states := w.states(t) // nothing is damaged
		require.Len(t, states, 3)
		entry := w.entry(t, "a")
		if entry.State == outbox.Done && w.apollo.count("create Acme") == 0 {
			require.Equal(t, "a", tag, "found by its tag alone")
		}
	})
}
