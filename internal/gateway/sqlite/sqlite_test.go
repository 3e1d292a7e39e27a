//go:build !js

package sqlite_test

import (
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dealmark/dealmark/internal/gateway"
	"github.com/dealmark/dealmark/internal/gateway/sqlite"
)

func open(t *testing.T, path string, pragmas ...string) *sqlite.DB {
	db, err := sqlite.Open(path, pragmas...)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, db.Close()) })
	return db
}

func do(text string, args ...any) gateway.Statement { return gateway.Statement{SQL: text, Args: args} }

func TestBatch(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a b?#.db") // a name is no address
	db := open(t, path)
	_, err := db.Batch(t.Context(), do(`CREATE TABLE t (a TEXT PRIMARY KEY, n INTEGER, x TEXT)`))
	require.NoError(t, err)
	results, err := db.Batch(t.Context(),
		do(`INSERT INTO t VALUES (?1, ?2, ?3), ('b', ?2 + 1, ?1)`, "a", int64(1)<<52, nil),
		do(`UPDATE t SET n = n + 1 RETURNING a, n, x`),
		do(`SELECT count(*) FROM t WHERE n > ?`, int64(5)))
	require.NoError(t, err)
	assert.Equal(t, 2, results[0].Changes)
	assert.Equal(t, []gateway.Row{{"a", int64(1)<<52 + 1, nil}, {"b", int64(1)<<52 + 2, "a"}}, results[1].Rows)
	assert.EqualValues(t, 2, results[2].Rows[0].Int(0))

	// All or none.
	_, err = db.Batch(t.Context(), do(`INSERT INTO t VALUES ('c', 0, '')`), do(`INSERT INTO t VALUES ('a', 0, '')`))
	assert.Error(t, err)
	results, err = open(t, path).Batch(t.Context(), do(`SELECT a FROM t ORDER BY a`))
	require.NoError(t, err)
	assert.Equal(t, []gateway.Row{{"a"}, {"b"}}, results[0].Rows)
	_, err = db.Batch(t.Context(), do(`SELECT nothing`))
	assert.Error(t, err)
}

// Writers of two processes wait for each other, also when all read first.
func TestWritersWait(t *testing.T) {
	path := filepath.Join(t.TempDir(), "db")
	first, second := open(t, path), open(t, path)
	_, err := first.Batch(t.Context(), do(`CREATE TABLE t (n INTEGER)`), do(`INSERT INTO t VALUES (0)`))
	require.NoError(t, err)
	var wait sync.WaitGroup
	for i := range 40 {
		wait.Go(func() {
			db := []*sqlite.DB{first, second}[i%2]
			s := []gateway.Statement{do(`SELECT n FROM t`), do(`UPDATE t SET n = n + 1`)}
			s[1].Volatile = i%4 > 1
			_, err := db.Batch(t.Context(), s...)
			assert.NoError(t, err)
		})
	}
	wait.Wait()
	results, err := first.Batch(t.Context(), do(`SELECT n FROM t`))
	require.NoError(t, err)
	assert.EqualValues(t, 40, results[0].Rows[0].Int(0))
}

func TestMigrate(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "db"))
	for range 2 {
		require.NoError(t, gateway.Migrate(t.Context(), db))
	}
	_, err := db.Batch(t.Context(), do(`INSERT INTO audit (team, at, rep, name, operation, object, fields, result) VALUES ('', 0, '', '', '', '', '', '')`))
	require.NoError(t, err)
	for _, forbidden := range []string{`UPDATE audit SET rep = 'x'`, `DELETE FROM audit`} {
		_, err := db.Batch(t.Context(), do(forbidden))
		assert.ErrorContains(t, err, "append-only", forbidden)
	}
	// Every table has its rows by team, or says why not.
	results, err := db.Batch(t.Context(), do(`SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'`))
	require.NoError(t, err)
	assert.Greater(t, len(results[0].Rows), 9)
	for _, row := range results[0].Rows {
		if row.Text(0) != "migration" {
			assert.Contains(t, strings.ToLower(row.Text(1)), "team ", row.Text(0))
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	for _, path := range []string{"", ":memory:", filepath.Join(t.TempDir(), "no", "such", "folder")} {
		_, err := sqlite.Open(path)
		assert.Error(t, err, path)
	}
}

func TestFull(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "db"), "max_page_count(3)")
	_, err := db.Batch(t.Context(), do(`CREATE TABLE t (x TEXT)`))
	require.NoError(t, err)
	_, err = db.Batch(t.Context(), do(`INSERT INTO t VALUES (?)`, strings.Repeat("x", 100_000)))
	assert.ErrorContains(t, err, "full")
	results, err := db.Batch(t.Context(), do(`SELECT count(*) FROM t`))
	require.NoError(t, err)
	assert.Zero(t, results[0].Rows[0].Int(0))
}
