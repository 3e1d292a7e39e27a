package main

import (
	"time"

	"github.com/dealmark/dealmark/internal/boundary"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/pipeline"
	"github.com/dealmark/dealmark/internal/wire"
)

// totalOpportunities adds up what was found. Without a measure the amounts of
// the currency that most have are drawn, or the numbers where none has any.
func (p *program) totalOpportunities(document []byte) ([]byte, error) {
	var canvas pipeline.Canvas
	measure := ""
	if err := boundary.Read(document, func(r *wire.Reader, name string) {
		switch name {
		case "width":
			canvas.Width = r.Int()
		case "rightToLeft":
			canvas.RightToLeft = r.Bool()
		case "month":
			canvas.Month = r.Int()
		case "short":
			canvas.Short = r.Int()
		case "measure":
			measure = r.String()
		}
	}); err != nil {
		return nil, err
	}
	totals := p.all.Totals(p.found, p.query.Within, crm.DateOf(time.Now()))
	canvas.Currency, canvas.Counts = totals.All.Measure(measure)
	return boundary.Answer(func(w *wire.Writer) {
		w.Member("currency").String(canvas.Currency).Member("counts").Bool(canvas.Counts)
		w.Member("all").BeginObject()
		writeTally(w, totals.All)
		w.EndObject()
		writeLines(w, "stages", totals.Stages)
		writeLines(w, "months", totals.Months)
		w.Member("stageChart")
		pipeline.StageChart(totals.Stages, canvas).Write(w)
		w.Member("monthChart")
		pipeline.MonthChart(totals.Months, canvas).Write(w)
	}), nil
}

func writeLines(w *wire.Writer, name string, lines []pipeline.Line) {
	w.Member(name).BeginArray()
	for _, line := range lines {
		w.BeginObject().Member("key").String(line.Key).Member("label").String(line.Label)
		writeTally(w, line.Tally)
		w.Member("states").BeginArray()
		for _, state := range line.States {
			w.Int(state.Count)
		}
		w.EndArray().EndObject()
	}
	w.EndArray()
}

func writeTally(w *wire.Writer, t pipeline.Tally) {
	w.Member("count").Int(t.Count).Member("without").Int(t.Without).Member("amounts").BeginArray()
	for _, a := range t.Amounts {
		w.BeginObject().Member("currency").String(a.Currency).Member("sum").String(a.Sum.Text()).Member("count").Int(a.Count).EndObject()
	}
	w.EndArray()
}
