package screen_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"syscall/js"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/e2e/hostile"
	"github.com/dealmark/dealmark/internal/popup"
	"github.com/dealmark/dealmark/internal/screen"
	"github.com/dealmark/dealmark/internal/words"
)

const (
	most  = 100_000 // texts, at least
	kinds = 16      // of Views
)

// TestHostileTexts shows Views whose every text is hostile and expects the elements
// and attributes that the same Views have with plain texts. Package e2e runs it in
// the real popup, beside the page's own modules, with a global function shape.
func TestHostileTexts(t *testing.T) {
	if js.Global().Get("shape").IsUndefined() {
		t.Skip("this is no popup: package e2e runs this in one")
	}
	n := 0
	var plain []string
	show(t, kinds, func() string { n++; return fmt.Sprint("plain ", n) }, func(shape string) {
		plain = append(plain, shape)
	})
	views, given, text := 0, 0, hostile.Texts(1)
	for given < most {
		show(t, kinds, func() string { given++; return text() }, func(shape string) {
			if want := plain[views%kinds]; shape != want {
				t.Fatalf("View %d has another shape than with plain texts:\n%s", views, difference(want, shape))
			}
			views++
		})
	}
	require.NotContains(t, strings.Join(plain, ""), "DOES")
	require.True(t, js.Global().Get("ran").IsUndefined())
	t.Logf("%d hostile texts in %d Views", given, views)
}

// show shows so many Views on a new screen and tells the shape of the page after
// each.
func show(t *testing.T, views uint64, text func() string, see func(shape string)) {
	t.Helper()
	page, err := screen.New(words.Words{}, "")
	require.NoError(t, err)
	for seed := range views {
		v := filler{rand.New(rand.NewPCG(seed, 1)), text, 3}.view()
		page.Show(v)
		modules()
		see(js.Global().Call("shape").String())
		names := js.Global().Get("document").Call("querySelectorAll", "#rows .row-name")
		require.Equal(t, len(v.List.Rows), names.Length())
		for i, row := range v.List.Rows {
			shown := names.Index(i).Get("textContent").String()
			switch {
			case len(row.Name) > hostile.Long: // too long to be laid out
				require.Less(t, len(shown), 10_000)
				require.True(t, strings.HasSuffix(shown, "…"))
			case utf8.ValidString(row.Name):
				require.Equal(t, row.Name, shown)
			}
		}
	}
	// The next screen is to find the page as if it were new.
	page.Show(popup.View{})
	document := js.Global().Get("document")
	document.Call("getElementById", "more-fields").Call("replaceChildren")
	touched := document.Call("querySelectorAll", "[data-touched]")
	for i := range touched.Length() {
		touched.Index(i).Call("removeAttribute", "data-touched")
	}
}

// modules lets the page's own modules see what has changed.
func modules() {
	seen := make(chan struct{})
	see := js.FuncOf(func(js.Value, []js.Value) any { close(seen); return nil })
	defer see.Release()
	js.Global().Get("scheduler").Call("postTask", see)
	<-seen
}

// difference is the first line that is another one.
func difference(want, got string) string {
	wants, gots := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i, line := range gots {
		if i >= len(wants) || wants[i] != line {
			return fmt.Sprintf("line %d is %q, not %q", i, line, wants[min(i, len(wants)-1)])
		}
	}
	return fmt.Sprintf("%d lines, not %d", len(gots), len(wants))
}

// filler makes Views that are the same but for their texts.
type filler struct {
	from    *rand.Rand
	text    func() string
	options int // of a choice
}

func (f filler) view() popup.View {
	var v popup.View
	f.fill(reflect.ValueOf(&v).Elem())
	v.Company.Status = one(f, popup.NoCompany, popup.InApollo, popup.Several, popup.NotInApollo, popup.Unknown)
	v.Form.ID += " of this View" // each has a form of its own
	for _, name := range crm.Fields() {
		v.Form.Fields = append(v.Form.Fields, f.field(name, ""))
	}
	// A screen makes the custom fields once, so each View has the same ones.
	for i, kind := range []crm.CustomKind{crm.CustomText, crm.CustomNumber, crm.CustomDate, crm.CustomBool, crm.CustomChoice, crm.CustomChoices} {
		v.Form.More = append(v.Form.More, f.field(crm.Field(fmt.Sprint(f.text(), i)), kind))
	}
	return v
}

func (f filler) field(name crm.Field, kind crm.CustomKind) popup.Field {
	var v popup.Field
	f.options = 8 // as many as a strip takes
	f.fill(reflect.ValueOf(&v).Elem())
	v.Name, v.Kind, v.Gap = name, kind, 0
	if name == crm.FieldStage || name == crm.FieldOwner || name == crm.FieldAccount || kind == crm.CustomBool || kind == crm.CustomChoice {
		v.Value = v.Options[1].Value
	}
	return v
}

// fill gives every part of a value something, the form's fields excepted.
func (f filler) fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		if _, is := v.Interface().(popup.Action); is {
			v.SetString(string(one(f, popup.OpenOptions, popup.Retry, popup.Resend, popup.Edit, popup.Settle, popup.Undo, popup.Open)))
		} else if f.from.IntN(12) > 0 {
			v.SetString(f.text())
		}
	case reflect.Bool:
		v.SetBool(f.from.IntN(2) > 0)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem())
	case reflect.Slice:
		n := f.from.IntN(20)
		switch v.Interface().(type) {
		case []popup.Field:
			return
		case []popup.Option:
			n = f.options
		case []popup.Conflict: // a table each, with little text in many elements
			n %= 3
		}
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			if options, are := v.Interface().([]popup.Option); are && i > 0 { // of one pipeline, so that they stand as a strip
				options[i] = popup.Option{Value: f.text(), Label: f.text(), Outcome: f.text(), Pipeline: options[0].Pipeline}
				continue
			}
			f.fill(v.Index(i))
			if id := v.Index(i).FieldByName("ID"); id.IsValid() {
				id.SetString(fmt.Sprint(id.String(), i)) // each another one
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f.fill(v.Field(i))
		}
	}
}

func one[T any](f filler, of ...T) T { return of[f.from.IntN(len(of))] }
