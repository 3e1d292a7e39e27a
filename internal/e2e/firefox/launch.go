//go:build !js

package firefox

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Options say how Firefox starts.
type Options struct {
	ExtensionDir string // the folder with the extension's manifest.json
	ExtensionID  string // as in its browser_specific_settings
	Proxy        string // host:port that answers for every host but 127.0.0.1, so that nothing leaves the machine
	Language     string // the browser's, such as "ar"; "" is the system's
	Home         string // where Firefox looks for the managed storage of its user's extensions; "" for the real one
	Log          io.Writer
}

// ErrNotInstalled is returned by Launch when there is no Firefox.
var ErrNotInstalled = errors.New(`firefox is not installed: run "make setup"`)

// uuid is the extension's origin in the profile, which is random otherwise.
const uuid = "5f0d4b9a-6c1e-4d9f-9a57-0c6e2d1b7a11"

// origin may connect to the browser.
const origin = "http://localhost/"

// prefs are the profile's settings. With extensions.webextensions.remote off the
// popup's document can be read from the browser's own window.
func prefs(o Options) map[string]any {
	host, port, _ := strings.Cut(o.Proxy, ":")
	number, _ := strconv.Atoi(port)
	return map[string]any{
		"network.proxy.type": 1, "network.proxy.http": host, "network.proxy.http_port": number,
		"network.proxy.ssl": host, "network.proxy.ssl_port": number,
		"network.proxy.no_proxies_on": "127.0.0.1", "dom.security.https_first": false,
		"extensions.webextensions.uuids": `{"` + o.ExtensionID + `":"` + uuid + `"}`, "extensions.webextensions.remote": false,
		"browser.shell.checkDefaultBrowser": false, "browser.startup.page": 0, "browser.aboutwelcome.enabled": false,
		"app.update.enabled": false, "datareporting.policy.dataSubmissionEnabled": false, "toolkit.telemetry.enabled": false,
		"network.captive-portal-service.enabled": false, "network.connectivity-service.enabled": false,
		"services.settings.server": "http://127.0.0.1:1/", "extensions.update.enabled": false, "extensions.getAddons.cache.enabled": false,
	}
}

// Launch starts Firefox without a window and installs the extension. The browser
// lives until Close, or until ctx ends.
func Launch(ctx context.Context, o Options) (_ *Browser, err error) {
	path, err := executable()
	if err != nil {
		return nil, err
	}
	profile, err := os.MkdirTemp("", "firefox-")
	if err != nil {
		return nil, err
	}
	b := &Browser{profile: profile, extension: o.ExtensionID}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("launch firefox: %w", err), b.Close())
		}
	}()
	if err := os.WriteFile(filepath.Join(profile, "user.js"), userPrefs(prefs(o)), 0o600); err != nil {
		return nil, err
	}
	b.process = exec.CommandContext(ctx, path, "--headless", "--no-remote", "--profile", profile,
		"--remote-debugging-port=0", "--remote-allow-origins="+origin, "--remote-allow-system-access")
	b.process.Env = append(os.Environ(), "MOZ_HEADLESS_WIDTH=1280", "MOZ_HEADLESS_HEIGHT=1000")
	if o.Home != "" {
		b.process.Env = append(b.process.Env, "HOME="+o.Home)
	}
	address, err := b.start(o.Log)
	if err != nil {
		return nil, err
	}
	if b.session, err = dial(address); err != nil {
		return nil, err
	}
	if err := b.session.call(ctx, "session.new", map[string]any{"capabilities": map[string]any{}}, nil); err != nil {
		return nil, err
	}
	if o.Language != "" {
		if err := b.speak(ctx, o.Language); err != nil {
			return nil, err
		}
	}
	dir, err := filepath.Abs(o.ExtensionDir)
	if err != nil {
		return nil, err
	}
	return b, b.session.call(ctx, "webExtension.install", map[string]any{"extensionData": map[string]any{"type": "path", "path": dir}}, nil)
}

func executable() (string, error) {
	if path := os.Getenv("FIREFOX"); path != "" {
		return path, nil
	}
	for _, name := range []string{"firefox-esr", "firefox"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrNotInstalled
}

func userPrefs(all map[string]any) []byte {
	var lines []string
	for name, value := range all {
		text := fmt.Sprint(value)
		if s, ok := value.(string); ok {
			text = strconv.Quote(s)
		}
		lines = append(lines, "user_pref("+strconv.Quote(name)+", "+text+");")
	}
	slices.Sort(lines)
	return []byte(strings.Join(lines, "\n") + "\n")
}

var listening = regexp.MustCompile(`WebDriver BiDi listening on (ws://\S+)`)

// start starts the process and waits for the address that it prints.
func (b *Browser) start(log io.Writer) (address string, err error) {
	if log == nil {
		log = io.Discard
	}
	output, err := b.process.StderrPipe()
	if err != nil {
		return "", err
	}
	if err := b.process.Start(); err != nil {
		return "", err
	}
	found := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(output)
		for lines.Scan() {
			fmt.Fprintln(log, lines.Text())
			if match := listening.FindStringSubmatch(lines.Text()); match != nil {
				found <- match[1]
			}
		}
		close(found)
	}()
	select {
	case address = <-found:
	case <-time.After(waitLimit * 3):
	}
	if address == "" {
		return "", errors.New("it did not say where it listens")
	}
	return address, nil
}
