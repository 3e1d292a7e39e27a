//go:build !js

package chromium

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/extensions"
	"github.com/chromedp/chromedp"
)

// Options say how Chromium starts. Only ExtensionDir is required.
type Options struct {
	// ExtensionDir is the folder with the extension's manifest.json.
	ExtensionDir string

	// UserDataDir is the profile's folder. Empty means a fresh one, removed by
	// Close. Give the same folder to a second Launch to test a restart.
	UserDataDir string

	// Window opens a visible window on the display instead of running headless.
	Window bool

	// Hosts maps host patterns to the address that answers for them at every
	// port, such as "*.test" to "127.0.0.1:8080". Every other host but 127.0.0.1
	// is not found, so nothing leaves the machine. A certificate need not be
	// valid, so a TLS server on loopback can stand in for a host that browsers
	// only open over https.
	Hosts map[string]string

	// Width and Height are the window's size in CSS pixels; 0 means 1280 x 800.
	Width, Height int

	// NoWebAssembly starts a browser whose pages have none, as one without a compiler has.
	NoWebAssembly bool

	// Dark makes prefers-color-scheme dark, in the popup as well.
	Dark bool

	// Language is the browser's and the one that it asks pages for, such as "ar";
	// empty is the system's.
	Language string

	// Log receives what Chromium prints and what the protocol client complains
	// of. Nil discards it.
	Log io.Writer
}

// ErrNotInstalled is returned by Launch when there is no Chromium.
var ErrNotInstalled = errors.New(`chromium is not installed: run "make setup", or set CHROMIUM to its path`)

// Launch starts Chromium and loads the extension. The browser lives until
// Close, or until ctx ends, which kills it.
func Launch(ctx context.Context, o Options) (*Browser, error) {
	path, err := executable()
	if err != nil {
		return nil, err
	}
	popup, dir, err := readManifest(o.ExtensionDir)
	if err != nil {
		return nil, err
	}
	if o.Log == nil {
		o.Log = io.Discard
	}
	logf := func(format string, args ...any) { fmt.Fprintf(o.Log, format+"\n", args...) }

	// A browser that is killed leaves its sockets where TMPDIR says.
	temp, err := os.MkdirTemp("", "chromium-")
	if err != nil {
		return nil, fmt.Errorf("launch chromium: %w", err)
	}
	allocator, release := chromedp.NewExecAllocator(ctx,
		append(flags(o), chromedp.ExecPath(path), chromedp.Env("TMPDIR="+temp))...)
	root, cancel := chromedp.NewContext(allocator, chromedp.WithBrowserOption(chromedp.WithBrowserLogf(logf)))
	b := &Browser{root: root, popup: popup, stop: sync.OnceValue(func() error {
		cancel()
		release() // waits for the process and removes a profile of its own
		return os.RemoveAll(temp)
	})}
	if err := chromedp.Do(root); err != nil {
		return nil, errors.Join(fmt.Errorf("launch chromium: %w", err), b.stop())
	}
	b.session = chromedp.FromContext(root).Browser

	b.dir = dir
	if err := b.LoadExtension(root); err != nil {
		return nil, errors.Join(err, b.stop())
	}
	return b, nil
}

// LoadExtension loads the extension again, as an update does: its pages and its
// worker end, what it has stored stays. Launch has loaded it once.
func (b *Browser) LoadExtension(ctx context.Context) error {
	loaded, err := cdp.Call(ctx, b.session, extensions.LoadUnpacked, extensions.LoadUnpackedParams{Path: b.dir})
	if err != nil {
		return fmt.Errorf("load extension %s: %w", b.dir, err)
	}
	b.id = loaded.ID
	return nil
}

// LoadOther loads another extension, and gives its id.
func (b *Browser) LoadOther(ctx context.Context, dir string) (id string, err error) {
	if dir, err = filepath.Abs(dir); err != nil {
		return "", err
	}
	loaded, err := cdp.Call(ctx, b.session, extensions.LoadUnpacked, extensions.LoadUnpackedParams{Path: dir})
	if err != nil {
		return "", fmt.Errorf("load extension %s: %w", dir, err)
	}
	return loaded.ID, nil
}

// executable finds Chromium: $CHROMIUM, then Debian's own binary, whose wrapper
// in PATH adds flags of its own, then PATH.
func executable() (string, error) {
	if path := os.Getenv("CHROMIUM"); path != "" {
		return path, nil
	}
	for _, name := range []string{"/usr/lib/chromium/chromium", "chromium", "chromium-browser"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrNotInstalled
}

// readManifest returns the path of the extension's popup, empty if it has none,
// and the folder as an absolute path.
func readManifest(folder string) (popup, dir string, err error) {
	if dir, err = filepath.Abs(folder); err != nil {
		return "", "", fmt.Errorf("extension folder: %w", err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		return "", "", fmt.Errorf("extension folder: %w", err)
	}
	var manifest struct {
		Action struct {
			DefaultPopup string `json:"default_popup"`
		} `json:"action"`
	}
	if err := json.Unmarshal(text, &manifest); err != nil {
		return "", "", fmt.Errorf("extension folder: manifest.json: %w", err)
	}
	return manifest.Action.DefaultPopup, dir, nil
}

func flags(o Options) []chromedp.ExecAllocatorOption {
	width, height := o.Width, o.Height
	if width == 0 || height == 0 {
		width, height = 1280, 800
	}
	list := []chromedp.ExecAllocatorOption{
		chromedp.NoFirstRun,
		chromedp.NoDefaultBrowserCheck,
		chromedp.CombinedOutput(o.Log),
		chromedp.WindowSize(width, height),
		// The Extensions domain of the protocol answers only with this flag.
		chromedp.Flag("enable-unsafe-extension-debugging", true),
		chromedp.Flag("host-resolver-rules", resolverRules(o.Hosts)),
		chromedp.IgnoreCertErrors,
		// A plain http page must not be tried over https first: the local
		// server would have to refuse a TLS handshake at every visit.
		chromedp.Flag("disable-features", "HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,Translate,MediaRouter,OptimizationHints"),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-breakpad", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-default-apps", true),
		chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("metrics-recording-only", true),
		chromedp.Flag("password-store", "basic"),
		chromedp.Flag("use-mock-keychain", true),
		chromedp.Flag("force-color-profile", "srgb"),
	}
	if !o.Window {
		list = append(list, chromedp.Flag("headless", "new"), chromedp.Flag("mute-audio", true),
			// A popup is no larger than the screen allows, and the screen of a
			// headless browser is 800 x 600 unless it is told otherwise. Its scale
			// is set here, for a popup cannot be captured at another one.
			chromedp.Flag("screen-info", "{3200x2400}"), chromedp.Flag("force-device-scale-factor", "2"))
	}
	if o.NoWebAssembly {
		list = append(list, chromedp.Flag("js-flags", "--jitless"))
	}
	if o.Dark {
		list = append(list, chromedp.Flag("force-dark-mode", true))
	}
	if o.Language != "" {
		list = append(list, chromedp.Flag("lang", o.Language), chromedp.Flag("accept-lang", o.Language), chromedp.Env("LANGUAGE="+o.Language))
	}
	if o.UserDataDir != "" {
		list = append(list, chromedp.UserDataDir(o.UserDataDir))
	}
	return list
}

// resolverRules is the value of --host-resolver-rules. The first rule that
// matches wins, so the rule that refuses the rest comes last.
func resolverRules(hosts map[string]string) string {
	var rules []string
	for _, pattern := range slices.Sorted(maps.Keys(hosts)) {
		rules = append(rules, "MAP "+pattern+" "+hosts[pattern])
	}
	return strings.Join(append(rules, "MAP * ~NOTFOUND", "EXCLUDE 127.0.0.1"), ", ")
}
