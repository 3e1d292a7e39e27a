//go:build !js

package arch_test

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
)

// Pixels of the picture.
const (
	roomWidth, roomHeight = 136, 32
	gapAcross, gapUp      = 16, 48
	margin                = 16
)

// draw gives the plan as SVG, the lowest row at the bottom. It follows the
// reader's theme.
func draw(rows [][]room) string {
	widest := 0
	for _, row := range rows {
		widest = max(widest, len(row))
	}
	width := 2*margin + widest*(roomWidth+gapAcross) - gapAcross
	height := 2*margin + len(rows)*(roomHeight+gapUp) - gapUp
	place := placed(rows, width, height)
	var lines, boxes strings.Builder
	for _, row := range rows {
		for _, r := range row {
			here := place[r.name]
			for _, below := range r.on {
				there := place[below]
				x1, y1, x2, y2 := here.x+roomWidth/2, here.y+roomHeight, there.x+roomWidth/2, there.y
				fmt.Fprintf(&lines, "<path d=\"M%d %dC%d %d %d %d %d %d\"/>\n", x1, y1, x1, y1+gapUp/2, x2, y2-gapUp/2, x2, y2)
			}
			fmt.Fprintf(&boxes, "<g><title>%s</title><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\"/><text x=\"%d\" y=\"%d\">%s</text></g>\n",
				escaped(r.name+": "+r.reason), here.x, here.y, roomWidth, roomHeight, here.x+roomWidth/2, here.y+roomHeight/2+4, escaped(r.name))
		}
	}
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-labelledby="title">
<title id="title">Who may import whom: each package stands on those below it that a line leads to, and on what these stand on. Those of the top row may import any.</title>
<style>
text { font: 12px system-ui, sans-serif; text-anchor: middle; fill: #1a1e26 }
rect { fill: #f5f6f8; stroke: #858d9b }
path { fill: none; stroke: #858d9b; stroke-opacity: .7 }
@media (prefers-color-scheme: dark) { text { fill: #e8ebf0 } rect { fill: #1e2127; stroke: #767f8f } path { stroke: #767f8f } }
</style>
%s%s</svg>
`, width, height, width, height, lines.String(), boxes.String())
}

type point struct{ x, y int }

// placed gives each room its place: in its row, in the order of the middles of
// what it stands on, so that few lines cross.
func placed(rows [][]room, width, height int) map[string]point {
	place := map[string]point{}
	for level, row := range rows {
		ordered := slices.Clone(row)
		slices.SortStableFunc(ordered, func(a, b room) int { return cmp.Compare(middle(a, place), middle(b, place)) })
		left := (width - len(row)*(roomWidth+gapAcross) + gapAcross) / 2
		for i, r := range ordered {
			place[r.name] = point{left + i*(roomWidth+gapAcross), height - margin - roomHeight - level*(roomHeight+gapUp)}
		}
	}
	return place
}

func middle(r room, place map[string]point) int {
	if len(r.on) == 0 {
		return 0
	}
	sum := 0
	for _, below := range r.on {
		sum += place[below].x
	}
	return sum / len(r.on)
}

func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder takes all
	return b.String()
}
