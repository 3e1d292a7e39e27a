//go:build !js

package rig

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/dealmark/dealmark/internal/e2e/chromium"
	"github.com/dealmark/dealmark/internal/e2e/companysite"
)

// ExtensionDir is where the development build is, seen from the repository's
// root. It may reach http://127.0.0.1 without asking, and its id is fixed.
const ExtensionDir = "build/chromium-development"

// FirefoxDir is the same for Firefox.
const FirefoxDir = "build/firefox-development"

// Welcome is the page that opens when the extension is installed.
const Welcome = "welcome.html"

// Options say what Start starts.
type Options struct {
	Root          string // of the repository, with the development build in it; "" is the working directory
	Window        bool   // on the display instead of headless
	Dark          bool
	NoWebAssembly bool      // pages have none, as an admin may want it
	Language      string    // the browser's; "" is the system's
	Log           io.Writer // what Chromium prints; nil discards it

	Extension string // a folder with another build, in the place of the development build; not below Root

	UserDataDir string // the profile, to be started again; "" is a new one that Close removes
	Welcome     bool   // leave the page open that greets a rep on installation
}

// Rig is a browser with the extension, and the company sites that it reaches.
type Rig struct {
	*chromium.Browser
	site *Server
}

// Start starts the company sites, at every host under .test, at linkedin.com
// and at localhost, and the browser. Nothing else can be reached.
func Start(ctx context.Context, o Options) (*Rig, error) {
	dir := cmp.Or(o.Extension, filepath.Join(o.Root, ExtensionDir))
	if _, err := os.Stat(filepath.Join(dir, "core.wasm")); err != nil {
		return nil, fmt.Errorf(`there is no development build in %s: run "make build" first`, dir)
	}
	site, err := Serve(companysite.Handler())
	if err != nil {
		return nil, err
	}
	browser, err := chromium.Launch(ctx, chromium.Options{
		ExtensionDir: dir, Window: o.Window, Dark: o.Dark, NoWebAssembly: o.NoWebAssembly, Language: o.Language, Log: o.Log, UserDataDir: o.UserDataDir,
		Hosts: map[string]string{"*.test": site.Addr, "*.linkedin.com": site.Addr, "localhost": site.Addr},
	})
	if err != nil {
		return nil, errors.Join(err, site.Close())
	}
	r := &Rig{browser, site}
	if !o.Welcome {
		if err := r.Dismiss(ctx); err != nil {
			return nil, errors.Join(err, r.Close())
		}
	}
	return r, nil
}

// Dismiss closes the page that greets a rep: it comes by itself whenever the
// extension was loaded, and would come in front of what is opened next.
func (r *Rig) Dismiss(ctx context.Context) error {
	page, err := r.FindPage(ctx, r.ExtensionURL(Welcome))
	if err != nil {
		return err
	}
	return page.Close(ctx)
}

// SiteAddr is where the company sites listen: an IP address and a port.
func (r *Rig) SiteAddr() string { return r.site.Addr }

// Close ends the browser and the sites.
func (r *Rig) Close() error { return errors.Join(r.Browser.Close(), r.site.Close()) }

// Kill ends the browser as a power cut does, and the sites.
func (r *Rig) Kill() error { return errors.Join(r.Browser.Kill(), r.site.Close()) }

// Connect gives the extension a key and an address as a rep does, in its options
// page, and tests them there. It returns the page, in front of the others.
func (r *Rig) Connect(ctx context.Context, base, key string) (*chromium.Tab, error) {
	page, err := r.OpenPage(ctx, "options.html")
	if err != nil {
		return nil, err
	}
	return page, Do(
		func() error { return page.WaitFor(ctx, `document.querySelector("#key-stored").textContent`) },
		func() error { return page.Fill(ctx, "#key", key) },
		func() error { return page.Fill(ctx, "#base", base) },
		func() error { return page.Click(ctx, "#test") },
		func() error { return page.WaitFor(ctx, `document.querySelector("#checks li")`) },
	)
}

// Do takes steps until one fails.
func Do(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}
