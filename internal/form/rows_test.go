package form_test

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// row is a line of testdata: a text, and either what is understood or a part of
// the refusal.
type row struct {
	line    string // file:number
	setting string // what the last [name setting] line said
	text    string
	want    string
	refused bool
}

// rows reads a file of testdata; its head says how a line is written.
func rows(t testing.TB, path, name string, atLeast int) []row {
	t.Helper()
	file, err := os.Open(path)
	require.NoError(t, err)
	defer file.Close()
	var list []row
	setting, line := "", 0
	for lines := bufio.NewScanner(file); lines.Scan(); {
		text := lines.Text()
		line++
		if inside, ok := strings.CutPrefix(text, "["+name); ok {
			setting = strings.TrimSpace(strings.TrimSuffix(inside, "]"))
			continue
		}
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		r := row{line: fmt.Sprintf("%s:%d", path, line), setting: setting}
		var ok bool
		if r.text, r.want, ok = strings.Cut(text, " ="); !ok || strings.Contains(r.text, " ! ") {
			r.text, r.want, ok = strings.Cut(text, " !")
			r.refused = true
		}
		require.True(t, ok, "%s:%d: neither = nor !", path, line)
		r.want = strings.TrimSpace(r.want)
		if strings.HasPrefix(r.text, `"`) {
			r.text, err = strconv.Unquote(r.text)
			require.NoError(t, err, "%s:%d", path, line)
		}
		list = append(list, r)
	}
	require.GreaterOrEqual(t, len(list), atLeast, "%s has lost its rows", path)
	return list
}
