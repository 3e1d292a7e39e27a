package main

import (
	"context"

	"github.com/dealmark/dealmark/internal/alias"
	"github.com/dealmark/dealmark/internal/boundary"
	"github.com/dealmark/dealmark/internal/browser"
	"github.com/dealmark/dealmark/internal/store"
	"github.com/dealmark/dealmark/internal/wire"
)

func (p *program) exportAliases(s *browser.Surface) {
	s.Export("readAliases", p.aliases(func(ctx context.Context, in store.Store, _ map[string]string) (alias.Aliases, alias.Merged, error) {
		all, err := alias.Load(ctx, in)
		return all, alias.Merged{}, err
	}))
	s.Export("saveAlias", p.aliases(func(ctx context.Context, in store.Store, doc map[string]string) (all alias.Aliases, _ alias.Merged, err error) {
		a, err := alias.New(doc["host"], doc["domain"], browser.ToASCII)
		if doc["account"] != "" {
			a, err = alias.NewAccount(doc["host"], doc["account"], doc["name"], browser.ToASCII)
		}
		if err == nil {
			all, err = alias.Save(ctx, in, doc["was"], a)
		}
		return all, alias.Merged{}, err
	}))
	s.Export("removeAlias", p.aliases(func(ctx context.Context, in store.Store, doc map[string]string) (alias.Aliases, alias.Merged, error) {
		all, err := alias.Remove(ctx, in, doc["host"])
		return all, alias.Merged{}, err
	}))
	s.Export("importAliases", p.aliases(func(ctx context.Context, in store.Store, doc map[string]string) (alias.Aliases, alias.Merged, error) {
		return alias.Import(ctx, in, []byte(doc["text"]), browser.ToASCII)
	}))
}

// aliases makes an exported function of one that answers with all aliases as
// they are then.
func (p *program) aliases(f func(context.Context, store.Store, map[string]string) (alias.Aliases, alias.Merged, error)) func([]byte) ([]byte, error) {
	return func(document []byte) ([]byte, error) {
		doc, err := boundary.Texts(document)
		if err != nil {
			return nil, err
		}
		stores, err := p.Stores()
		if err != nil {
			return nil, err
		}
		all, did, err := f(context.Background(), stores.Settings, doc)
		if err != nil {
			return nil, err
		}
		return boundary.Answer(func(w *wire.Writer) {
			w.Member("added").Int(did.Added).Member("changed").Int(did.Changed).Member("same").Int(did.Same)
			w.Member("aliases").BeginArray()
			for _, a := range all {
				a.Write(w)
			}
			w.EndArray()
		}), nil
	}
}
