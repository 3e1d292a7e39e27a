package gateway

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"
	"time"

	"github.com/dealmark/dealmark/internal/wire"
)

var auditColumns = [...]string{"seq", "at", "rep", "name", "operation", "object", "fields", "result"}

// serveAudit lists what was written, the latest first. The rows are made by
// settle and outcome; nothing changes or removes one.
func serveAudit(q *request) (answer, error) {
	limit, err := q.number("limit", 100, 1, 1000)
	if err != nil {
		return answer{}, err
	}
	before, err := q.number("before", 1<<52, 1, 1<<52)
	if err != nil {
		return answer{}, err
	}
	if f := q.query["format"]; f != "" && f != "json" && f != "csv" {
		return answer{}, parameter("format", "json or csv")
	}
	found, err := q.g.one(q.ctx, sql(`SELECT seq, at, rep, name, operation, object, fields, result FROM audit
		WHERE team = ? AND seq < ? ORDER BY seq DESC LIMIT ?`, q.team.ID, before, limit))
	if err != nil {
		return answer{}, err
	}
	if q.query["format"] == "csv" {
		return auditCSV(found.Rows)
	}
	w := new(wire.Writer).BeginObject()
	w.Member("audit").BeginArray()
	for _, r := range found.Rows {
		w.BeginObject().Member("seq").Int(int(r.Int(0))).Member("at").Int(int(r.Int(1)))
		for i, name := range auditColumns[2:] {
			w.Member(name).String(r.Text(i + 2))
		}
		w.EndObject()
	}
	next := 0
	if len(found.Rows) == limit {
		next = int(found.Rows[limit-1].Int(0))
	}
	w.EndArray().Member("next").Int(next)
	return answer{status: 200, body: w.EndObject().Bytes()}, nil
}

func auditCSV(rows []Row) (answer, error) {
	var text bytes.Buffer
	w := csv.NewWriter(&text)
	w.UseCRLF = true
	// A buffer refuses nothing.
	_ = w.Write(auditColumns[:])
	for _, r := range rows {
		line := []string{strconv.FormatInt(r.Int(0), 10), instant(r.Int(1)).Format(time.RFC3339)}
		for i := 2; i < len(auditColumns); i++ {
			line = append(line, plain(r.Text(i)))
		}
		_ = w.Write(line)
	}
	w.Flush()
	a := answer{status: 200, kind: "text/csv; charset=utf-8", body: text.Bytes()}
	a.set("content-disposition", `attachment; filename="audit.csv"`)
	return a, w.Error()
}

// plain keeps a spreadsheet from taking a text for a formula.
func plain(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\n", rune(text[0])) {
		return "'" + text
	}
	return text
}
