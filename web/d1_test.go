//go:build !js

package main_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/gateway"
)

// Batch implements [gateway.DB] for the database that all workers of the flare
// share, as who runs the gateway has it.
func (f *flare) Batch(_ context.Context, statements ...gateway.Statement) ([]gateway.Result, error) {
	var wanted [][]any
	for _, s := range statements {
		wanted = append(wanted, append([]any{s.SQL}, s.Args...))
	}
	text, err := f.try(map[string]any{"wish": "batch", "statements": wanted})
	if err != nil {
		return nil, err
	}
	var given [][2]json.RawMessage
	if err := json.Unmarshal(text, &given); err != nil {
		return nil, err
	}
	results := make([]gateway.Result, len(given))
	for i, g := range given {
		var rows [][]any
		d := json.NewDecoder(strings.NewReader(string(g[1])))
		d.UseNumber()
		if err := errors.Join(json.Unmarshal(g[0], &results[i].Changes), d.Decode(&rows)); err != nil {
			return nil, err
		}
		for _, row := range rows {
			for j, value := range row {
				if n, ok := value.(json.Number); ok {
					if row[j], err = n.Int64(); err != nil {
						return nil, err
					}
				}
			}
			results[i].Rows = append(results[i].Rows, row)
		}
	}
	return results, nil
}

// migrate makes the tables.
func (f *flare) migrate() {
	f.t.Helper()
	require.NoError(f.t, gateway.Migrate(f.t.Context(), f))
}

// schema is what makes the tables, without those of who makes them.
func (f *flare) schema() []gateway.Row {
	f.t.Helper()
	found, err := f.Batch(f.t.Context(), gateway.Statement{SQL: `SELECT type, name, sql FROM sqlite_master
		WHERE sql IS NOT NULL AND name NOT LIKE '%migration%' AND name NOT LIKE '\_cf%' ESCAPE '\' AND name NOT LIKE 'sqlite%' ORDER BY name`})
	require.NoError(f.t, err)
	require.NotEmpty(f.t, found[0].Rows)
	for _, row := range found[0].Rows {
		lines := strings.Split(row.Text(2), "\n")
		for i, line := range lines {
			code, _, _ := strings.Cut(line, "--")
			lines[i] = strings.TrimSpace(code)
		}
		row[2] = strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
	}
	return found[0].Rows
}

// clear drops all tables.
func (f *flare) clear() {
	f.t.Helper()
	found, err := f.Batch(f.t.Context(), gateway.Statement{SQL: `SELECT name FROM sqlite_master
		WHERE type = 'table' AND name NOT LIKE '\_cf%' ESCAPE '\' AND name NOT LIKE 'sqlite%'`})
	require.NoError(f.t, err)
	var drops []gateway.Statement
	for _, row := range found[0].Rows {
		drops = append(drops, gateway.Statement{SQL: "DROP TABLE " + row.Text(0)})
	}
	if len(drops) > 0 {
		_, err = f.Batch(f.t.Context(), drops...)
		require.NoError(f.t, err)
	}
}
