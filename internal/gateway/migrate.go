package gateway

import (
	"context"
	"embed"
	"strings"
)

// Files are the migrations, in the folder "migrations": plain SQL in the order of
// the files' names, one set for every database.
//
//go:embed migrations/*.sql
var Files embed.FS

// Migrate brings the database to the present tables. Each file is one atomic step
// and runs once, also when several programs start at once: the loser of such a
// race gets an error and finds the tables there when it tries again.
func Migrate(ctx context.Context, db DB) error {
	_, err := db.Batch(ctx, sql(`CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY) WITHOUT ROWID`))
	if err != nil {
		return err
	}
	entries, err := Files.ReadDir("migrations")
	if err != nil {
		return err
	}
	for _, entry := range entries {
		text, err := Files.ReadFile("migrations/" + entry.Name())
		if err != nil {
			return err
		}
		found, err := db.Batch(ctx, sql(`SELECT name FROM migration WHERE name = ?`, entry.Name()))
		if err != nil {
			return err
		}
		if len(found[0].Rows) > 0 {
			continue
		}
		steps := []Statement{sql(`INSERT INTO migration (name) VALUES (?)`, entry.Name())}
		for _, statement := range Statements(string(text)) {
			steps = append(steps, sql(statement))
		}
		if _, err := db.Batch(ctx, steps...); err != nil {
			return err
		}
	}
	return nil
}

// Statements cuts a migration into its statements, without comments. One ends
// where a semicolon ends a line and the next line is empty: triggers hold others.
func Statements(file string) (list []string) {
	for part := range strings.SplitSeq(file, "\n\n") {
		var lines []string
		for line := range strings.SplitSeq(part, "\n") {
			if code, _, _ := strings.Cut(line, "--"); strings.TrimSpace(code) != "" {
				lines = append(lines, strings.TrimRight(code, " "))
			}
		}
		if text := strings.TrimSuffix(strings.Join(lines, "\n"), ";"); text != "" {
			list = append(list, text)
		}
	}
	return list
}
