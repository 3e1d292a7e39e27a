package main

import (
	"context"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/dealmark/dealmark/internal/boundary"
	"github.com/dealmark/dealmark/internal/boundary/page"
	"github.com/dealmark/dealmark/internal/browser"
	"github.com/dealmark/dealmark/internal/sandbox/engine"
	"github.com/dealmark/dealmark/internal/site"
	"github.com/dealmark/dealmark/internal/trial"
	"github.com/dealmark/dealmark/internal/wire"
)

// program holds what its exported functions share.
type program struct {
	joined func() (*trial.Trial, error)
}

func main() {
	place := browser.Here()
	p := &program{sync.OnceValues(func() (*trial.Trial, error) {
		db, err := place.OpenDatabase("dealmark-apollo", 1, "journal")
		if err != nil {
			return nil, err
		}
		return trial.New(db.Area("journal", browser.Relaxed), time.Now), nil
	})}
	surface := browser.NewSurface(boundary.Refusal)
	surface.Export("join", p.join)
	surface.Export("visit", p.visit)
	surface.Export("answer", p.answer)
	surface.Publish("dealmark")
	select {} // the functions are called from now on
}

func (p *program) join(document []byte) ([]byte, error) {
	if _, err := boundary.Texts(document); err != nil {
		return nil, err
	}
	return boundary.Answer(func(w *wire.Writer) { w.Text("key", trial.Key).Text("rep", string(trial.Rep)) }), nil
}

func (p *program) visit(document []byte) ([]byte, error) {
	var visited site.Page
	err := boundary.Read(document, func(r *wire.Reader, name string) {
		if name == "page" {
			visited = page.Read(r)
		}
	})
	if err != nil {
		return nil, err
	}
	t, err := p.joined()
	if err != nil {
		return nil, err
	}
	company := site.Recognize(visited, browser.ToASCII)
	if err := t.Visit(context.Background(), company.Domain, company.Name); err != nil {
		return nil, err
	}
	return boundary.Answer(nil), nil
}

func (p *program) answer(document []byte) ([]byte, error) {
	call := engine.Call{Header: map[string]string{}}
	address := ""
	err := boundary.Read(document, func(r *wire.Reader, name string) {
		switch name {
		case "method":
			call.Method = r.String()
		case "url":
			address = r.String()
		case "headers":
			r.Object(func(name []byte) { call.Header[strings.ToLower(string(name))] = r.String() })
		case "body":
			call.Body = []byte(r.String())
		}
	})
	if err != nil {
		return nil, err
	}
	parsed, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	call.Path, call.Query = parsed.Path, parsed.Query()
	t, err := p.joined()
	if err != nil {
		return nil, err
	}
	answer, err := t.Answer(context.Background(), call)
	if err != nil {
		return nil, err
	}
	return boundary.Answer(func(w *wire.Writer) {
		w.Member("status").Int(answer.Status).Member("headers").BeginObject()
		for name, values := range answer.Header {
			w.Member(name).String(strings.Join(values, ", "))
		}
		w.EndObject().Member("body").String(string(answer.Body))
	}), nil
}
