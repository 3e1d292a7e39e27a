// Package browser is what the product uses of the browser, as plain Go: fetch,
// IndexedDB, locks, messages to the worker, and the way by which JavaScript
// calls Go.
//
// js.Value stays inside: what goes in and out are Go values. The package does
// not know what it stores or sends. It can only be built for js; its tests
// skip under Node, where there is no browser, and package e2e runs them in one.
package browser
