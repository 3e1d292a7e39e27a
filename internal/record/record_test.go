package record_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/record"
	"github.com/dealmark/dealmark/internal/wire"
)

func opportunity(t *testing.T) crm.Opportunity {
	t.Helper()
	amount, ok := crm.ParseMoney("12500.5")
	require.True(t, ok)
	amount.Currency = "EUR"
	closes, ok := crm.ParseDate("2026-12-31")
	require.True(t, ok)
	return crm.Opportunity{
		ID: "64f000000000000000000001", Closed: true, Won: true, StageName: "Won “big”",
		CreatedAt: time.Date(2026, 10, 5, 9, 0, 0, 123_000_000, time.UTC),
		Values: crm.Values{
			Name: "Acme\nrollout", Amount: amount, StageID: "64f000000000000000000002", CloseDate: closes,
			OwnerID: "64f000000000000000000003", AccountID: "64f000000000000000000004",
		},
	}
}

func writeOpportunity(w *wire.Writer, o crm.Opportunity) {
	w.BeginObject()
	record.Opportunity(w, o)
	w.EndObject()
}

func readOpportunity(r *wire.Reader) (o crm.Opportunity) {
	r.Object(func(name []byte) { record.ReadOpportunity(r, name, &o) })
	return o
}

// The stored form is a promise to every version that comes: a change here
// loses what is stored, or needs to read both.
func TestStoredForm(t *testing.T) {
	o := opportunity(t)
	account := crm.Account{ID: o.AccountID, Name: "Acme", Domain: "acme.co.uk", OwnerID: o.OwnerID}
	stage := crm.Stage{ID: o.StageID, Name: "Won", PipelineID: "64f000000000000000000005", Order: 7, Probability: 100, Closed: true, Won: true}
	user := crm.User{ID: o.OwnerID, Name: "Jo", Email: "jo@example.com"}
	for name, c := range map[string]struct {
		write func(*wire.Writer)
		read  func(*wire.Reader) any
		value any
		want  string
	}{
		"opportunity": {
			func(w *wire.Writer) { writeOpportunity(w, o) }, func(r *wire.Reader) any { return readOpportunity(r) }, o,
			`{"id":"64f000000000000000000001","values":{"name":"Acme\nrollout","amount":"12500.5","stage":"64f000000000000000000002","close_date":"2026-12-31","owner":"64f000000000000000000003","account":"64f000000000000000000004","currency":"EUR"},"stage_name":"Won “big”","closed":true,"won":true,"created":1791190800123}`,
		},
		"opportunity without values": {
			func(w *wire.Writer) { writeOpportunity(w, crm.Opportunity{}) }, func(r *wire.Reader) any { return readOpportunity(r) }, crm.Opportunity{},
			`{"values":{}}`,
		},
		"account": {
			func(w *wire.Writer) { record.Account(w, account) }, func(r *wire.Reader) any { return record.ReadAccount(r) }, account,
			`{"id":"64f000000000000000000004","name":"Acme","domain":"acme.co.uk","owner":"64f000000000000000000003"}`,
		},
		"account without values": {
			func(w *wire.Writer) { record.Account(w, crm.Account{}) }, func(r *wire.Reader) any { return record.ReadAccount(r) }, crm.Account{}, `{}`,
		},
		"stage": {
			func(w *wire.Writer) { record.Stage(w, stage) }, func(r *wire.Reader) any { return record.ReadStage(r) }, stage,
			`{"id":"64f000000000000000000002","name":"Won","pipeline":"64f000000000000000000005","order":7,"probability":100,"closed":true,"won":true}`,
		},
		"stage without values": {
			func(w *wire.Writer) { record.Stage(w, crm.Stage{}) }, func(r *wire.Reader) any { return record.ReadStage(r) }, crm.Stage{},
			`{"order":0,"probability":0,"closed":false,"won":false}`,
		},
		"user": {
			func(w *wire.Writer) { record.User(w, user) }, func(r *wire.Reader) any { return record.ReadUser(r) }, user,
			`{"id":"64f000000000000000000003","name":"Jo","email":"jo@example.com"}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			var w wire.Writer
			c.write(&w)
			assert.JSONEq(t, c.want, string(w.Bytes()))
			r := wire.NewReader(w.Bytes())
			assert.Equal(t, c.value, c.read(r))
			require.NoError(t, r.End())
			r = wire.NewReader([]byte(c.want))
			assert.Equal(t, c.value, c.read(r), "what an earlier version stored")
			require.NoError(t, r.End())
		})
	}
}

func TestReadersTakeUnknownMembersAndNulls(t *testing.T) {
	document := []byte(`{"later":{"x":[1]},"id":null,"name":"N","values":null,"domain":null,"owner":null,"order":null,"closed":null,"created":null,"email":null,"stage_name":null}`)
	for name, read := range map[string]func(*wire.Reader) any{
		"account":     func(r *wire.Reader) any { a := record.ReadAccount(r); a.Name = ""; return a == (crm.Account{}) },
		"stage":       func(r *wire.Reader) any { s := record.ReadStage(r); s.Name = ""; return s == (crm.Stage{}) },
		"user":        func(r *wire.Reader) any { u := record.ReadUser(r); u.Name = ""; return u == (crm.User{}) },
		"opportunity": func(r *wire.Reader) any { return readOpportunity(r) == (crm.Opportunity{}) },
	} {
		t.Run(name, func(t *testing.T) {
			r := wire.NewReader(document)
			assert.Equal(t, true, read(r))
			assert.NoError(t, r.End())
		})
	}
}

func TestReadValuesRefusesWhatIsNotCanonical(t *testing.T) {
	for name, document := range map[string]string{
		"an amount with a comma":  `{"amount":"1,5"}`,
		"an amount with a sign":   `{"amount":"€5"}`,
		"a day that is none":      `{"close_date":"2026-02-30"}`,
		"another form of a day":   `{"close_date":"31.12.2026"}`,
		"a stage by its name":     `{"stage":"Won"}`,
		"an owner in capitals":    `{"owner":"64F000000000000000000003"}`,
		"a field that is unknown": `{"next_step":"call"}`,
		"a number for a text":     `{"name":5}`,
		"a list":                  `[]`,
		"a field of another type": `{"amount":5}`,
	} {
		t.Run(name, func(t *testing.T) {
			r := wire.NewReader([]byte(document))
			record.ReadValues(r)
			assert.Error(t, r.End())
		})
	}
}

func TestTime(t *testing.T) {
	zone := time.FixedZone("", 2*60*60)
	for name, c := range map[string]struct{ write, want time.Time }{
		"zero":                  {},
		"milliseconds":          {time.Date(2026, 10, 5, 9, 0, 0, 123_456_789, time.UTC), time.Date(2026, 10, 5, 9, 0, 0, 123_000_000, time.UTC)},
		"another zone":          {time.Date(2026, 10, 5, 11, 0, 0, 0, zone), time.Date(2026, 10, 5, 9, 0, 0, 0, time.UTC)},
		"the beginning of 1970": {time.Unix(0, 0), time.Unix(0, 0).UTC()},
		"before 1970":           {time.Date(1901, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(1901, 1, 1, 0, 0, 0, 0, time.UTC)},
		"far away":              {time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC), time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)},
	} {
		t.Run(name, func(t *testing.T) {
			var w wire.Writer
			w.BeginObject()
			record.Time(&w, "at", c.write)
			w.EndObject()
			var read time.Time
			r := wire.NewReader(w.Bytes())
			r.Object(func([]byte) { read = record.ReadTime(r) })
			require.NoError(t, r.End())
			assert.Equal(t, c.want, read)
		})
	}
	for _, document := range []string{`"yesterday"`, `{}`, `1.5`} {
		r := wire.NewReader([]byte(document))
		assert.Zero(t, record.ReadTime(r))
		assert.Error(t, r.End(), document)
	}
}

// Whatever valid values there are, they come back as they were.
func TestValuesRoundTrip(t *testing.T) {
	id := rapid.OneOf(rapid.Just(""), rapid.StringMatching(`[0-9a-f]{24}`))
	rapid.Check(t, func(t *rapid.T) {
		v := crm.Values{
			Name:    rapid.String().Draw(t, "name"),
			StageID: crm.StageID(id.Draw(t, "stage")), OwnerID: crm.UserID(id.Draw(t, "owner")), AccountID: crm.AccountID(id.Draw(t, "account")),
		}
		require.True(t, v.SetText(crm.FieldAmount, rapid.OneOf(rapid.Just(""), rapid.StringMatching(`-?[0-9]{1,12}(\.[0-9]{1,6})?`)).Draw(t, "amount")))
		v.Amount.Currency = rapid.SampledFrom([]string{"", "EUR"}).Draw(t, "currency")
		if rapid.Bool().Draw(t, "dated") {
			v.CloseDate, _ = crm.NewDate(rapid.IntRange(1, 9999).Draw(t, "year"), time.Month(rapid.IntRange(1, 12).Draw(t, "month")), rapid.IntRange(1, 28).Draw(t, "day"))
		}
		var w wire.Writer
		w.BeginObject()
		record.Values(&w, "values", v)
		w.EndObject()
		var read crm.Values
		r := wire.NewReader(w.Bytes())
		r.Object(func([]byte) { read = record.ReadValues(r) })
		require.NoError(t, r.End())
		require.Equal(t, v, read)
	})
}

// FuzzRead reads any document as everything that is stored.
func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"id":"x","name":"y","values":{"amount":"1e9","currency":7},"created":1e400,"order":"1","closed":"yes"}`))
	f.Add([]byte(`{"values":{"close_date":"2026-02-29"}}`))
	f.Fuzz(func(t *testing.T, document []byte) {
		record.ReadAccount(wire.NewReader(document))
		record.ReadStage(wire.NewReader(document))
		record.ReadUser(wire.NewReader(document))
		record.ReadTime(wire.NewReader(document))
		r := wire.NewReader(document)
		o := readOpportunity(r)
		if r.End() != nil {
			return
		}
		var w wire.Writer
		writeOpportunity(&w, o)
		r = wire.NewReader(w.Bytes())
		require.Equal(t, o, readOpportunity(r), "what was read can be stored again")
		require.NoError(t, r.End())
	})
}
