package browser_test

import (
	"errors"
	"strconv"
	"strings"
	"sync"
	"syscall/js"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/browser"
	"github.com/dealmark/dealmark/internal/store"
	"github.com/dealmark/dealmark/internal/store/storetest"
)

// inBrowser skips a test where there is none. Package e2e runs these tests on a
// page of a real one, whose server answers below the page's own address.
func inBrowser(t *testing.T) {
	t.Helper()
	if js.Global().Get("indexedDB").IsUndefined() {
		t.Skip("there is no browser under Node: package e2e runs this in one")
	}
}

func TestDatabase(t *testing.T) {
	inBrowser(t)
	databases := 0
	storetest.Run(t, func() store.Store {
		databases++
		db, err := browser.Place{}.OpenDatabase("test "+strconv.Itoa(databases), 1, "area")
		require.NoError(t, err)
		return db.Area("area", browser.Strict)
	})
}

func TestAreasAreApart(t *testing.T) {
	inBrowser(t)
	db, err := browser.Place{}.OpenDatabase("two areas", 1, "one", "two")
	require.NoError(t, err)
	require.NoError(t, store.Put(t.Context(), db.Area("one", browser.Strict), "key", []byte("1")))
	value, err := store.Get(t.Context(), db.Area("two", browser.Relaxed), "key")
	require.NoError(t, err)
	assert.Nil(t, value)
	again, err := browser.Place{}.OpenDatabase("two areas", 1, "one", "two")
	require.NoError(t, err)
	value, err = store.Get(t.Context(), again.Area("one", browser.Relaxed), "key")
	require.NoError(t, err)
	assert.Equal(t, "1", string(value))
	_, err = store.Get(t.Context(), db.Area("three", browser.Strict), "key")
	assert.Error(t, err, "an area that was not made")
}

func request(method, path string) apollo.Request {
	return apollo.Request{Method: method, Base: js.Global().Get("location").Get("origin").String(), Path: path}
}

func TestFetch(t *testing.T) {
	inBrowser(t)
	js.Global().Get("document").Set("cookie", "session=1")
	r := request("POST", "/echo")
	r.Header = []apollo.Param{{Name: "x-api-key", Value: "a key"}}
	r.Query = []apollo.Param{{Name: "q", Value: "a&b"}}
	r.Body = []byte(`{"name":"Grüße"}`)
	answer, err := browser.Fetch{}.Do(t.Context(), r)
	require.NoError(t, err)
	assert.Equal(t, 418, answer.Status)
	assert.Equal(t, "yes", answer.Header["x-answered"])
	assert.Equal(t, "POST /echo?q=a%26b\nkey: a key\ncookie: \n{\"name\":\"Grüße\"}", string(answer.Body))

	answer, err = browser.Fetch{}.Do(t.Context(), request("GET", "/empty"))
	require.NoError(t, err)
	assert.Equal(t, 204, answer.Status)
	assert.Empty(t, answer.Body)
}

// A second answer to one request is none to the next one.
func TestFetchOfTwoAnswers(t *testing.T) {
	inBrowser(t)
	for range 5 {
		answer, err := browser.Fetch{}.Do(t.Context(), request("GET", "/twice"))
		require.NoError(t, err)
		assert.Equal(t, "first", string(answer.Body))
		answer, err = browser.Fetch{}.Do(t.Context(), request("GET", "/empty"))
		require.NoError(t, err)
		assert.Equal(t, 204, answer.Status)
	}
}

func TestFetchGivesUp(t *testing.T) {
	inBrowser(t)
	for path, says := range map[string]string{
		"/redirect": "fetch",
		"/long":     "longer than 2 MB",
		"/cut":      "",
	} {
		t.Run(path, func(t *testing.T) {
			_, err := browser.Fetch{}.Do(t.Context(), request("GET", path))
			require.Error(t, err)
			assert.Contains(t, err.Error(), says)
			assert.NotErrorIs(t, err, apollo.ErrNotSent)
		})
	}
	t.Run("a body of just the limit", func(t *testing.T) {
		answer, err := browser.Fetch{}.Do(t.Context(), request("GET", "/limit"))
		require.NoError(t, err)
		assert.Len(t, answer.Body, apollo.MaxBody)
	})
}

func TestExports(t *testing.T) {
	inBrowser(t)
	surface := browser.NewSurface(func(err error) []byte { return []byte("refused: " + err.Error()) })
	surface.Export("upper", func(document []byte) ([]byte, error) { return []byte(strings.ToUpper(string(document))), nil })
	surface.Export("fails", func([]byte) ([]byte, error) { return nil, errors.New("no") })
	surface.Export("panics", func([]byte) ([]byte, error) { panic("at the disco") })
	surface.Publish("surface")
	call := func(name string, arguments ...any) (js.Value, error) {
		return browser.Await(js.Global().Get("surface").Call(name, arguments...))
	}

	answer, err := call("upper", "Grün")
	require.NoError(t, err)
	assert.Equal(t, "GRÜN", answer.String())
	answer, err = call("upper", 7)
	require.NoError(t, err, "no string is an empty document")
	assert.Empty(t, answer.String())
	_, err = call("fails", "")
	assert.EqualError(t, err, "Error: refused: no")
	_, err = call("panics", "")
	assert.EqualError(t, err, "Error: refused: panic: at the disco")
	_, err = call("upper", "still there")
	assert.NoError(t, err, "a panic ends its call, not the program")
}

func TestAwait(t *testing.T) {
	inBrowser(t)
	promise := js.Global().Get("Promise")
	for name, c := range map[string]struct {
		with any
		says string
	}{
		"an error":  {js.Global().Get("RangeError").New("too far"), "RangeError: too far"},
		"a text":    {"just so", "just so"},
		"nothing":   {js.Undefined(), "JavaScript failed without saying why"},
		"a number":  {7, "JavaScript failed without saying why"},
		"an object": {map[string]any{"message": 7}, "JavaScript failed without saying why"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := browser.Await(promise.Call("reject", c.with))
			assert.EqualError(t, err, c.says)
		})
	}
}

func TestExclusively(t *testing.T) {
	inBrowser(t)
	var group sync.WaitGroup
	inside, most, runs := 0, 0, 0
	for range 8 {
		group.Go(func() {
			assert.NoError(t, browser.Exclusively("test", func() {
				inside++
				most = max(most, inside)
				_, err := browser.Await(js.Global().Get("Promise").Call("resolve"))
				assert.NoError(t, err)
				inside--
				runs++
			}))
		})
	}
	group.Wait()
	assert.Equal(t, 1, most)
	assert.Equal(t, 8, runs)
}

func TestToASCII(t *testing.T) {
	inBrowser(t)
	for host, want := range map[string]string{
		"bücher.example": "xn--bcher-kva.example",
		"ACME.test":      "acme.test",
		"[half":          "",
		"":               "",
	} {
		got, err := browser.ToASCII(host)
		assert.Equal(t, want, got, host)
		assert.Equal(t, want == "", err != nil, host)
	}
}

func TestNewID(t *testing.T) {
	inBrowser(t)
	seen := map[string]bool{}
	for range 1000 {
		id := browser.NewID()
		require.Regexp(t, "^[0-9a-f]{32}$", id)
		seen[id] = true
	}
	assert.Len(t, seen, 1000)
}

// TestMirror runs over storage.local as documented, for the page of this test is
// not one of an extension: package e2e loses the real one.
func TestMirror(t *testing.T) {
	inBrowser(t)
	storetest.Run(t, func() store.Store {
		js.Global().Call("eval", `globalThis.chrome = { storage: { local: (() => {
			const kept = new Map([["a setting", true]]);
			return {
				get: async (key) => Object.fromEntries([...kept].filter(([k]) => key === null || k === key)),
				set: async (items) => Object.entries(items).forEach(([k, v]) => kept.set(k, structuredClone(v))),
				remove: async (key) => kept.delete(key),
				getKeys: async () => [...kept.keys()],
			};
		})() } }`)
		return browser.Mirror{}
	})
}

// TestAMirrorWithOneRecordThatCannotBeRead has the browser refuse all for one, as
// it does when a block of its file is damaged.
func TestAMirrorWithOneRecordThatCannotBeRead(t *testing.T) {
	inBrowser(t)
	js.Global().Call("eval", `globalThis.chrome = { storage: { local: {
		get: async (key) => { if (key === null || key === "mirror/entry/bad") throw new Error("Corruption: block checksum mismatch"); return { [key]: "{}" }; },
		getKeys: async () => ["mirror/entry/good", "other", "mirror/entry/bad"],
	} } }`)
	records, err := browser.Mirror{}.List(t.Context(), "entry/")
	require.NoError(t, err)
	assert.Equal(t, []store.Record{{Key: "entry/bad", Value: []byte{}}, {Key: "entry/good", Value: []byte("{}")}}, records)
	js.Global().Get("chrome").Get("storage").Get("local").Set("getKeys", js.Undefined())
	_, err = browser.Mirror{}.List(t.Context(), "entry/")
	assert.ErrorContains(t, err, "Corruption")
}
