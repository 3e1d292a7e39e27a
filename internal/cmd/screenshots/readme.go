//go:build !js

package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/dealmark/dealmark/internal/e2e/rig"
	"github.com/dealmark/dealmark/internal/e2e/scene"
)

// readme is the folder with README's pictures, seen from the repository's root.
const readme = "internal/cmd/screenshots/readme"

// ofReadme are README's pictures: the state's ID, and the theme.
var ofReadme = []struct {
	file, state string
	theme       theme
}{
	{"known.png", "popup-known", themes[0]},
	{"edited.png", "popup-edited", themes[0]},
	{"conflict.png", "popup-conflict", themes[1]},
	{"pipeline.png", "pipeline-board", themes[0]},
}

// takeReadme takes README's pictures, as small as they may be.
func takeReadme(ctx context.Context, dir string, log io.Writer) (err error) {
	started, err := rig.Start(ctx, rig.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, started.Close()) }()
	for _, p := range ofReadme {
		at := slices.IndexFunc(scene.All(), func(s scene.Scene) bool { return s.ID() == p.state })
		if at < 0 {
			return fmt.Errorf("no state is named %s", p.state)
		}
		path := filepath.Join(dir, p.file)
		if err := takeOne(ctx, started, scene.All()[at], p.theme, path); err != nil {
			return err
		}
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		fmt.Fprintf(log, "screenshots: %s, %s, %d KB\n", path, p.state, info.Size()/1024)
	}
	return nil
}

func takeOne(ctx context.Context, r *rig.Rig, s scene.Scene, t theme, path string) (err error) {
	page, end, err := s.Play(ctx, r)
	defer func() { err = errors.Join(err, end()) }()
	if err != nil {
		return err
	}
	return rig.Do(
		func() error { return page.SetDark(ctx, t.dark) },
		func() error { return page.Screenshot(ctx, path) },
		func() error { return shrink(path) })
}

// shrink writes a picture anew with no more than 256 colours, the most frequent
// ones: letters have edges in hundreds of shades, which nobody tells apart.
func shrink(path string) error {
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	picture, err := png.Decode(in)
	if err := errors.Join(err, in.Close()); err != nil {
		return fmt.Errorf("shrink %s: %w", path, err)
	}
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	best := png.Encoder{CompressionLevel: png.BestCompression}
	if err := errors.Join(best.Encode(out, fewer(picture)), out.Close()); err != nil {
		return fmt.Errorf("shrink %s: %w", path, err)
	}
	return nil
}

func fewer(picture image.Image) image.Image {
	size := picture.Bounds()
	count := map[color.Color]int{}
	for y := size.Min.Y; y < size.Max.Y; y++ {
		for x := size.Min.X; x < size.Max.X; x++ {
			count[picture.At(x, y)]++
		}
	}
	var palette color.Palette
	for c := range count {
		palette = append(palette, c)
	}
	slices.SortFunc(palette, func(a, b color.Color) int { return cmp.Or(count[b]-count[a], cmp.Compare(number(a), number(b))) })
	small := image.NewPaletted(size, palette[:min(len(palette), 256)])
	nearest := map[color.Color]uint8{}
	for y := size.Min.Y; y < size.Max.Y; y++ {
		for x := size.Min.X; x < size.Max.X; x++ {
			c := picture.At(x, y)
			at, known := nearest[c]
			if !known {
				at = uint8(small.Palette.Index(c))
				nearest[c] = at
			}
			small.SetColorIndex(x, y, at)
		}
	}
	return small
}

// number is a colour's place among those that are as frequent.
func number(c color.Color) uint32 {
	r, g, b, _ := c.RGBA()
	return r>>8<<16 | g>>8<<8 | b>>8
}
