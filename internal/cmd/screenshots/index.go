//go:build !js

package main

import (
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"os"
	"path/filepath"

	"github.com/dealmark/dealmark/internal/e2e/scene"
)

//go:embed index.html
var indexText string

var indexPage = template.Must(template.New("index").Parse(indexText))

// row is a state in the index; shot one of its pictures.
type (
	row struct {
		Page, Name, Shows string
		Shots             []shot
	}
	shot struct{ File, Alt string }
)

// index writes the page that shows the pictures side by side.
func (a *album) index(states []scene.Scene, looks []look) error {
	var heads []string
	var rows []row
	for _, l := range looks {
		for _, t := range themes {
			heads = append(heads, headOf(l, t))
		}
	}
	for _, s := range states {
		r := row{Page: s.Page, Name: s.Name, Shows: s.Shows}
		for _, l := range looks {
			for _, t := range themes {
				r.Shots = append(r.Shots, shot{file(s, l, t), s.ID() + ", " + headOf(l, t)})
			}
		}
		rows = append(rows, r)
	}
	out, err := os.Create(filepath.Join(a.dir, "index.html"))
	if err != nil {
		return fmt.Errorf("write the index: %w", err)
	}
	err = indexPage.Execute(out, map[string]any{"Heads": heads, "Rows": rows, "Taken": a.taken})
	if err := errors.Join(err, out.Close()); err != nil {
		return fmt.Errorf("write the index: %w", err)
	}
	return nil
}

func headOf(l look, t theme) string {
	return fmt.Sprintf("%s, %d %%, %s", t.Name, l.percent, map[bool]string{true: "right to left", false: "left to right"}[l.rtl])
}
