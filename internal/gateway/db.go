package gateway

import "context"

// DB is the database: SQLite's dialect of SQL, with its JSON functions.
type DB interface {
	// Batch runs the statements in their order as one atomic step: all of them or
	// none. When it returns without error the step survives a loss of power, unless
	// every statement is Volatile. It gives one Result for each statement.
	Batch(ctx context.Context, statements ...Statement) ([]Result, error)
}

// Statement is one statement and the values of its question marks: each is nil, a
// string, or an int64 whose size is less than 2^53, which is what JavaScript has.
type Statement struct {
	SQL      string
	Args     []any
	Volatile bool // a loss of power may undo it
}

// Result is what a statement did.
type Result struct {
	Rows    []Row // of a SELECT or RETURNING
	Changes int   // rows written, where there are no Rows
}

// Row is one row: each value is nil, a string, an int64 or a float64 without a
// fraction.
type Row []any

// Text is a value as text, "" for NULL.
func (r Row) Text(i int) string {
	text, _ := r[i].(string)
	return text
}

// Int is a value as a number, 0 for NULL.
func (r Row) Int(i int) int64 {
	switch n := r[i].(type) {
	case int64:
		return n
	case float64:
		return int64(n)
	}
	return 0
}

// sql makes a statement. Text of other types than string must be converted by the
// caller, so that every adapter sees the few types that it must know.
func sql(text string, args ...any) Statement {
	for i, arg := range args {
		switch v := arg.(type) {
		case int:
			args[i] = int64(v)
		case bool:
			args[i] = int64(0)
			if v {
				args[i] = int64(1)
			}
		}
	}
	return Statement{SQL: text, Args: args}
}

// volatile makes a statement for what can be had again: the index is read from
// Apollo.
func volatile(text string, args ...any) Statement {
	s := sql(text, args...)
	s.Volatile = true
	return s
}

// one runs one statement.
func (g *Gateway) one(ctx context.Context, s Statement) (Result, error) {
	results, err := g.db.Batch(ctx, s)
	if err != nil {
		return Result{}, err
	}
	return results[0], nil
}
