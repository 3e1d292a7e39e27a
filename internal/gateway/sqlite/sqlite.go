//go:build !js

// Package sqlite is the gateway's database in one file on this machine, over
// modernc.org/sqlite in WAL mode.
//
// It does not know what the statements mean.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"slices"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/dealmark/dealmark/internal/gateway"
)

// DB is a [gateway.DB]. It is safe for concurrent use, and so is its file for
// several processes.
type DB struct {
	durable  *sql.DB // one connection that writes, each commit on the disk
	volatile *sql.DB // one connection that writes without waiting for the disk
	readers  *sql.DB
}

// Open opens the file, and makes it if there is none. It must not be on a network
// file system. pragmas are further settings of each connection, or others in place
// of its own: "max_page_count(100000)", "busy_timeout(100)".
func Open(path string, pragmas ...string) (*DB, error) {
	if path == "" || strings.HasPrefix(path, ":") {
		return nil, errors.New("the database needs a file: several connections share it")
	}
	durable, err := open(path, 1, slices.Concat(pragmas, []string{"synchronous(FULL)"}))
	if err != nil {
		return nil, err
	}
	// The first connection makes the file and sets its journal for all.
	if err := durable.Ping(); err != nil {
		return nil, errors.Join(err, durable.Close())
	}
	volatile, err := open(path, 1, slices.Concat(pragmas, []string{"synchronous(NORMAL)"}))
	if err != nil {
		return nil, errors.Join(err, durable.Close())
	}
	readers, err := open(path, 4, slices.Concat(pragmas, []string{"query_only(1)"}))
	if err != nil {
		return nil, errors.Join(err, durable.Close(), volatile.Close())
	}
	return &DB{durable, volatile, readers}, nil
}

func open(path string, connections int, pragmas []string) (*sql.DB, error) {
	for _, own := range []string{"busy_timeout(5000)", "journal_mode(WAL)", "cache_size(-16000)"} {
		name, _, _ := strings.Cut(own, "(")
		if !slices.ContainsFunc(pragmas, func(p string) bool { return strings.HasPrefix(p, name+"(") }) {
			pragmas = append(pragmas, own)
		}
	}
	query := url.Values{"_pragma": pragmas, "_txlock": {"immediate"}}
	pool, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+query.Encode())
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	return pool, nil
}

// Close ends all connections.
func (d *DB) Close() error {
	return errors.Join(d.readers.Close(), d.volatile.Close(), d.durable.Close())
}

// Batch implements [gateway.DB].
func (d *DB) Batch(ctx context.Context, statements ...gateway.Statement) ([]gateway.Result, error) {
	reads, volatile := true, true
	for _, s := range statements {
		reads = reads && strings.HasPrefix(s.SQL, "SELECT")
		volatile = volatile && s.Volatile
	}
	pool := d.durable
	switch {
	case reads:
		pool = d.readers
	case volatile:
		pool = d.volatile
	}
	if len(statements) == 1 {
		result, err := run(ctx, pool, statements[0])
		return []gateway.Result{result}, err
	}
	tx, err := pool.BeginTx(ctx, &sql.TxOptions{ReadOnly: reads})
	if err != nil {
		return nil, err
	}
	results := make([]gateway.Result, len(statements))
	for i, s := range statements {
		if results[i], err = run(ctx, tx, s); err != nil {
			return nil, errors.Join(err, tx.Rollback())
		}
	}
	return results, tx.Commit()
}

type runner interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

func run(ctx context.Context, on runner, s gateway.Statement) (result gateway.Result, err error) {
	if !strings.HasPrefix(s.SQL, "SELECT") && !strings.Contains(s.SQL, "RETURNING") {
		done, err := on.ExecContext(ctx, s.SQL, s.Args...)
		if err != nil {
			return result, err
		}
		changes, err := done.RowsAffected()
		result.Changes = int(changes)
		return result, err
	}
	rows, err := on.QueryContext(ctx, s.SQL, s.Args...)
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns, err := rows.Columns()
	if err != nil {
		return result, err
	}
	for rows.Next() {
		row := make(gateway.Row, len(columns))
		into := make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return result, err
		}
		for i, value := range row {
			if bytes, ok := value.([]byte); ok {
				row[i] = string(bytes)
			}
		}
		result.Rows = append(result.Rows, row)
	}
	return result, rows.Err()
}
