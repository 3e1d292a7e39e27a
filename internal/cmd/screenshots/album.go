//go:build !js

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"sync"
	"time"

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

func (l look) name() string { return fmt.Sprintf("%s-%d", direction(l.rtl), l.percent) }

func direction(rtl bool) string { return map[bool]string{false: "ltr", true: "rtl"}[rtl] }

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
	dir      string
	language string // from left to right
	whole    int    // states, by direction

	mu      sync.Mutex
	log     io.Writer
	begun   time.Time
	done    int // states, by direction
	taken   int // pictures
	missing []error
}

// take has a browser of its own for each direction, for a language is the whole
// browser's. Two run side by side: one waits more than it works.
func (a *album) take(ctx context.Context, looks []look, states []scene.Scene) error {
	var running sync.WaitGroup
	var errs [2]error
	for i, rtl := range []bool{false, true} {
		of := slices.DeleteFunc(slices.Clone(looks), func(l look) bool { return l.rtl != rtl })
		if len(of) > 0 {
			running.Go(func() { errs[i] = a.direction(ctx, rtl, of, states) })
		}
	}
	running.Wait()
	return errors.Join(errs[:]...)
}

func (a *album) direction(ctx context.Context, rtl bool, looks []look, states []scene.Scene) (err error) {
	started, err := rig.Start(ctx, rig.Options{Language: map[bool]string{false: a.language, true: "ar"}[rtl]})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, started.Close()) }()
	zoom, err := started.OpenZoom(ctx)
	if err != nil {
		return err
	}
	for _, s := range states {
		err := a.shoot(ctx, started, zoom, s, looks)
		if err != nil && (ctx.Err() != nil || started.Ended()) {
			return err
		}
		a.tell(s, rtl, err)
	}
	return nil
}

// tell says how far it is.
func (a *album) tell(s scene.Scene, rtl bool, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.done++
	left := time.Since(a.begun) / time.Duration(a.done) * time.Duration(a.whole-a.done)
	fmt.Fprintf(a.log, "screenshots: %d of %d, %s to go: %s, %s\n", a.done, a.whole, left.Round(time.Second), s.ID(), direction(rtl))
	if err != nil {
		fmt.Fprintln(a.log, "screenshots: no picture:", err)
		a.missing = append(a.missing, fmt.Errorf("%s, %s", s.ID(), direction(rtl)))
	}
}

// shoot brings a state about once, and takes it in every look.
func (a *album) shoot(ctx context.Context, r *rig.Rig, zoom *chromium.Zoom, s scene.Scene, looks []look) (err error) {
	page, end, err := s.Play(ctx, r)
	defer func() { err = errors.Join(err, zoom.Set(ctx, 1), end()) }()
	if err != nil {
		return err
	}
	for _, l := range looks {
		factor := float64(l.percent) / 100
		if err := s.Size(ctx, page, zoom, factor); err != nil {
			return err
		}
		for _, t := range themes {
			if err := page.SetDark(ctx, t.dark); err != nil {
				return err
			}
			if err := picture(s, page)(ctx, filepath.Join(a.dir, file(s, l, t))); err != nil {
				return err
			}
			a.mu.Lock()
			a.taken++
			a.mu.Unlock()
		}
	}
	return nil
}

// picture takes a popup as it is in its window, and a page in a tab whole.
func picture(s scene.Scene, page *chromium.Page) func(context.Context, string) error {
	if s.Page == "popup" || s.Page == "panel" {
		return page.Screenshot
	}
	return page.ScreenshotWhole
}
