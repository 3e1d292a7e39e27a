//go:build !js

package main

import (
	"fmt"
	"image/color"
	"math"
)

// The mark is drawn on a square of 32 by 32, y downwards: a bookmark from 4 to 28
// and from 2 to 30, so that its edges fall on whole pixels at 16, 32, 48 and 128.

type point struct{ x, y float64 }

// inBody says whether a point is in the bookmark.
func inBody(p point) bool {
	const half, top, corner, tip, foot = 12, 2, 4, 24.6, 1.6
	x := math.Abs(p.x - 16)
	switch {
	case x > half || p.y < top:
		return false
	case x > half-corner && p.y < top+corner:
		return math.Hypot(x-(half-corner), p.y-(top+corner)) <= corner
	case x > half-foot && p.y > 28.6:
		return math.Hypot(x-(half-foot), p.y-28.6) <= foot
	}
	return p.y <= tip+x*0.5625 // the notch rises to the middle
}

// tick is a line of two parts with round ends.
type tick struct {
	width float64
	at    [3]point
}

// tickFor is the tick of a picture of so many pixels. A small one is wider, with
// its corners where pixels are.
func tickFor(size int) tick {
	switch {
	case size <= 16:
		return tick{4.2, [3]point{{10, 13}, {14.6, 17.6}, {22.4, 9}}}
	case size <= 32:
		return tick{3.6, [3]point{{10.2, 12.8}, {14.5, 17.1}, {22.1, 8.9}}}
	}
	return tick{3.2, [3]point{{10, 12.6}, {14.5, 17.1}, {22.3, 8.7}}}
}

func (t tick) holds(p point) bool {
	return distance(p, t.at[0], t.at[1]) <= t.width/2 || distance(p, t.at[1], t.at[2]) <= t.width/2
}

// distance is how far a point is from the part of a line between two others.
func distance(p, from, to point) float64 {
	dx, dy := to.x-from.x, to.y-from.y
	along := ((p.x-from.x)*dx + (p.y-from.y)*dy) / (dx*dx + dy*dy)
	along = max(0, min(1, along))
	return math.Hypot(p.x-from.x-along*dx, p.y-from.y-along*dy)
}

// paint are the two colours of a mark.
type paint struct{ body, tick color.NRGBA }

var (
	white = color.NRGBA{0xff, 0xff, 0xff, 0xff}
	// everywhere is seen on light bars and on dark ones: Chromium has one icon for
	// both, for nothing of an extension knows its bar's colour before a click.
	everywhere = paint{color.NRGBA{0x6b, 0x7c, 0xf6, 0xff}, white}
	// Firefox takes one for each.
	onLight = paint{color.NRGBA{0x3a, 0x4b, 0xd0, 0xff}, white}
	onDark  = paint{color.NRGBA{0xa9, 0xb4, 0xff, 0xff}, color.NRGBA{0x17, 0x19, 0x1e, 0xff}}
)

// svg is the mark for the pages, at any size.
func svg(p paint) string {
	t := tickFor(32)
	hex := func(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <path fill="%s" d="M8 2h16a4 4 0 0 1 4 4v22.6a1.6 1.6 0 0 1-2.4 1.4L16 24.6 6.4 30A1.6 1.6 0 0 1 4 28.6V6a4 4 0 0 1 4-4z"/>
  <path fill="none" stroke="%s" stroke-width="%g" stroke-linecap="round" stroke-linejoin="round" d="M%g %gL%g %gL%g %g"/>
</svg>
`, hex(p.body), hex(p.tick), t.width, t.at[0].x, t.at[0].y, t.at[1].x, t.at[1].y, t.at[2].x, t.at[2].y)
}
