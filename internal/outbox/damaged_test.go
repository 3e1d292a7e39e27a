package outbox_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/outbox"
	"github.com/dealmark/dealmark/internal/store"
)

// stored gives the record of a command that waits.
func stored(t *testing.T, id string, command crm.Command) string {
	t.Helper()
	w := newWorld()
	w.save(t, id, command)
	value, err := store.Get(t.Context(), w.store, "entry/"+id)
	require.NoError(t, err)
	return string(value)
}

func TestWhatCannotBeReadIsKeptAndNeverSent(t *testing.T) {
	whole := stored(t, "bad", create("Acme"))
	change := stored(t, "bad", update(4, "Acme"))
	const first = `{"schema":1,"id":"bad","state":"queued","revision":1,"attempts":0,"saved":1,"changed":1,"create":{"values":{"name":"Acme"}}}`
	raw := func(record, old, new string) string {
		require.Equal(t, 1, strings.Count(record, old), "%s in %s", old, record)
		return strings.Replace(record, old, new, 1)
	}
	with := func(record, old, new string) string {
		return string(outbox.Seal(2, []byte(raw(string(outbox.Unseal([]byte(record))), old, new))))
	}
	document := string(outbox.Unseal([]byte(change)))
	for name, record := range map[string]string{
		"nothing":                          "",
		"no JSON":                          "\x00\x01\x02",
		"another document":                 `[]`,
		"an empty object":                  `{}`,
		"null":                             `null`,
		"cut off":                          whole[:len(whole)-1],
		"cut off in the middle":            whole[:len(whole)/2],
		"more after it":                    whole + whole,
		"a newer version":                  string(outbox.Seal(3, []byte(`{"anything":[1]}`))),
		"a bit of another version":         raw(whole, `"schema":2`, `"schema":3`),
		"no version":                       raw(whole, `"schema":2,`, ``),
		"one letter is another":            raw(whole, `"name":"Acme"`, `"name":"Acne"`),
		"another checksum":                 raw(whole, `"crc32":`, `"crc32":1`),
		"a document of no entry":           string(outbox.Seal(2, []byte(`[]`))),
		"an unknown question":              with(whole, `"state":"queued"`, `"state":"asking"`),
		"discarded from nowhere":           with(whole, `"state":"queued"`, `"state":"discarded"`),
		"before: a member twice":           raw(first, `"revision":1`, `"revision":1,"revision":1`),
		"before: an unknown member":        raw(first, `"revision":1`, `"revision":1,"dependsOn":"x"`),
		"before: an unknown state":         raw(first, `"queued"`, `"asking"`),
		"before: a state of later":         raw(first, `"queued"`, `"discarded"`),
		"before: a member of later":        raw(first, `"revision":1`, `"revision":1,"boot":"x"`),
		"before: no command":               raw(first, `"create"`, `"delete"`),
		"an unknown state":                 with(whole, `"state":"queued"`, `"state":"postponed"`),
		"no state":                         with(whole, `"state":"queued",`, ``),
		"an unknown member":                with(whole, `"revision":1`, `"revision":1,"dependsOn":"x"`),
		"a member of another type":         with(whole, `"revision":1`, `"revision":[]`),
		"no command":                       with(whole, `"create"`, `"delete"`),
		"two commands":                     with(whole, `"create"`, document[strings.Index(document, `"update"`):len(document)-1]+`,"create"`),
		"a command that is not valid":      with(whole, `"name":"Acme"`, `"name":""`),
		"an unknown value":                 with(whole, `"name":"Acme"`, `"name":"Acme","next_step":"call"`),
		"an unknown member of the command": with(whole, `"create":{`, `"create":{"contact":"x",`),
		"an unknown field to change":       with(change, `["name"]`, `["name","next_step"]`),
		"half an account":                  with(whole, `"create":{`, `"create":{"account_name":"Acme",`),
		"another entry's":                  with(whole, `"id":"bad"`, `"id":"good"`),
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			w.save(t, "good", create("Globex"))
			require.NoError(t, store.Put(t.Context(), w.store, "entry/bad", []byte(record)))

			w.drain(t)
			assert.Equal(t, []string{"named Globex", "create Globex"}, w.apollo.calls)
			assert.Error(t, w.Retry(t.Context(), "bad"))
			assert.Error(t, w.Settle(t.Context(), "bad"))
			assert.NoError(t, w.Unblock(t.Context()))
			_, err := w.Append(t.Context(), "bad", create("Acme"))
			assert.Error(t, err)
			w.drain(t)
			assert.Len(t, w.apollo.calls, 2)

			entries, damaged, err := w.List(t.Context())
			require.NoError(t, err)
			assert.Len(t, entries, 1)
			require.Len(t, damaged, 1)
			assert.Error(t, damaged[0].Err)
			if name == "a newer version" {
				assert.ErrorContains(t, damaged[0].Err, "newer version")
			}
			assert.Equal(t, "entry/bad", damaged[0].Key)
			assert.Equal(t, record, string(damaged[0].Record), "the record is as it was")

			require.NoError(t, w.Discard(t.Context(), "bad"), "the rep may forget it")
			_, damaged, err = w.List(t.Context())
			require.NoError(t, err)
			assert.Empty(t, damaged)
			assert.Equal(t, outbox.Done, w.entry(t, "good").State)
		})
	}
}

func TestOtherRecordsOfTheStoreAreNotTouched(t *testing.T) {
	w := newWorld()
	require.NoError(t, store.Put(t.Context(), w.store, "draft/1", []byte("mine")))
	require.NoError(t, store.Put(t.Context(), w.store, "entry", []byte("mine")))
	w.save(t, "a", create("Acme"))
	w.drain(t)
	_, damaged, err := w.List(t.Context())
	require.NoError(t, err)
	assert.Empty(t, damaged)
	records, err := w.store.List(t.Context(), "")
	require.NoError(t, err)
	assert.Len(t, records, 4, "the entry, what concerns all, and what is another's")
}

// A record is read whatever a store holds, and sent only if it is exactly one
// of ours.
func FuzzList(f *testing.F) {
	f.Add([]byte(`{"schema":1,"id":"x","state":"queued","revision":1,"attempts":0,"saved":1,"changed":1,"create":{"values":{"name":"Acme"}}}`))
	f.Add([]byte(`{"schema":1,"id":"x","state":"sending","step":"opportunity","revision":3,"attempts":1,"update":{"id":"000000000000000000000004","fields":["name"],"base":{},"want":{"name":"Acme"}}}`))
	f.Add([]byte(`{"schema":1,"id":"x","state":"blocked","revision":1,"attempts":0,"create":{"values":{"name":"A","amount":"1e3","currency":"EUR"},"account_name":"A","account_domain":"a.b"},"failure":{},"differences":[{}]}`))
	f.Add([]byte(`{"schema":2}`))
	f.Add(outbox.Seal(3, []byte(`{}`)))
	f.Add(outbox.Seal(2, []byte(`{"id":"x","boot":"b","state":"asking","question":"conflict","revision":7,"seq":2,"saved":1,"update":{"id":"000000000000000000000004","fields":["name"],"base":{},"want":{"name":"Acme"}},"known":["000000000000000000000009"],"conflicts":[{"field":"name","theirs":"x"}],"check":{"from":1,"misses":1}}`)))
	f.Add([]byte(strings.Repeat(`{"create":`, 20_000)))
	f.Fuzz(func(t *testing.T, record []byte) {
		w := newWorld()
		w.save(t, "good", create("the good one"))
		require.NoError(t, store.Put(t.Context(), w.store, "entry/x", append([]byte{}, record...)))
		entries, damaged, err := w.List(t.Context())
		require.NoError(t, err)
		require.Equal(t, 2, len(entries)+len(damaged), "nothing disappears")
		w.drain(t)
		require.Equal(t, outbox.Done, w.entry(t, "good").State)
		kept, err := store.Get(t.Context(), w.store, "entry/x")
		require.NoError(t, err)
		if len(damaged) > 0 {
			require.Equal(t, string(record), string(kept))
			require.Len(t, w.apollo.calls, 2)
			return
		}
		require.NotNil(t, entries[1].Command)
		require.NoError(t, entries[1].Command.Check())
	})
}
