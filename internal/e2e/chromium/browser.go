//go:build !js

package chromium

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// Browser is a running Chromium with the extension loaded.
type Browser struct {
	root    context.Context
	stop    func() error // ends the process, if it runs, and removes its files
	session *chromedp.Browser
	dir     string // of the extension
	id      string
	popup   string
	opened  atomic.Int64 // tabs so far
}

// ExtensionID is the id that Chromium gave the extension: 32 letters a to p.
func (b *Browser) ExtensionID() string { return b.id }

// ExtensionURL is the URL of a file of the extension, such as "options.html".
func (b *Browser) ExtensionURL(path string) string {
	return "chrome-extension://" + b.id + "/" + path
}

// Done is closed when the browser has ended, by Close or by a person who closed
// its window.
func (b *Browser) Done() <-chan struct{} { return b.root.Done() }

// Ended says whether the browser has ended.
func (b *Browser) Ended() bool { return b.root.Err() != nil }

// Close ends the browser in the orderly way, so that a kept profile is written
// out, and kills it after ten seconds. It removes a profile that Launch made.
// Calling it twice is safe.
func (b *Browser) Close() error {
	var err error
	if b.root.Err() == nil {
		ctx, cancel := context.WithTimeout(b.root, waitLimit)
		defer cancel()
		err = chromedp.Cancel(ctx)
	}
	if err = errors.Join(err, b.stop()); err != nil {
		return fmt.Errorf("close chromium: %w", err)
	}
	return nil
}

// Kill ends the browser as a power cut does: nothing is written out. A kept
// profile can be launched again.
func (b *Browser) Kill() error {
	if err := errors.Join(b.session.Process().Kill(), b.stop()); err != nil {
		return fmt.Errorf("kill chromium: %w", err)
	}
	return nil
}

// Worker attaches to the extension's service worker and returns it as a page
// without a document: Eval and ConsoleErrors work. It waits for a worker to
// start. While it is attached the worker stays alive; Detach lets it go.
func (b *Browser) Worker(ctx context.Context) (*Page, error) {
	ctx, cancel := limited(ctx)
	defer cancel()
	info, err := b.awaitTarget(ctx, b.isWorker)
	if err != nil {
		return nil, fmt.Errorf("find the worker: %w", err)
	}
	return b.attach(ctx, info.TargetID)
}

// StopWorker stops the extension's service worker, as the browser does after
// 30 s without work, and waits until it is gone. No worker running is no error.
func (b *Browser) StopWorker(ctx context.Context) error {
	ctx, cancel := limited(ctx)
	defer cancel()
	infos, err := b.targets(ctx)
	if err != nil {
		return fmt.Errorf("stop the worker: %w", err)
	}
	for _, info := range infos {
		if b.isWorker(info) {
			if err := b.closeTarget(ctx, info.TargetID); err != nil {
				return fmt.Errorf("stop the worker: %w", err)
			}
		}
	}
	return nil
}

func (b *Browser) isWorker(info *target.Info) bool {
	return info.Type == "service_worker" && strings.HasPrefix(info.URL, b.ExtensionURL(""))
}

// targets lists everything: tabs as well, which the protocol leaves out unless
// it is asked for them.
func (b *Browser) targets(ctx context.Context) ([]*target.Info, error) {
	list, err := cdp.Call(ctx, b.session, target.GetTargets, target.GetTargetsParams{Filter: target.Filter{{}}})
	return list.TargetInfos, err
}

// awaitTarget returns the first target that matches, as soon as there is one.
func (b *Browser) awaitTarget(ctx context.Context, matches func(*target.Info) bool) (*target.Info, error) {
	var found *target.Info
	err := poll(ctx, func() (bool, error) {
		infos, err := b.targets(ctx)
		for _, info := range infos {
			if matches(info) {
				found = info
				return true, nil
			}
		}
		return false, err
	})
	return found, err
}

// closeTarget closes a target and waits until it is listed no more. A worker that
// an event wakes in the very moment goes on under the same id: it is closed again.
func (b *Browser) closeTarget(ctx context.Context, id target.ID) error {
	var asked time.Time
	return poll(ctx, func() (bool, error) {
		if time.Since(asked) > closeAgain {
			_, err := cdp.Call(ctx, b.session, target.CloseTarget, target.CloseTargetParams{TargetID: id})
			if err != nil && !strings.Contains(err.Error(), "No target with given id") { // it was faster
				return false, err
			}
			asked = time.Now()
		}
		infos, err := b.targets(ctx)
		for _, info := range infos {
			if info.TargetID == id {
				return false, err
			}
		}
		return err == nil, err
	})
}

const (
	waitLimit    = 10 * time.Second
	pollInterval = 10 * time.Millisecond
	closeAgain   = time.Second
)

// limited gives a context without a deadline the default one.
func limited(ctx context.Context) (context.Context, context.CancelFunc) {
	if _, ok := ctx.Deadline(); ok {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, waitLimit)
}

// poll calls done until it says so or fails, or until ctx ends.
func poll(ctx context.Context, done func() (bool, error)) error {
	ticker := time.NewTicker(pollInterval)
	defer ticker.Stop()
	for {
		if ok, err := done(); ok || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		}
	}
}
