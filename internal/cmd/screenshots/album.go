//go:build !js

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/dealmark/dealmark/internal/e2e/chromium"
	"github.com/dealmark/dealmark/internal/e2e/rig"
	"github.com/dealmark/dealmark/internal/e2e/scene"
)

// look is how the pages are shown, in both themes.
type look struct {
	rtl     bool
	percent int
}

var allLooks = []look{{percent: 100}, {percent: 200}, {rtl: true, percent: 100}, {rtl: true, percent: 200}}

func (l look) name() string {
	if l.rtl {
		return fmt.Sprint("rtl-", l.percent)
	}
	return fmt.Sprint("ltr-", l.percent)
}

// theme is a colour scheme of the system.
type theme struct {
	Name string
	dark bool
}

var themes = []theme{{"light", false}, {"dark", true}}

// file is a picture's name.
func file(s scene.Scene, l look, t theme) string {
	return s.ID() + "-" + l.name() + "-" + t.Name + ".png"
}

// album is a folder of pictures.
type album struct {
	dir         string
	log         io.Writer
	whole, done int // states, by looks
	taken       int // pictures
	missing     []error
}

// take has a browser of its own for a look, for a zoom and a language are the
// whole browser's.
func (a *album) take(ctx context.Context, l look, states []scene.Scene) (err error) {
	started, err := rig.Start(ctx, rig.Options{Language: map[bool]string{true: "ar"}[l.rtl]})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, started.Close()) }()
	if err := started.SetZoom(ctx, float64(l.percent)/100); err != nil {
		return err
	}
	for _, s := range states {
		a.done++
		fmt.Fprintf(a.log, "screenshots: %d/%d %s, %s\n", a.done, a.whole, s.ID(), l.name())
		if err := a.shoot(ctx, started, s, l); err != nil {
			if ctx.Err() != nil || started.Ended() {
				return err
			}
			fmt.Fprintln(a.log, "screenshots: no picture:", err)
			a.missing = append(a.missing, fmt.Errorf("%s, %s", s.ID(), l.name()))
		}
	}
	return nil
}

func (a *album) shoot(ctx context.Context, r *rig.Rig, s scene.Scene, l look) (err error) {
	page, end, err := s.Play(ctx, r)
	defer func() { err = errors.Join(err, end()) }()
	if err != nil {
		return err
	}
	if l.rtl {
		if err := page.Eval(ctx, `document.documentElement.dir = "rtl"`, nil); err != nil {
			return err
		}
	}
	for _, t := range themes {
		if err := page.SetDark(ctx, t.dark); err != nil {
			return err
		}
		if err := picture(s, page)(ctx, filepath.Join(a.dir, file(s, l, t))); err != nil {
			return err
		}
		a.taken++
	}
	return nil
}

// picture takes a popup as it is in its window, and any other page whole.
func picture(s scene.Scene, page *chromium.Page) func(context.Context, string) error {
	if s.Page == "popup" {
		return page.Screenshot
	}
	return page.ScreenshotWhole
}
