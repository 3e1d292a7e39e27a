//go:build !js

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// target is whom a package is for.
type target struct {
	Browser     string // chromium or firefox
	Development bool   // a package for the sandbox, never for a store
}

// foreign are the members of extension/manifest.json that a browser does not
// know and would warn of, by browser. The source has those of both, so that
// there is one manifest to read and one version in it.
var foreign = map[string][]string{
	"chromium": {"browser_specific_settings", "background.scripts", "action.default_area", "action.theme_icons", "sidebar_action"},
	"firefox":  {"minimum_chrome_version", "background.service_worker", "side_panel", "permissions.sidePanel", "storage"},
}

// manifestFor makes a browser's manifest of the source's. One for development
// has, beside, the permission for the sandbox that a person would have to grant
// otherwise, and for Chromium the fixed key; Firefox takes its id from the
// manifest in any case.
func manifestFor(to target, text []byte) ([]byte, error) {
	var manifest map[string]any
	if err := json.Unmarshal(text, &manifest); err != nil {
		return nil, fmt.Errorf("%s: %w", manifestName, err)
	}
	if _, ok := manifest["key"]; ok {
		return nil, fmt.Errorf("%s has a key: only the development build has one, and pack adds it", manifestName)
	}
	unknown, ok := foreign[to.Browser]
	if !ok {
		return nil, fmt.Errorf("no package is made for the browser %q: give chromium or firefox", to.Browser)
	}
	for _, member := range unknown {
		remove(manifest, member)
	}
	if to.Development {
		if to.Browser == "chromium" {
			manifest["key"] = developmentKey
		}
		hosts, _ := manifest["host_permissions"].([]any)
		if !slices.Contains(hosts, any(loopback)) {
			manifest["host_permissions"] = append(hosts, loopback)
		}
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(manifest)
	return out.Bytes(), err
}

// remove removes a member of an object, or of an object in it, or a text of a
// list in it: "a.b".
func remove(object map[string]any, member string) {
	if outer, inner, ok := strings.Cut(member, "."); ok {
		if list, is := object[outer].([]any); is {
			object[outer] = slices.DeleteFunc(list, func(text any) bool { return text == any(inner) })
			return
		}
		object, _ = object[outer].(map[string]any)
		member = inner
	}
	delete(object, member)
}
