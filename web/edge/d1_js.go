package edge

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/syumai/workers/cloudflare"

	"github.com/dealmark/dealmark/internal/gateway"
	"github.com/dealmark/dealmark/internal/wire"
)

// D1 is a [gateway.DB] over the binding of that name. Statements and results cross
// as one JSON text each, which web/entry/d1.js takes apart, and not value by value.
//
// The library's own driver for database/sql is not used: it has no batch, and
// nothing else is atomic in D1.
type D1 string

// Batch implements [gateway.DB]. A batch of D1 is one transaction.
// https://developers.cloudflare.com/d1/worker-api/d1-database/#batch
func (d D1) Batch(_ context.Context, statements ...gateway.Statement) ([]gateway.Result, error) {
	database := cloudflare.GetBinding(string(d))
	if database.IsUndefined() {
		return nil, errors.New("there is no D1 binding " + string(d))
	}
	w := new(wire.Writer).BeginArray()
	for _, s := range statements {
		if err := write(w.BeginArray().String(s.SQL), s.Args); err != nil {
			return nil, err
		}
		w.EndArray()
	}
	text, err := await(program.Call("batch", database, string(w.EndArray().Bytes())))
	if err != nil {
		return nil, err
	}
	return results([]byte(text.String()))
}

func write(w *wire.Writer, args []any) error {
	for _, arg := range args {
		switch v := arg.(type) {
		case nil:
			w.Null()
		case string:
			w.String(v)
		case int64:
			w.Int(int(v))
		default:
			return errors.New("a value of a statement is neither nil nor string nor int64")
		}
	}
	return nil
}

// results reads [[changes, [row, …]], …], where a row is an array of its values.
func results(text []byte) (list []gateway.Result, err error) {
	r := wire.NewReader(text)
	r.Array(func() {
		var result gateway.Result
		at := 0
		r.Array(func() {
			if at++; at == 1 {
				result.Changes = r.Int()
				return
			}
			r.Array(func() { result.Rows = append(result.Rows, row(r)) })
		})
		list = append(list, result)
	})
	return list, r.End()
}

func row(r *wire.Reader) (row gateway.Row) {
	r.Array(func() {
		switch {
		case r.Is('"'):
			row = append(row, r.String())
		case r.Is('n'):
			r.Skip()
			row = append(row, nil)
		default:
			row = append(row, number(r))
		}
	})
	return row
}

// number reads a whole number, which JavaScript may have written as 1e21 or with a
// fraction of nothing.
func number(r *wire.Reader) any {
	text := r.Number()
	if !strings.ContainsAny(text, ".eE") {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return n
		}
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		r.Fail(err)
	}
	return f
}
