package popup_test

import (
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/site"
)

// TestNoRequestWaitsForAnother draws what an opening asks of Apollo as a waterfall:
// each answer takes a second, on a clock that costs nothing. A request waits only for
// one whose answer it is made of, and none is made before the form can be used.
func TestNoRequestWaitsForAnother(t *testing.T) {
	for name, c := range map[string]struct {
		page       site.Page
		openBefore bool     // what an opening an hour ago learned is known
		want       []string // the second in which each request begins, and what it asks
	}{
		"nothing known":                   {acmePage, false, []string{"0 accounts named acme", "0 profile", "0 stages", "0 users", "1 opportunities of 0001"}},
		"all of it known, and old":        {acmePage, true, []string{"0 accounts named acme", "0 opportunities of 0001", "0 profile", "0 stages", "0 users"}},
		"several accounts, nothing known": {initechPage, false, []string{"0 accounts named initech", "0 profile", "0 stages", "0 users", "1 opportunities of 0003", "1 opportunities of 0004"}},
		"several accounts, known and old": {initechPage, true, []string{"0 accounts named initech", "0 opportunities of 0003", "0 opportunities of 0004", "0 profile", "0 stages", "0 users"}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld()
				if c.openBefore {
					w.read(t, c.page)
					w.clock.advance(2 * time.Hour)
					w.reader.asked()
				}
				began := time.Now()
				var mu sync.Mutex
				var begun []string
				w.reader.before = func(call string) error {
					mu.Lock()
					begun = append(begun, strconv.Itoa(int(time.Since(began).Seconds()))+" "+call)
					mu.Unlock()
					time.Sleep(time.Second)
					return nil
				}
				s := w.opened(t, c.page)
				require.NotEmpty(t, w.now().Form.ID)
				require.Empty(t, begun, "the form is there before anything is asked")
				require.Zero(t, time.Since(began))
				s.Read(t.Context(), false)
				slices.Sort(begun)
				assert.Equal(t, c.want, begun)
			})
		})
	}
}
