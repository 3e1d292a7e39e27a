//go:build !js

// Package firefox drives a real Firefox with the extension loaded: it opens tabs,
// clicks the extension's button, and reads and fills in pages, the popup among
// them. It speaks WebDriver BiDi, which Firefox serves by itself.
//
// It knows nothing of what the extension does.
package firefox
