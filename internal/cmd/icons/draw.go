//go:build !js

package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
)

// draw gives every icon by its file's name.
func draw() (map[string][]byte, error) {
	files := map[string][]byte{"icon.svg": []byte(svg(everywhere))}
	for _, set := range []struct {
		name  string
		sizes []int
		paint paint
	}{
		{"icon", []int{16, 24, 32, 48, 128}, everywhere},
		{"on-light", []int{16, 32}, onLight},
		{"on-dark", []int{16, 32}, onDark},
	} {
		for _, size := range set.sizes {
			var out bytes.Buffer
			encoder := png.Encoder{CompressionLevel: png.BestCompression}
			if err := encoder.Encode(&out, picture(size, set.paint)); err != nil {
				return nil, err
			}
			files[fmt.Sprintf("%s-%d.png", set.name, size)] = out.Bytes()
		}
	}
	return files, nil
}

// fine is how many points of a pixel are asked, each way.
const fine = 16

// picture is the mark in a square of so many pixels.
func picture(size int, p paint) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, size, size))
	t := tickFor(size)
	for y := range size {
		for x := range size {
			body, ticked := 0, 0
			for i := range fine * fine {
				at := point{
					(float64(x) + (float64(i%fine)+0.5)/fine) * 32 / float64(size),
					(float64(y) + (float64(i/fine)+0.5)/fine) * 32 / float64(size),
				}
				if inBody(at) {
					body++
					if t.holds(at) {
						ticked++
					}
				}
			}
			out.SetNRGBA(x, y, mixed(p, body, ticked))
		}
	}
	return out
}

// mixed is a pixel's colour, of how much of it is in the body, and of that under
// the tick.
func mixed(p paint, body, ticked int) color.NRGBA {
	if body == 0 {
		return color.NRGBA{}
	}
	mix := func(under, over uint8) uint8 {
		return uint8((int(under)*(body-ticked) + int(over)*ticked + body/2) / body)
	}
	return color.NRGBA{mix(p.body.R, p.tick.R), mix(p.body.G, p.tick.G), mix(p.body.B, p.tick.B), uint8(body * 255 / (fine * fine))}
}
