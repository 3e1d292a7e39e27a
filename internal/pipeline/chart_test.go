package pipeline_test

import (
	"bytes"
	"encoding/json"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/index"
	"github.com/dealmark/dealmark/internal/pipeline"
	"github.com/dealmark/dealmark/internal/wire"
)

func written(t *testing.T, s pipeline.Shape) string {
	t.Helper()
	var w wire.Writer
	s.Write(&w)
	var indented bytes.Buffer
	require.NoError(t, json.Indent(&indented, w.Bytes(), "", " "))
	return indented.String() + "\n"
}

func TestCharts(t *testing.T) {
	p := newPipeline()
	totals := p.Totals(p.Find(pipeline.Query{}), "", today)
	golden(t, "stages.json", written(t, pipeline.StageChart(totals.Stages, pipeline.Canvas{Width: 640, Currency: "EUR"})))
	golden(t, "months.json", written(t, pipeline.MonthChart(totals.Months, pipeline.Canvas{Width: 640, Counts: true})))
}

// each calls f for a shape and all in it.
func each(s pipeline.Shape, f func(pipeline.Shape)) {
	f(s)
	for _, inner := range s.Shapes {
		each(inner, f)
	}
}

func attribute(s pipeline.Shape, name string) int {
	for _, a := range s.Attributes {
		if a.Name == name {
			n, err := strconv.Atoi(a.Value)
			if err != nil {
				return -1
			}
			return n
		}
	}
	return 0
}

// In every width and direction, of one thing and of many, no bar leaves the
// picture, and what is not nought has one.
func TestBarsStayInThePicture(t *testing.T) {
	p := newPipeline()
	totals := p.Totals(p.Find(pipeline.Query{}), "", today)
	for _, width := range []int{0, 200, 320, 640, 1600} {
		for _, canvas := range []pipeline.Canvas{{Width: width, Counts: true}, {Width: width, Currency: "EUR"}, {Width: width, Currency: "USD", RightToLeft: true}} {
			for name, chart := range map[string]pipeline.Shape{"stages": pipeline.StageChart(totals.Stages, canvas), "months": pipeline.MonthChart(totals.Months, canvas)} {
				bars := 0
				each(chart, func(s pipeline.Shape) {
					if s.Name != "rect" {
						return
					}
					bars++
					assert.Positive(t, attribute(s, "width"))
					assert.Positive(t, attribute(s, "height"))
					if width >= 320 {
						assert.GreaterOrEqual(t, attribute(s, "x"), 0, "%s %+v", name, canvas)
						assert.LessOrEqual(t, attribute(s, "x")+attribute(s, "width"), width, "%s %+v", name, canvas)
					}
					assert.LessOrEqual(t, attribute(s, "y")+attribute(s, "height"), attribute(chart, "height"))
				})
				assert.Positive(t, bars, "%s %+v", name, canvas)
			}
		}
	}
}

// No two labels of months touch, and what has no date is always labelled.
func TestMonthsAreLabelledApart(t *testing.T) {
	p := newPipeline()
	totals := p.Totals(p.Find(pipeline.Query{}), "", today)
	for _, month := range []int{46, 72, 96} { // as languages write it
		for _, width := range []int{320, 440, 640, 760, 1200} {
			last, labelled := -100, ""
			each(pipeline.MonthChart(totals.Months, pipeline.Canvas{Width: width, Counts: true, Month: month}), func(s pipeline.Shape) {
				if s.As == pipeline.AsMonth {
					assert.Greater(t, attribute(s, "x")-last, month, "%d: %s and %s", width, labelled, s.Text)
					last, labelled = attribute(s, "x"), s.Text
				}
			})
			assert.Equal(t, pipeline.None, labelled, width)
		}
	}
}

// Amounts over columns do not touch either: where they would, none stands there.
func TestAmountsAreWrittenApart(t *testing.T) {
	p := newPipeline()
	totals := p.Totals(p.Find(pipeline.Query{}), "", today)
	months := totals.Months[len(totals.Months)-6:]
	seen := map[bool]int{}
	for _, short := range []int{30, 56, 72, 96} {
		for _, width := range []int{440, 520, 640, 1200} {
			last, values := -200, 0
			each(pipeline.MonthChart(months, pipeline.Canvas{Width: width, Currency: "EUR", Short: short}), func(s pipeline.Shape) {
				if s.As == pipeline.AsShort {
					assert.Greater(t, attribute(s, "x")-last, short, width)
					last = attribute(s, "x")
					values++
				}
			})
			seen[values > 0]++
		}
	}
	assert.Positive(t, seen[true])
	assert.Positive(t, seen[false])
}

// Right to left is the mirror of left to right.
func TestRightToLeftIsTheMirror(t *testing.T) {
	p := newPipeline()
	totals := p.Totals(p.Find(pipeline.Query{}), "", today)
	bars := func(rtl bool) (bars [][2]int) {
		each(pipeline.StageChart(totals.Stages, pipeline.Canvas{Width: 640, Counts: true, RightToLeft: rtl}), func(s pipeline.Shape) {
			if s.Name == "rect" {
				bars = append(bars, [2]int{attribute(s, "x"), attribute(s, "width")})
			}
		})
		return bars
	}
	left, right := bars(false), bars(true)
	require.Len(t, right, len(left))
	for i := range left {
		assert.Equal(t, 640-left[i][0]-left[i][1], right[i][0])
	}
}

func TestAChartOfNothing(t *testing.T) {
	totals := pipeline.New(index.Everything{}).Totals(nil, "", today)
	for _, chart := range []pipeline.Shape{pipeline.StageChart(totals.Stages, pipeline.Canvas{Width: 640}), pipeline.MonthChart(totals.Months, pipeline.Canvas{Width: 640})} {
		each(chart, func(s pipeline.Shape) { assert.NotEqual(t, "rect", s.Name) })
	}
}
