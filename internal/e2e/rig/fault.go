//go:build !js

package rig

import (
	"slices"
	"strings"

	"github.com/dealmark/dealmark/internal/e2e/chromium"
)

// Faults are the errors in a page's console but for those that the browser
// itself writes for a request that failed or was refused: what becomes of such a
// request is for the page to show.
func Faults(page *chromium.Page) []string {
	return slices.DeleteFunc(page.ConsoleErrors(), func(text string) bool {
		return strings.HasPrefix(text, "Failed to load resource: ")
	})
}
