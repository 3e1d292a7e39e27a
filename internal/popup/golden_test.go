package popup_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/popup"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares what the rep sees with testdata/NAME.golden, and sees to it
// that no View on the way was a dead end.
func (w *world) golden(t *testing.T, name string) {
	t.Helper()
	for _, v := range w.all() {
		requireWayOn(t, v)
	}
	path := filepath.Join("testdata", name+".golden")
	drawn := draw(w.now())
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(path, []byte(drawn), 0o644))
		return
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err, "go test -update writes it")
	assert.Equal(t, string(want), drawn)
}

// requireWayOn fails for a View in which the rep cannot go on, or is not told
// how.
func requireWayOn(t testing.TB, v popup.View) {
	t.Helper()
	if v.Company.Status == popup.NoCompany {
		require.NotEmpty(t, v.Company.Text, "the popup offers to type a domain and must say why")
	} else {
		require.True(t, v.Form.Ready, "a company is known, so saving must be possible")
		require.NotEmpty(t, v.Company.Name+v.Company.Domain, "an account without a domain has a name")
		require.NotEmpty(t, v.Company.Text)
	}
	require.NotEmpty(t, v.Form.ID)
	require.NotEmpty(t, v.Form.Submit)
	require.Len(t, v.Form.Fields, 6)
	if n := v.Notice; n != nil {
		require.NotEmpty(t, n.Text)
		require.NotEmpty(t, n.Action)
		require.NotEmpty(t, n.Label)
	}
	for _, e := range v.Outbox {
		require.NotEmpty(t, e.Title)
		require.True(t, e.Text != "" || e.State == "done", "%s: what happens next?", e.State)
		goesOn := e.State == "queued" || e.State == "sending" || e.State == "done"
		require.True(t, goesOn || len(e.Buttons) > 0, "an entry that waits for the rep needs a button: %s", e.State)
	}
	if v.Company.Status != popup.NoCompany && len(v.List.Rows) == 0 {
		require.NotEmpty(t, v.List.Status, "an empty list says why")
	}
	for _, text := range texts(v) {
		require.NotContains(t, text, "  ")
		require.NotContains(t, text, "..")
		require.Equal(t, strings.TrimSpace(text), text)
	}
}

// texts are the sentences that Dealmark makes up.
func texts(v popup.View) []string {
	all := []string{v.Choice.Text, v.Company.Alias, v.Company.Text, v.Company.AsOf, v.List.Status, v.Form.Text, v.Form.Similar.Text}
	if v.Notice != nil {
		all = append(all, v.Notice.Text, v.Notice.Label)
	}
	for _, e := range v.Outbox {
		all = append(all, e.Text)
	}
	for _, f := range append(slices.Clip(v.Form.Fields), v.Form.More...) {
		all = append(all, f.Error)
	}
	return all
}

// draw shows a View as text:
//
//	Acme Corporation, acme.test · in_apollo · In Apollo
//	! unauthorized: Dealmark needs … [Add the API key: open_options]
//	> queued: Create “Acme”. Saved on this computer. … [Try now: retry]
//	- Acme training days · Qualify · 6,000 · 2027-01-02 · Priya Raman
//	# New opportunity (form-1, ready)
//	  name*   "Acme"
func draw(v popup.View) string {
	var b strings.Builder
	line := func(parts ...string) {
		if len(parts) == 1 && parts[0] == "" {
			return
		}
		var said []string
		for _, p := range parts {
			if p != "" {
				said = append(said, p)
			}
		}
		b.WriteString(strings.Join(said, " · ") + "\n")
	}
	line(strings.Trim(v.Company.Name+", "+v.Company.Domain, ", "), v.Company.Unicode, string(v.Company.Status), v.Company.Text, v.Company.AsOf)
	line(v.Company.Alias + when(v.Company.Passing, " (for now)"))
	if c := v.Choice; c.Open {
		line("? "+c.Text, when(c.Search, "search"), when(c.Forget, "forget"))
		for _, row := range c.Rows {
			line("  "+when(row.Current, "*")+row.Name, row.Domain, row.Detail)
		}
	}
	if n := v.Notice; n != nil {
		line(fmt.Sprintf("! %s: %s [%s: %s]", n.Kind, n.Text, n.Label, n.Action))
	}
	for _, e := range v.Outbox {
		buttons := ""
		for _, button := range e.Buttons {
			target := ""
			if button.Link != "" {
				target = " " + button.Link
			}
			buttons += fmt.Sprintf(" [%s: %s%s]", button.Label, button.Action, target)
		}
		line(fmt.Sprintf("> %s: %s. %s%s", e.State, e.Title, e.Text, buttons))
		for _, c := range e.Conflicts {
			line(fmt.Sprintf("  ≠ %s: %q, now %q, wanted %q", c.Field, c.Then, c.Now, c.Wanted))
		}
	}
	for _, r := range v.List.Rows {
		mark := "-"
		if r.Current {
			mark = "*"
		}
		line(mark+" "+r.Name, r.Stage, r.Amount, r.CloseDate, r.Owner, when(r.Won, "won"), when(r.Closed && !r.Won, "lost"), r.Link)
	}
	if v.List.Status != "" || v.List.Busy {
		line("= "+v.List.Status, when(v.List.Busy, "busy"))
	}
	line("# "+v.Form.Heading, v.Form.ID, when(v.Form.Ready, "ready"), when(v.Form.Dirty, "dirty"), string(v.Form.Editing), v.Form.Link)
	for _, f := range v.Form.Fields {
		label := ""
		for _, o := range f.Options {
			if o.Value == f.Value {
				label = o.Label
			}
		}
		line(fmt.Sprintf("  %s%s %q", f.Name, when(f.Touched, "*"), f.Value), label, f.Understood,
			when(f.Options != nil, fmt.Sprintf("of %d", len(f.Options))), when(f.Locked, "locked"), when(f.Error != "", "✗ "+f.Error))
	}
	if a := v.Form.Account; a.Offered {
		line(fmt.Sprintf("  account_name%s %q", when(a.Touched, "*"), a.Value), when(a.Error != "", "✗ "+a.Error))
	}
	for _, f := range v.Form.More {
		label := ""
		for _, o := range f.Options {
			if o.Value == f.Value {
				label = o.Label
			}
		}
		line(fmt.Sprintf("  + %s%s%s %q", f.Label, when(f.Required, " (required)"), when(f.Touched, "*"), f.Value), label, f.Understood,
			when(f.Options != nil, fmt.Sprintf("of %d", len(f.Options))), when(f.Locked, "locked"), when(f.Error != "", "✗ "+f.Error))
	}
	if v.Form.Line != "" || v.Form.Taken != "" {
		line("  ↓ "+v.Form.Line, when(v.Form.Taken != "", "put back “"+v.Form.Taken+"”"))
	}
	if v.Form.Similar.ID != "" {
		line("  ? " + v.Form.Similar.Text)
	}
	line("  ["+v.Form.Submit+"]", when(v.Form.Undo, "[Undo]"), v.Form.Text)
	return b.String()
}

func when(on bool, text string) string {
	if on {
		return text
	}
	return ""
}
