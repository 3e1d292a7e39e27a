package main

import (
	"strings"

	"github.com/dealmark/dealmark/internal/apollo"
	"github.com/dealmark/dealmark/internal/boundary"
	"github.com/dealmark/dealmark/internal/crm"
	"github.com/dealmark/dealmark/internal/pipeline"
	"github.com/dealmark/dealmark/internal/wire"
)

func (p *program) findOpportunities(document []byte) ([]byte, error) {
	doc, err := boundary.Texts(document)
	if err != nil {
		return nil, err
	}
	p.query = pipeline.Query{
		Text: doc["text"], Within: crm.PipelineID(doc["within"]), Stage: doc["stage"], Owner: doc["owner"],
		State: pipeline.State(doc["state"]), Month: doc["month"],
		Sort: pipeline.ColumnNamed(strings.TrimPrefix(doc["sort"], "-")), Descending: strings.HasPrefix(doc["sort"], "-"),
	}
	p.found, p.board = p.all.Find(p.query), nil
	return boundary.Answer(func(w *wire.Writer) { w.Member("count").Int(len(p.found)) }), nil
}

// part is what a document asks for of a list.
type part struct {
	from, count int
	stage       string
}

func readPart(document []byte) (of part, err error) {
	err = boundary.Read(document, func(r *wire.Reader, name string) {
		switch name {
		case "from":
			of.from = r.Int()
		case "count":
			of.count = r.Int()
		case "stage":
			of.stage = r.String()
		}
	})
	return of, err
}

// of gives the part of a list, as far as the list goes.
func (of part) of(list []int32) []int32 {
	from := min(max(0, of.from), len(list))
	return list[from:min(from+max(0, of.count), len(list))]
}

func (p *program) readRows(document []byte) ([]byte, error) {
	of, err := readPart(document)
	if err != nil {
		return nil, err
	}
	return p.rows(of.of(p.found)), nil
}

func (p *program) readStage(document []byte) ([]byte, error) {
	of, err := readPart(document)
	if err != nil {
		return nil, err
	}
	if p.board == nil {
		p.board = p.all.Board(p.found)
	}
	return p.rows(of.of(p.board[of.stage])), nil
}

func (p *program) rows(list []int32) []byte {
	return boundary.Answer(func(w *wire.Writer) {
		w.Member("rows").BeginArray()
		for _, i := range list {
			r := p.all.Row(i)
			w.BeginObject().Member("id").String(string(r.ID)).Member("name").String(r.Name).Member("company").String(r.Company)
			w.Member("stage").String(r.Stage).Member("state").String(string(r.State)).Member("owner").String(r.Owner)
			w.Member("amount").String(r.Amount.Text()).Member("currency").String(r.Amount.Currency)
			w.Member("closeDate").String(r.CloseDate.String()).Member("url").String(apollo.OpportunityURL(r.ID)).EndObject()
		}
		w.EndArray()
	})
}

func (p *program) exportRows(document []byte) ([]byte, error) {
	of, err := readPart(document)
	if err != nil {
		return nil, err
	}
	text := p.all.CSV(of.of(p.found), apollo.OpportunityURL)
	if of.from == 0 {
		text = pipeline.BOM + pipeline.Header + text
	}
	return boundary.Answer(func(w *wire.Writer) { w.Member("csv").String(text) }), nil
}
